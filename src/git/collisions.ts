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
	const pairs = firstPairs(open, request);
	const count = countPairs(open, request);
	const gaps: string[] = [];
	if (count > MAX_PAIRS) {
		gaps.push(
			`${count - MAX_PAIRS} of ${count} pairs of open branches were not tried for merge collisions: only the ${MAX_PAIRS} with the newest tips are`,
		);
	}
	const found = new Map<string, Collision>();
	for (const pair of pairs) {
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

/** Teams' branches that no audited head holds, but for the head that is the branch itself; newest tip first, then by name and id. */
async function openTips({ room, branches, heads, teamOfBranch }: CollisionRequest): Promise<BranchTip[]> {
	const ofTeams = branches.filter(({ branch }) => teamOfBranch(branch) !== null);
	const unique = [...new Map(ofTeams.map((tip) => [`${tip.branch}\0${tip.oid}`, tip])).values()];
	const isHead = ({ branch }: BranchTip) => heads.some((head) => head.branch === branch);
	const dates = new Map<BranchTip, number>();
	const take = async (tips: readonly BranchTip[], others: readonly { oid: string }[]) => {
		const found = await datesBeyond(room, tips, others);
		for (const tip of tips) if (found.has(tip.oid)) dates.set(tip, found.get(tip.oid) as number);
	};
	// One process for all: a repository may have thousands of branches.
	const ordinary = unique.filter((tip) => !isHead(tip));
	if (ordinary.length > 0) await take(ordinary, heads);
	for (const tip of unique.filter(isHead)) {
		await take(
			[tip],
			heads.filter((head) => head.branch !== tip.branch),
		);
	}
	const isBefore = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
	return [...dates]
		.sort(([a, one], [b, other]) => other - one || isBefore(a.branch, b.branch) || isBefore(a.oid, b.oid))
		.map(([tip]) => tip);
}

/** Committer dates, in seconds since 1970, of the commits that `tips` hold and none of `heads` does. */
async function datesBeyond(
	room: CleanRoom,
	tips: readonly { oid: string }[],
	heads: readonly { oid: string }[],
): Promise<ReadonlyMap<string, number>> {
	const ends = [...tips.map(({ oid }) => oid), ...heads.map(({ oid }) => `^${oid}`)];
	const listing = await room.read(["rev-list", "--timestamp", "--stdin"], lines(...new Set(ends)));
	return new Map(
		listing.split("\n").flatMap((line) => {
			const [date, oid] = line.split(" ");
			return oid === undefined ? [] : [[oid, Number(date)] as const];
		}),
	);
}

/** As many pairs as are tried, those with the newest tips first; of ten thousand branches there would be millions. */
function firstPairs(open: readonly BranchTip[], { teamOfBranch }: CollisionRequest): Pair[] {
	const pairs: Pair[] = [];
	for (const [index, one] of open.entries()) {
		for (let at = index + 1; at < open.length; at++) {
			const other = open[at] as BranchTip;
			if (teamOfBranch(one.branch) === teamOfBranch(other.branch)) continue;
			pairs.push(one.branch < other.branch ? { ours: one, theirs: other } : { ours: other, theirs: one });
			if (pairs.length === MAX_PAIRS) return pairs;
		}
	}
	return pairs;
}

/** All pairs less those within one team. */
function countPairs(open: readonly BranchTip[], { teamOfBranch }: CollisionRequest): number {
	const sizes = new Map<string | null, number>();
	for (const { branch } of open) sizes.set(teamOfBranch(branch), (sizes.get(teamOfBranch(branch)) ?? 0) + 1);
	const within = [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
	return (open.length * (open.length - 1)) / 2 - within;
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
