// Pure. Follows who edited which path when, to find paths that two teams changed at about the same time.
import type { RawPath } from "#model/history";

/** One team's edit of a path, as it is kept: small, because a history has many. */
interface Edit {
	readonly team: number;
	readonly seconds: number;
	/** Owner of the path when the edit was made; -1: nobody alone. */
	readonly owner: number;
	/** Its place among the commits kept. */
	readonly commit: number;
}

/** Commits of two teams on one path, each within the window of one of the other team. */
export interface Overlap<T> {
	readonly path: RawPath;
	/** Sorted. */
	readonly teams: readonly [string, string];
	readonly commits: readonly T[];
}

export interface Overlaps<T> {
	/** Notes that `team` changed `path`, which `owner` (null: nobody) had alone, at `seconds` since 1970. */
	add(path: RawPath, team: string, seconds: number, owner: string | null, commit: T): void;
	find(): Overlap<T>[];
}

/** Numbers an edit takes in the list of its path. */
const WIDTH = 4;

/** `windowSeconds`: at most so far apart, both ends included. */
export function createOverlaps<T>(windowSeconds: number): Overlaps<T> {
	const byPath = new Map<RawPath, number[]>();
	const numbers = new Map<string, number>();
	const commits: T[] = [];
	const numberOf = (team: string) => {
		const known = numbers.get(team);
		if (known !== undefined) return known;
		numbers.set(team, numbers.size);
		return numbers.size - 1;
	};
	return {
		add(path, team, seconds, owner, commit) {
			// A commit's changes come one after another.
			if (commits.at(-1) !== commit) commits.push(commit);
			const edit = [numberOf(team), seconds, owner === null ? -1 : numberOf(owner), commits.length - 1];
			const edits = byPath.get(path);
			if (edits === undefined) byPath.set(path, edit);
			else edits.push(...edit);
		},
		find() {
			const names = [...numbers.keys()];
			return [...byPath].flatMap(([path, flat]) =>
				overlapsOf(unpack(flat), windowSeconds).map(({ pair, edits }) => ({
					path,
					teams: pair.map((team) => names[team] as string).sort() as [string, string],
					commits: [...new Set(edits.map((edit) => commits[edit.commit] as T))],
				})),
			);
		},
	};
}

function unpack(flat: readonly number[]): Edit[] {
	if (!hasTwoTeams(flat)) return [];
	return Array.from({ length: flat.length / WIDTH }, (_, index) => {
		const [team, seconds, owner, commit] = flat.slice(index * WIDTH, (index + 1) * WIDTH) as [
			number,
			number,
			number,
			number,
		];
		return { team, seconds, owner, commit };
	}).sort((a, b) => a.seconds - b.seconds);
}

function hasTwoTeams(flat: readonly number[]): boolean {
	for (let at = WIDTH; at < flat.length; at += WIDTH) if (flat[at] !== flat[0]) return true;
	return false;
}

/** For each pair of teams the edits that take part in an overlap. `edits` come sorted by time. */
function overlapsOf(edits: readonly Edit[], windowSeconds: number) {
	const teams = [...new Set(edits.map((edit) => edit.team))].sort((a, b) => a - b);
	const pairs = teams.flatMap((one, index) => teams.slice(index + 1).map((other) => [one, other] as const));
	return pairs.flatMap((pair) => {
		// Neither of the two may own the path.
		const theirs = edits.filter(({ team, owner }) => pair.includes(team) && !pair.includes(owner));
		const near = nearOther(theirs, windowSeconds);
		return near.length === 0 ? [] : [{ pair, edits: near }];
	});
}

/** Those with an edit of the other team within the window: its nearest one is the last before or the first after. */
function nearOther(edits: readonly Edit[], windowSeconds: number): Edit[] {
	const before = nearestOther(edits);
	const after = nearestOther([...edits].reverse()).reverse();
	return edits.filter((edit, index) => {
		const gaps = [before[index], after[index]].map((other) =>
			other === undefined ? Infinity : Math.abs(edit.seconds - other.seconds),
		);
		return Math.min(...gaps) <= windowSeconds;
	});
}

/** For each edit the last one of the other team that came earlier in the list. */
function nearestOther(edits: readonly Edit[]): (Edit | undefined)[] {
	const last = new Map<number, Edit>();
	return edits.map((edit) => {
		const found = [...last].find(([team]) => team !== edit.team)?.[1];
		last.set(edit.team, edit);
		return found;
	});
}
