// Pure. `file-unread`: a file that detectors look into could not be read, so that nothing of it was judged.
import type { TreeFacts, Unread } from "#model/tree-facts";
import { pathResource, treeOccurrence } from "../finding.ts";
import { ownerOf, type TreeDetector } from "./tree.ts";

/** Reads: every file's failure. Configuration that does not parse is told by `config-unparsable`. */
export const detectFileUnread: TreeDetector = (seen) =>
	findUnread(seen.facts)
		.filter(({ path }) => (seen.facts.config.get(path)?.fault ?? null) === null)
		.map(({ path, line, reason, isMissing = false }) => ({
			code: "file-unread",
			level: "note",
			resource: isMissing ? MISSING : pathResource(path),
			actor: null,
			owner: isMissing ? null : ownerOf(seen, path),
			rule: null,
			occurrence: treeOccurrence(path, line),
			detail: { reason, isMissing },
			anchor: null,
		}));

/** A clone without contents lacks those of thousands of files: it is one thing that is to be done. */
const MISSING = "path:*";

/** What was not read, and Python that was not understood as a whole; each file once. */
function findUnread({ unread, python }: TreeFacts): Pick<Unread, "path" | "line" | "reason" | "isMissing">[] {
	const known = new Set(unread.map(({ path }) => path));
	const faults = [...python].flatMap(([path, { fault }]) => {
		return fault === undefined || known.has(path) ? [] : [{ path, line: fault, reason: FAULT }];
	});
	return [...unread, ...faults];
}

/** Said of a line of Python, which may be none, or newer than the parser is. */
const FAULT = "its parser does not understand what stands there";
