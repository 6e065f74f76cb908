// Pure. A file in Prometheus' file_sd format, JSON or YAML -> the nodes it lists, or the first thing wrong with it.
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { nodeAddress } from "#model/project";

export interface FoundNode {
	readonly id: string;
	/** host:port */
	readonly address: string;
}

export type FileReply =
	| { readonly nodes: readonly FoundNode[] }
	/** In words, with the line: `line 3: expected …`. */
	| { readonly problem: string };

/** Longest file that is read, in characters. */
export const FILE_MAX_LENGTH = 4 * 1024 * 1024;

/**
 * Reads a list of `{targets: ["host:port"], labels: {id: …}}`. The label `id` names a node that stands alone in its
 * group; otherwise the address is the id. Other labels are of no use here. Any doubt is a problem: half a list would
 * make nodes vanish, and no list at all is said explicitly, as `[]`.
 */
export function readFileSd(text: string): FileReply {
	if (text.length > FILE_MAX_LENGTH) return { problem: `it is longer than ${FILE_MAX_LENGTH} characters` };
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
	const at = (offset: number | undefined, words: string): FileReply => ({
		problem: `line ${offset === undefined ? 1 : lines.linePos(offset).line}: ${words}`,
	});
	const error = document.errors[0];
	if (error !== undefined) return at(error.pos[0], firstLine(error.message));
	const list = document.contents as Node | null;
	if (list === null || (isScalar(list) && list.value === null)) {
		return { problem: "it is empty; a list without nodes is written []" };
	}
	if (!isSeq<Node>(list)) return at(list.range?.[0], "expected a list of {targets: [host:port], labels: {}}");
	const nodes: FoundNode[] = [];
	for (const group of list.items) {
		const here = group.range?.[0];
		if (!isMap<Node, Node>(group)) return at(here, "expected {targets: [host:port], labels: {}}");
		const targets = group.get("targets", true) as unknown;
		if (!isSeq<Node>(targets)) return at(here, "expected targets, a list of host:port");
		const addresses: string[] = [];
		for (const target of targets.items) {
			const value = isScalar(target) ? target.value : null;
			const address = nodeAddress.safeParse(value);
			if (!address.success) {
				const why = typeof value === "string" ? (address.error.issues[0]?.message ?? "") : "expected host:port";
				return at(target.range?.[0], `${JSON.stringify(value)}: ${why}`);
			}
			addresses.push(address.data);
		}
		const labels = group.get("labels", true) as unknown;
		if (labels !== undefined && !isMap<Node, Node>(labels)) return at(here, "expected labels to be names with texts");
		const id: unknown = labels?.get("id");
		if (id !== undefined && (typeof id !== "string" || id.trim() === "" || id.length > 120)) {
			return at(here, "expected the label id to be a text of 1 to 120 characters");
		}
		for (const address of addresses) {
			nodes.push({ id: id !== undefined && addresses.length === 1 ? id.trim() : address, address });
		}
	}
	return { nodes };
}

function firstLine(text: string): string {
	return text.split("\n", 1)[0] ?? "";
}
