// Pure. Python that protobuf and gRPC generated: the version of their packages that it was made with, and needs.
import { parser } from "@lezer/python";
import type { GeneratedCode } from "#model/tree-facts";
import type { Extractor } from "./extractor.ts";
import { lineCounter } from "./lines.ts";
import { stringValue } from "./python-strings.ts";
import { generatedKind } from "./source-kind.ts";

export const generated: Extractor<readonly GeneratedCode[]> = {
	kindOf: generatedKind,
	extract: (text, kind) => (kind === "grpc" ? readGrpc(text) : readProtobuf(text)),
};

/**
 * `ValidateProtobufRuntimeVersion(domain, 6, 31, 1, '', file)`, which refuses an older runtime when it is loaded; files
 * of the years before that call say their version in a comment alone, and are held to it by protobuf's promise that
 * generated code is no newer than the runtime. Source: https://protobuf.dev/support/cross-version-runtime-guarantee/
 */
function readProtobuf(text: string): GeneratedCode[] {
	const line = lineCounter(text);
	let comment: GeneratedCode | null = null;
	let check: GeneratedCode | null = null;
	parser.parse(text).iterate({
		enter(node) {
			if (check !== null) return false;
			const said = node.name === "Comment" ? VERSION_COMMENT.exec(text.slice(node.from, node.to))?.[1] : undefined;
			if (said !== undefined) comment ??= need("protobuf", said, false, line(node.from));
			if (node.name !== "CallExpression") return true;
			const callee = node.node.firstChild;
			const list = node.node.getChild("ArgList");
			if (callee === null || list === null || !CHECK.test(text.slice(callee.from, callee.to))) return true;
			const numbers = list.getChildren("Number").map(({ from, to }) => text.slice(from, to));
			if (numbers.length !== 3 || !numbers.every((number) => /^\d+$/.test(number))) return true;
			const [suffix] = list.getChildren("String").map(({ from, to }) => stringValue(text.slice(from, to)));
			const version = `${numbers.join(".")}${/^(a|b|rc)\d+$/.test(suffix ?? "") ? suffix : ""}`;
			check = need("protobuf", version, true, line(node.from));
			return false;
		},
	});
	const found = check ?? comment;
	return found === null ? [] : [found];
}

const CHECK = /(^|\.)ValidateProtobufRuntimeVersion$/;
const VERSION_COMMENT = /^# Protobuf Python Version: (\d+\.\d+\.\d+)\s*$/;

/** `GRPC_GENERATED_VERSION = '1.74.0'`, which the module holds against the package when it is loaded. */
function readGrpc(text: string): GeneratedCode[] {
	const line = lineCounter(text);
	const found: GeneratedCode[] = [];
	parser.parse(text).iterate({
		enter(node) {
			if (found.length > 0) return false;
			if (node.name !== "AssignStatement") return true;
			const [target, value] = [node.node.firstChild, node.node.lastChild];
			if (target === null || text.slice(target.from, target.to) !== "GRPC_GENERATED_VERSION") return false;
			const version = value?.name === "String" ? stringValue(text.slice(value.from, value.to)) : null;
			if (version !== null && /^\d+(\.\d+)+$/.test(version)) found.push(need("grpcio", version, true, line(node.from)));
			return false;
		},
	});
	return found;
}

function need(name: string, atLeast: string, isChecked: boolean, line: number): GeneratedCode {
	return { package: name, atLeast, isChecked, line };
}
