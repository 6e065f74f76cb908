// Edge(git). Open branches of different teams that do not merge: asked of git, with every object it makes kept outside.
import type { Collision, Commit, RawPath, Ref } from "#model/history";
import { WorldError } from "#model/problem";
import { visible } from "#model/visible";
import type { CleanRoom } from "./clean-room.ts";
import { readLog } from "./commit-log.ts";

export interface BranchTip {
	readonly branch: string;
	readonly oid: string;
}

export interface CollisionRequest {
	/** Where git may make objects. */
	readonly room: CleanRoom;
	/** Open branches; several tips of one name where remotes hold it too. */
	readonly branches: readonly BranchTip[];
	/** The audited refs. */
	readonly heads: readonly Pick<Ref, "oid" | "branch">[];
	readonly teamOfBranch: (branch: string) => string | null;
	readonly trailerKeys: readonly string[];
}

/** Pairs of branches that are merged: one git process each. */
export const MAX_PAIRS = 200;

interface Pair {
	readonly ours: BranchTip;
	readonly theirs: BranchTip;
}

/**
 * Merges every two open branches of different teams, of which neither holds the other and that no audited head holds.
 * `gaps` says which pairs were not tried. Sorted by branches, then path.
 */
export async function findCollisions(request: CollisionRequest): Promise<{ collisions: Collision[]; gaps: string[] }> {
	const open = await openTips(request);
	const pairs = open.flatMap((one, index) => open.slice(index + 1).flatMap((other) => pairOf(one, other, request)));
	const gaps: string[] = [];
	if (pairs.length > MAX_PAIRS) {
		gaps.push(
			`${pairs.length - MAX_PAIRS} of ${pairs.length} pairs of open branches were not tried for merge collisions: only the ${MAX_PAIRS} with the newest tips are`,
		);
	}
	const found = new Map<string, Collision>();
	for (const pair of pairs.slice(0, MAX_PAIRS)) {
		try {
			const collision = await collide(pair, request);
			if (collision === null) continue;
			const key = collision.branches.join("\0");
			const known = found.get(key);
			found.set(key, known === undefined ? collision : joined(known, collision));
		} catch (error) {
			if (!(error instanceof WorldError)) throw error;
			const names = [pair.ours.branch, pair.theirs.branch].map((name) => visible(name)).join(" and ");
			gaps.push(`the branches ${names} could not be tried for merge collisions: ${visible(error.message)}`);
		}
	}
	const collisions = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, collision]) => collision);
	return { collisions, gaps };
}

/** Teams' branches that no audited head holds beside themselves, newest tip first, then by name and id. */
async function openTips({ room, branches, heads, teamOfBranch }: CollisionRequest): Promise<BranchTip[]> {
	const ofTeams = branches.filter(({ branch }) => teamOfBranch(branch) !== null);
	const unique = new Map(ofTeams.map((tip) => [`${tip.branch}\0${tip.oid}`, tip]));
	const dated: { tip: BranchTip; date: number }[] = [];
	for (const tip of unique.values()) {
		// A head that is this branch says nothing; any other that holds its tip has it merged.
		const others = heads.filter((head) => head.branch !== tip.branch).map(({ oid }) => `^${oid}`);
		const own = await room.read(["rev-list", "--max-count=1", "--timestamp", "--stdin"], lines(tip.oid, ...others));
		if (own !== "") dated.push({ tip, date: Number(own.split(" ", 1)[0]) });
	}
	const isBefore = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
	return dated
		.sort((a, b) => b.date - a.date || isBefore(a.tip.branch, b.tip.branch) || isBefore(a.tip.oid, b.tip.oid))
		.map(({ tip }) => tip);
}

function pairOf(one: BranchTip, other: BranchTip, { teamOfBranch }: CollisionRequest): Pair[] {
	if (teamOfBranch(one.branch) === teamOfBranch(other.branch)) return [];
	return [one.branch < other.branch ? { ours: one, theirs: other } : { ours: other, theirs: one }];
}

async function collide({ ours, theirs }: Pair, { room, trailerKeys }: CollisionRequest): Promise<Collision | null> {
	const bases = (await room.ask(["merge-base", "--all", ours.oid, theirs.oid])).output.split("\n");
	// No base: histories that never met have not parted. One of the two: it is held by the other.
	if (bases[0] === "" || bases.includes(ours.oid) || bases.includes(theirs.oid)) return null;
	const merge = ["merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", ours.oid, theirs.oid];
	const { output, isNo } = await room.ask(merge);
	if (!isNo) return null;
	const names = [...new Set(output.split("\0").slice(1))].filter((path) => path !== "").sort();
	const since = (tip: BranchTip, other: BranchTip) => readLog(room, [tip.oid, `^${other.oid}`], trailerKeys);
	const [left, right] = [await since(ours, theirs), await since(theirs, ours)];
	const changing = (commits: readonly Commit[], path: RawPath) =>
		commits.filter((commit) => commit.changes.some((change) => change.path === path));
	const paths = names.map((path) => ({ path, ours: changing(left, path), theirs: changing(right, path) }));
	return { branches: [ours.branch, theirs.branch], paths };
}

/** Two findings about branches of the same names: a branch and its copies at remotes. */
function joined(one: Collision, other: Collision): Collision {
	const paths = new Map(one.paths.map((entry) => [entry.path, entry]));
	for (const entry of other.paths) {
		const known = paths.get(entry.path) ?? { path: entry.path, ours: [], theirs: [] };
		paths.set(entry.path, {
			path: entry.path,
			ours: union(known.ours, entry.ours),
			theirs: union(known.theirs, entry.theirs),
		});
	}
	return { branches: one.branches, paths: [...paths.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

function union(one: readonly Commit[], other: readonly Commit[]): Commit[] {
	const ids = new Set(one.map(({ id }) => id));
	return [...one, ...other.filter(({ id }) => !ids.has(id))];
}

function lines(...words: readonly string[]): string {
	return `${words.join("\n")}\n`;
}
