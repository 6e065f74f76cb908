// Pure. Ports in Dockerfiles. All are the container's own: only what is published is the machine's.
import { DockerfileParser } from "dockerfile-ast";
import type { PortUse } from "#model/tree-facts";
import { type CommandWord, readCommand } from "./command.ts";
import { isPortName, portOf } from "./number.ts";

export function readDockerfile(text: string): PortUse[] {
	const file = DockerfileParser.parse(text);
	return file.getInstructions().flatMap((instruction): PortUse[] => {
		const keyword = instruction.getKeyword();
		const words = instruction.getArguments().map((argument) => {
			return { text: argument.getValue(), line: argument.getRange().start.line + 1 };
		});
		if (keyword === "EXPOSE") return words.flatMap(readExposed);
		if (keyword === "ENV" || keyword === "ARG") return words.flatMap(readVariable);
		return keyword === "CMD" || keyword === "ENTRYPOINT" ? readStart(words) : [];
	});
}

interface Placed {
	readonly text: string;
	readonly line: number;
}

function readExposed({ text, line }: Placed): PortUse[] {
	const [number = "", protocol] = text.split("/");
	const port = portOf(number);
	if (port === null) return [];
	return [{ port, protocol: protocol === "udp" ? "udp" : "tcp", use: "mention", how: "expose", line, starts: null }];
}

function readVariable({ text, line }: Placed): PortUse[] {
	const [name = "", value = ""] = text.split("=", 2);
	const port = isPortName(name) ? portOf(value.replaceAll(/["']/g, "")) : null;
	return port === null ? [] : [{ port, protocol: "tcp", use: "mention", how: "assignment", line, starts: null }];
}

function readStart(words: readonly Placed[]): PortUse[] {
	const command = words.map(
		({ text }, at): CommandWord => ({ text: text.replace(/^\[?\s*"|"\s*[,\]]*$/g, ""), at, how: "flag" }),
	);
	return readCommand(command).uses.map(({ at, ...use }) => {
		return { ...use, use: "mention", starts: null, line: words[at]?.line ?? 0 };
	});
}
