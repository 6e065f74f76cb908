// Pure. `deletion-pending`: a file its owner marked for deletion is still there.
import { pathResource, treeOccurrence } from "../finding.ts";
import type { TreeDetector } from "./tree.ts";

export const detectDeletionPending: TreeDetector = ({ tree, verdicts }) =>
	tree.flatMap((entry, index) => {
		const verdict = verdicts[index];
		if (verdict?.kind !== "owned" || verdict.rule.purpose !== "delete") return [];
		return [
			{
				code: "deletion-pending",
				level: "note",
				resource: pathResource(entry.path),
				actor: null,
				owner: verdict.owner,
				rule: verdict.rule,
				occurrence: treeOccurrence(entry.path, 0),
				anchor: null,
			},
		];
	});
