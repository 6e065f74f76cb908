// Edge(git). The commits of a range, as `git log A..B` and `git log A...B` mean it.
import type { Commit } from "#model/history";
import { UsageError, WorldError } from "#model/problem";
import { type CleanRoom, openCleanRoom } from "./clean-room.ts";
import { readLog } from "./commit-log.ts";
import type { Location } from "./location.ts";

export interface Range {
	/** Both ends as typed, HEAD where one is left out. */
	readonly from: string;
	readonly to: string;
	/** `...`: what lies on either side and not on both. */
	readonly isSymmetric: boolean;
}

/** `A..B` or `A...B`; an end that is left out is HEAD. Throws UsageError. */
export function parseRange(text: string): Range {
	const words = /^(.*?)(\.{2,3})([^.].*)?$/s.exec(text);
	const [, from = "", dots = "", to = ""] = words ?? [];
	if (words === null || (from === "" && to === "") || `${from} ${to}`.includes("..")) {
		throw new UsageError(`--range ${text} is no range`, "write it as A..B or A...B, e.g. main..HEAD");
	}
	return { from: from || "HEAD", to: to || "HEAD", isSymmetric: dots === "..." };
}

/** The commits of a range, children before parents. Throws WorldError when an end names no commit. */
export async function readRange(
	location: Location,
	objectFormat: "sha1" | "sha256",
	range: Range,
	trailerKeys: readonly string[],
): Promise<Commit[]> {
	const room = await openCleanRoom(location, objectFormat);
	try {
		const [from, to] = await Promise.all([commitOf(room, range.from), commitOf(room, range.to)]);
		const left = range.isSymmetric ? await commonOf(room, from, to) : [from];
		const tips = range.isSymmetric ? [to, from] : [to];
		return await readLog(room, [...tips, ...left.map((id) => `^${id}`)], trailerKeys);
	} finally {
		await room.close();
	}
}

async function commitOf(room: CleanRoom, name: string): Promise<string> {
	const id = await room.resolve(["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]);
	if (id !== null && /^[0-9a-f]{40,64}\n$/.test(id)) return id.trim();
	throw new WorldError(`the repository has no commit named ${name}`, "`git branch -a` lists its branches");
}

/** Every best common ancestor; none for unrelated histories. */
async function commonOf(room: CleanRoom, from: string, to: string): Promise<string[]> {
	// It ends with code 1 where there is none, which is an answer; both commits were found before.
	const found = await room.resolve(["merge-base", "--all", from, to]);
	return (found ?? "").split("\n").filter((id) => id !== "");
}
