// Pure. `file-unread`: a file that detectors look into could not be read, so that nothing of it was judged.
import { pathResource, treeOccurrence } from "../finding.ts";
import { ownerOf, type TreeDetector } from "./tree.ts";

/** Reads: every file's failure. Configuration that does not parse is told by `config-unparsable`. */
export const detectFileUnread: TreeDetector = (seen) =>
	seen.facts.unread
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
