// Pure. `file-unread`: a file that detectors look into could not be read, so that nothing of it was judged.
import type { TreeFacts, Unread } from "#model/tree-facts";
import { pathResource, treeOccurrence } from "../finding.ts";
import { ownerOf, type TreeDetector } from "./tree.ts";

/** Reads: every file's failure. Configuration that does not parse is told by `config-unparsable`. */
export const detectFileUnread: TreeDetector = (seen) =>
	findUnread(seen.facts)
		.filter(({ path }) => (seen.facts.config.get(path)?.fault ?? null) === null)
		.map(({ path, line, reason }) => ({
			code: "file-unread",
			level: "note",
			resource: pathResource(path),
			actor: null,
			owner: ownerOf(seen, path),
			rule: null,
			occurrence: treeOccurrence(path, line),
			detail: { reason },
			anchor: null,
		}));

/** What was not read, and Python that was not understood as a whole; each file once. */
function findUnread({ unread, python }: TreeFacts): Pick<Unread, "path" | "line" | "reason">[] {
	const known = new Set(unread.map(({ path }) => path));
	const faults = [...python].flatMap(([path, { fault }]) => {
		return fault === undefined || known.has(path) ? [] : [{ path, line: fault, reason: FAULT }];
	});
	return [...unread, ...faults];
}

/** Said of a line of Python, which may be none, or newer than the parser is. */
const FAULT = "its parser does not understand what stands there";
