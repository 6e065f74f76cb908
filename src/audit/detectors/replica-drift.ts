// Pure. `replica-drift`: one file stands in several folders, and its copies are no longer the same.
import { type RawPath, showPath, type TreeEntry } from "#model/history";
import { HASH_WIDTH, HASHES_KEPT, type TextSketch } from "#model/tree-facts";
import { type Finding, treeOccurrence } from "../finding.ts";
import { groupSimilar, sharedPart } from "../similarity.ts";
import type { Touch } from "../touches.ts";
import { isUsualName, lastName } from "../usual-names.ts";
import { ownerOf, type TreeDetector, type TreeSeen } from "./tree.ts";

interface Copy {
	readonly entry: TreeEntry;
	readonly sketch: TextSketch;
}

/** Less text than this is alike by chance. In lines that say something. */
const LEAST_LINES = 20;
/** Of the distinct lines of both, the part that both have. */
const LEAST_SHARED = 0.5;
/** The same for names that any folder may have: only what is nearly the same is a copy. */
const USUAL_LINES = 40;
const USUAL_SHARED = 0.9;

/**
 * Reads: sketches of source text, of which generated code and others' folders are left out. Copies that have drifted
 * are a warning, exact ones a note; all copies of one name are one conflict.
 */
export const detectReplicaDrift: TreeDetector = (seen) => {
	const named = Map.groupBy(copiesIn(seen), ({ entry }) => lastName(entry.path));
	const groups = [...named].flatMap(([name, copies]) => groupCopies(name, copies));
	const touches = seen.past.lastTouches(groups.flat().map(({ entry }) => entry));
	return groups.flatMap((group) => tell(seen, group, touches));
};

function copiesIn({ tree, facts }: TreeSeen): Copy[] {
	return tree.flatMap((entry) => {
		const sketch = facts.sketches.get(entry.path);
		return sketch === undefined || sketch.lines < LEAST_LINES ? [] : [{ entry, sketch }];
	});
}

function groupCopies(name: RawPath, copies: readonly Copy[]): Copy[][] {
	if (copies.length < 2) return [];
	if (!isUsualName(name)) return groupSimilar(copies, LEAST_SHARED);
	return groupSimilar(
		copies.filter(({ sketch }) => sketch.lines >= USUAL_LINES),
		USUAL_SHARED,
	);
}

function tell(seen: TreeSeen, group: readonly Copy[], touches: ReadonlyMap<RawPath, Touch>): Finding[] {
	const owners = group.map(({ entry }) => ownerOf(seen, entry.path));
	const teams = [...new Set(owners.filter((owner) => owner !== null))].sort();
	const newest = newestOf(group, touches);
	// Copies of one commit have no order among them.
	const times = new Set(group.map(({ entry }) => touches.get(entry.path)?.at));
	const touchOf = (path: RawPath) => (times.size > 1 ? (touches.get(path) ?? null) : null);
	const isDrifted = group.some(({ sketch }) => sketch.digest !== newest.sketch.digest);
	return group.map((copy) => ({
		code: "replica-drift",
		level: isDrifted ? "warning" : "note",
		resource: `path:*/${showPath(lastName(copy.entry.path)).text}`,
		actor: null,
		owner: teams.length === 1 ? (teams[0] as string) : null,
		teams,
		rule: null,
		occurrence: treeOccurrence(copy.entry.path, 0),
		detail: describe(copy, newest, touchOf(copy.entry.path)),
		anchor: null,
	}));
}

/** The copy that was changed last, the first of several; without a history the first of all. */
function newestOf(group: readonly Copy[], touches: ReadonlyMap<RawPath, Touch>): Copy {
	const at = ({ entry }: Copy) => touches.get(entry.path)?.at ?? "";
	return group.reduce((newest, copy) => (at(copy) > at(newest) ? copy : newest));
}

function describe(copy: Copy, newest: Copy, touch: Touch | null): NonNullable<Finding["detail"]> {
	return {
		reference: showPath(newest.entry.path).text,
		isReference: copy === newest,
		isExact: copy.entry.id === newest.entry.id,
		isSame: copy.sketch.digest === newest.sketch.digest,
		isEstimate: [copy, newest].some(({ sketch }) => sketch.hashes.length === HASHES_KEPT * HASH_WIDTH),
		shared: Math.round(sharedPart(copy.sketch, newest.sketch) * 100),
		lastCommit: touch?.commit ?? null,
		lastAt: touch?.at ?? null,
		lastTeam: touch?.team ?? null,
	};
}
