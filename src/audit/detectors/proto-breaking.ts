// Pure. `proto-breaking`: a commit changed a .proto file so that old programs can no longer read what new ones write.
import type { WireChange } from "#model/tree-facts";
import { COORDINATOR } from "../attribute.ts";
import { changeOccurrence, type Finding, pathResource, treeOccurrence } from "../finding.ts";
import { ownerOf, type TreeDetector, type TreeSeen } from "./tree.ts";

/**
 * Reads: buf's answers about the versions of .proto files that are still there. What the head has mended is left out. A
 * note where two versions could not be compared.
 */
export const detectProtoBreaking: TreeDetector = (seen) =>
	seen.facts.wireChanges.flatMap((change): Finding[] => {
		if (change.fault !== null) return [tellFault(seen, change, change.fault)];
		return change.breaks.length === 0 ? [] : tellBreaks(seen, change);
	});

function tellBreaks(seen: TreeSeen, { path, commit: id, package: name, breaks }: WireChange): Finding[] {
	const judged = seen.past.commit(id);
	const made = judged?.commit.changes.find((each) => each.path === path);
	if (judged === null || made === undefined) return [];
	const { team } = judged.attribution;
	const occurrence = changeOccurrence(judged.commit, made, judged.attribution);
	return [
		{
			code: "proto-breaking",
			level: "warning",
			resource: name === "" ? pathResource(path) : `proto:${name}`,
			actor: team === COORDINATOR ? null : team,
			owner: ownerOf(seen, path),
			rule: null,
			occurrence: { ...occurrence, location: { line: breaks[0]?.line ?? 0 } },
			detail: { is: "broken", breaks: breaks.map(({ message }) => message) },
			anchor: null,
		},
	];
}

function tellFault(seen: TreeSeen, { path, commit }: WireChange, reason: string): Finding {
	return {
		code: "proto-breaking",
		level: "note",
		resource: pathResource(path),
		actor: null,
		owner: ownerOf(seen, path),
		rule: null,
		occurrence: treeOccurrence(path, 0),
		detail: { is: "unread", reason, commit: commit.slice(0, 12) },
		anchor: null,
	};
}
