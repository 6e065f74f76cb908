// Pure. `config-foreign-edit`: a team's commit changed keys of a configuration file that another team's namespace holds.

import type { Change } from "#model/history";
import type { EditedKey, KeyDifference } from "#model/tree-facts";
import type { Verdict } from "#rules/ruleset";
import { COORDINATOR } from "../attribute.ts";
import type { IsKeyAgreed } from "../coordination.ts";
import { anchorOf, changeOccurrence, type Finding } from "../finding.ts";
import { configResource, type NamedFile, type OwnedKey, ownerOfKey } from "../namespaces.ts";
import type { CommitSeen } from "./history.ts";

export interface ConfigEditSeen {
	readonly seen: CommitSeen;
	readonly change: Change;
	readonly named: NamedFile;
	readonly difference: KeyDifference;
	/** On the file's path, when the commit was made. */
	readonly verdict: Verdict;
	readonly isAgreed: IsKeyAgreed;
}

/** Keys that are named of one change; their number is told too. */
const MAX_NAMED = 8;

/**
 * Reads: the keys that a commit changed in a file that namespaces name. One finding for each key of content that gives them
 * to another team. Where that team has the file alone, `foreign-edit` says it already.
 */
export function detectConfigForeignEdit(edit: ConfigEditSeen): Finding[] {
	const { seen, change, verdict } = edit;
	const { team } = seen.attribution;
	if (team === null || team === COORDINATOR) return [];
	const foreign = foreignKeys(edit, team).filter(
		({ owned }) => verdict.kind !== "owned" || verdict.owner !== owned.owner,
	);
	return [...Map.groupBy(foreign, ({ owned }) => configResource(owned.path))].map(([resource, edits]) => ({
		code: "config-foreign-edit",
		level: "error",
		resource,
		actor: team,
		owner: edits[0]?.owned.owner ?? null,
		rule: null,
		occurrence: changeOccurrence(seen.commit, change, seen.attribution),
		detail: {
			keys: edits.slice(0, MAX_NAMED).map(({ key }) => key.path.join(".")),
			how: edits.slice(0, MAX_NAMED).map(({ key }) => key.how),
			count: edits.length,
		},
		anchor: anchorOf(seen.commit),
	}));
}

function foreignKeys({ seen, change, named, difference, isAgreed }: ConfigEditSeen, team: string) {
	return difference.keys.flatMap((key): { key: EditedKey; owned: OwnedKey }[] => {
		const owned = ownerOfKey(named, key.path);
		if (owned === null || owned.owner === team) return [];
		// What was left out below such a key may be another's.
		if (difference.isCut && owned.path.length === key.path.length && owned.node.children.length > 0) return [];
		const agreed = isAgreed(
			seen.commit,
			change.path,
			{ key: key.path.join("."), owner: owned.owner },
			team,
			seen.authoredAt,
		);
		return agreed ? [] : [{ key, owned }];
	});
}
