// Pure. `deletion-pending`: a file its owner marked for deletion is still there.
import type { Detail } from "#model/conflict-facts";
import { pathResource, treeOccurrence } from "../finding.ts";
import type { Touch } from "../touches.ts";
import type { TreeDetector } from "./tree.ts";

/** Reads: rules, paths of the tree, and the last commit that changed each file found. */
export const detectDeletionPending: TreeDetector = ({ tree, verdicts, past }) => {
	const pending = tree.flatMap((entry, index) => {
		const verdict = verdicts[index];
		return verdict?.kind === "owned" && verdict.rule.purpose === "delete" ? [{ entry, ...verdict }] : [];
	});
	const touches = past.lastTouches(pending.map(({ entry }) => entry));
	return pending.map(({ entry, owner, rule }) => ({
		code: "deletion-pending",
		level: "note",
		resource: pathResource(entry.path),
		actor: null,
		owner,
		rule,
		occurrence: treeOccurrence(entry.path, 0),
		detail: describe(touches.get(entry.path) ?? null),
		anchor: null,
	}));
};

function describe(touch: Touch | null): Detail {
	return { lastCommit: touch?.commit ?? null, lastAt: touch?.at ?? null, lastTeam: touch?.team ?? null };
}
