// Build time. A Vite plugin that keeps protobuf-es's parser and registry of descriptors out of the browser's bundle.
import { createFileRegistry, type DescEnum, type DescField, type DescMessage, fromBinary } from "@bufbuild/protobuf";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { FileDescriptorProtoSchema, file_google_protobuf_timestamp } from "@bufbuild/protobuf/wkt";
import type { FieldKind, LeanEnum, LeanField, LeanFile, LeanMessage } from "./lean-file.ts";

/** The generated modules that islands load. Any other still works, at its full weight. */
const LOADED = ["coordination/v1/status_pb.js", "google/protobuf/timestamp_pb.js"];

const CALL = /\bfileDesc\(\s*"([A-Za-z0-9+/=]+)"/g;

/**
 * Generated code carries its descriptor as base64, and reading that takes the descriptor of descriptors: some
 * 10 KB gzip for a page that speaks two messages. This writes the few facts that encoding needs in plain
 * lists instead (`lean-file.ts`; `runtime` is its path). For the browser's bundle only: Node reads the
 * generated code as it is.
 */
export function leanDescriptors(runtime: string) {
	return {
		name: "lean-descriptors",
		enforce: "pre" as const,
		apply: "build" as const,
		applyToEnvironment: (environment: { name: string }) => environment.name === "client",
		transform(code: string, id: string) {
			if (!LOADED.some((module) => id.split("?")[0]!.endsWith(`/${module}`))) return null;
			return { code: leanCode(code, runtime), map: null };
		},
	};
}

/** A generated module's code with its descriptor in plain lists. Throws where it finds none, or one that does not fit. */
export function leanCode(code: string, runtime: string): string {
	const lean = code.replace(CALL, (_, base64: string) => `leanFile(${JSON.stringify(leanFromBase64(base64))}`);
	if (lean === code)
		throw new Error("lean-descriptors: no descriptor found; has protoc-gen-es changed what it writes?");
	return `import { leanFile } from ${JSON.stringify(runtime)};\n${lean}`;
}

function leanFromBase64(base64: string): LeanFile {
	const proto = fromBinary(FileDescriptorProtoSchema, base64Decode(base64));
	// Generated code leaves the names of imports to its import statements.
	const imports = [file_google_protobuf_timestamp].filter((file) => file.proto.name !== proto.name);
	proto.dependency = imports.map((file) => file.proto.name);
	const file = createFileRegistry(proto, (name) => imports.find((each) => each.proto.name === name)).getFile(
		proto.name,
	)!;
	if (proto.syntax !== "proto3") throw new Error(`${proto.name}: lean descriptors are for proto3 only`);
	return [proto.name.replace(/\.proto$/, ""), proto.package, file.messages.map(leanMessage), file.enums.map(leanEnum)];

	function leanMessage(message: DescMessage): LeanMessage {
		const { nestedMessages, nestedEnums, oneofs, fields } = message;
		if (nestedMessages.length + nestedEnums.length + oneofs.length > 0) {
			throw new Error(`${message}: lean descriptors have no nested types and no oneofs`);
		}
		return [message.name, ...fields.map(leanField)];
	}

	function leanField(field: DescField): LeanField {
		const { localName, number, proto, fieldKind } = field;
		if (fieldKind === "map" || proto.options !== undefined) {
			throw new Error(`${field}: lean descriptors have no maps and no field options`);
		}
		const kind: FieldKind = fieldKind === "list" ? 2 : proto.proto3Optional ? 1 : 0;
		const type = field.message ?? field.enum;
		if (type !== undefined) {
			return [localName, number, proto.type, kind, type.file === file ? type.name : `.${type.typeName}`];
		}
		return kind === 0 ? [localName, number, proto.type] : [localName, number, proto.type, kind];
	}
}

function leanEnum({ name, values }: DescEnum): LeanEnum {
	return [name, ...values.flatMap((value) => [value.localName, value.number])];
}
