// Edge(git). What was committed lately on any branch: a bounded look at what others are doing now.
import type { Commit } from "#model/history";
import { openCleanRoom } from "./clean-room.ts";
import { readLog } from "./commit-log.ts";
import type { Location } from "./location.ts";

export interface Recent {
	/** Branches with a commit in the time asked for, newest first; short names, a remote's without its name. */
	readonly tips: readonly { readonly oid: string; readonly branch: string }[];
	/** Their commits of that time, children before parents. */
	readonly commits: readonly Commit[];
}

/** Branches and commits that are looked at: the newest. */
const MAX_BRANCHES = 32;
const MAX_COMMITS = 200;

/** Commits since `sinceSeconds` (seconds since 1970, committer date). */
export async function readRecent(
	location: Location,
	objectFormat: "sha1" | "sha256",
	sinceSeconds: number,
	trailerKeys: readonly string[],
): Promise<Recent> {
	const room = await openCleanRoom(location, objectFormat);
	try {
		const listing = await room.resolve([
			"for-each-ref",
			"--sort=-committerdate",
			`--count=${MAX_BRANCHES}`,
			"--format=%(objectname) %(committerdate:unix) %(if)%(symref)%(then)symbolic%(else)%(refname)%(end)",
			"refs/heads",
			"refs/remotes",
		]);
		const tips = (listing ?? "")
			.split("\n")
			.map((line) => line.split(" ") as [string, string, string])
			.filter(([, date]) => Number(date) >= sinceSeconds)
			.flatMap(([oid, , name]) => {
				const branch = /^refs\/(?:heads|remotes\/[^/]+)\/(.+)$/.exec(name)?.[1];
				return branch === undefined ? [] : [{ oid, branch }];
			});
		if (tips.length === 0) return { tips, commits: [] };
		const ids = [...new Set(tips.map((tip) => tip.oid))];
		const limits = [`--since=@${sinceSeconds}`, `--max-count=${MAX_COMMITS}`];
		return { tips, commits: await readLog(room, ids, trailerKeys, limits) };
	} finally {
		await room.close();
	}
}

/** The commits of these ids that are there, without their histories. */
export async function readCommits(
	location: Location,
	objectFormat: "sha1" | "sha256",
	ids: readonly string[],
	trailerKeys: readonly string[],
): Promise<Commit[]> {
	const room = await openCleanRoom(location, objectFormat);
	try {
		const found = await Promise.all(
			ids.map((id) => room.resolve(["rev-parse", "--verify", "--quiet", "--end-of-options", `${id}^{commit}`])),
		);
		const known = found.flatMap((id) => (id === null ? [] : [id.trim()]));
		return known.length === 0 ? [] : await readLog(room, known, trailerKeys, ["--no-walk=unsorted"]);
	} finally {
		await room.close();
	}
}
