// Pure. A promised protobuf service in the tree: each definition of it, and what of its rpcs each keeps.
import type { ContractMember } from "#model/contract";
import type { RawPath } from "#model/history";
import type { Difference } from "#model/reality";
import type { ProtobufFile, ProtobufMethod } from "#model/tree-facts";
import type { Definition, JudgedPlace } from "./definition.ts";

type Service = ProtobufFile["services"][number];

/** The services of the promised name, with or without the package before it. */
export function findServices(
	files: ReadonlyMap<RawPath, ProtobufFile>,
	symbol: string,
	isIn: (path: RawPath) => boolean,
): Definition[] {
	return [...files].flatMap(([path, { services }]) =>
		(isIn(path) ? services : [])
			.filter(({ name }) => isMeant(name, symbol))
			.map((service) => ({
				path,
				line: service.line,
				judge: (member: ContractMember) => judgeRpc(member, service, path),
			})),
	);
}

function judgeRpc(member: ContractMember, { line, methods }: Service, path: RawPath): JudgedPlace {
	const found = methods.find(({ name }) => name === member.name);
	if (found === undefined)
		return { path, line, signature: null, state: "absent", doubt: null, differences: [], unproved: [] };
	const differences = compareRpc(member, found);
	const state = differences.length === 0 ? "kept" : "differs";
	// Anything but one message is nothing that an rpc could take.
	const isOpen = member.parameters !== null && member.parameters.length !== 1;
	const unproved = isOpen ? (["parameters"] as const) : [];
	return {
		...{ path, line: found.line, signature: signatureOf(found), state, doubt: null, differences },
		unproved: [...unproved],
	};
}

function signatureOf({ name, request, response }: ProtobufMethod): string {
	return `rpc ${name}(${request}) returns (${response})`;
}

/** An rpc takes one message and gives one: promised are the one parameter and the result. */
function compareRpc(
	{ parameters, returns }: ContractMember,
	{ line, request, response }: ProtobufMethod,
): Difference[] {
	const told: Difference[] = [];
	const [promised, ...more] = parameters ?? [];
	if (promised !== undefined && more.length === 0 && !isSameMessage(promised, request))
		told.push({ kind: "request", line, name: "", promised, found: request });
	if (returns !== null && !isSameMessage(returns, response))
		told.push({ kind: "response", line, name: "", promised: returns, found: response });
	return told;
}

/** Both stream, or neither; the promised name may leave out the package. */
function isSameMessage(promised: string, found: string): boolean {
	const [wanted, given] = [promised, found].map((text) => /^\s*(stream\s+)?(.*?)\s*$/s.exec(text) ?? []);
	return (wanted?.[1] === undefined) === (given?.[1] === undefined) && isMeant(given?.[2] ?? "", wanted?.[2] ?? "");
}

function isMeant(full: string, promised: string): boolean {
	const [name, wanted] = [full, promised].map((text) => text.replace(/^\./, ""));
	return name === wanted || (name ?? "").endsWith(`.${wanted}`) || (wanted ?? "").endsWith(`.${name}`);
}
