// Pure. Finds paths that two teams changed at about the same time.

/** One team's change of a path. */
export interface Edit {
	/** Number of the path. */
	readonly path: number;
	readonly team: string;
	/** Who had the path alone when it was changed; null: nobody. */
	readonly owner: string | null;
	/** Author date in seconds since 1970. */
	readonly seconds: number;
	/** Row of the commit, and number of the change. */
	readonly row: number;
	readonly change: number;
}

/** Edits by two teams of one path, each within the window of one of the other team. */
export interface Overlap {
	/** Sorted. */
	readonly teams: readonly [string, string];
	readonly edits: readonly Edit[];
}

/** Which paths several teams changed: few of a history's, and only their edits need to be looked at. */
export interface Meetings {
	note(path: number, team: string): void;
	has(path: number): boolean;
}

/** For paths with numbers below `pathCount`. */
export function createMeetings(pathCount: number): Meetings {
	// 0: nobody; 1: several teams; else a team's number.
	const known = new Int32Array(pathCount);
	const numbers = new Map<string, number>();
	return {
		note(path, team) {
			let number = numbers.get(team);
			if (number === undefined) {
				number = numbers.size + 2;
				numbers.set(team, number);
			}
			const before = known[path];
			if (before === 0) known[path] = number;
			else if (before !== number) known[path] = 1;
		},
		has: (path) => known[path] === 1,
	};
}

/** The overlaps among edits in any order. `windowSeconds`: at most so far apart, both ends included. */
export function findOverlaps(edits: readonly Edit[], windowSeconds: number): Overlap[] {
	const byPath = Map.groupBy(edits, ({ path }) => path);
	return [...byPath.values()].flatMap((own) =>
		overlapsOf(
			own.sort((a, b) => a.seconds - b.seconds),
			windowSeconds,
		),
	);
}

/** For each pair of teams the edits that take part in an overlap. `edits` come sorted by time. */
function overlapsOf(edits: readonly Edit[], windowSeconds: number): Overlap[] {
	const teams = [...new Set(edits.map((edit) => edit.team))].sort();
	const pairs = teams.flatMap((one, index) => teams.slice(index + 1).map((other) => [one, other] as const));
	return pairs.flatMap((pair) => {
		// Neither of the two may own the path.
		const [one, other] = pair;
		const theirs = edits.filter(
			({ team, owner }) => (team === one || team === other) && owner !== one && owner !== other,
		);
		const near = nearOther(theirs, windowSeconds);
		return near.length === 0 ? [] : [{ teams: pair, edits: near }];
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
	const last = new Map<string, Edit>();
	return edits.map((edit) => {
		const found = [...last].find(([team]) => team !== edit.team)?.[1];
		last.set(edit.team, edit);
		return found;
	});
}
