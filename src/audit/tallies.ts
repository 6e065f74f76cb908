// Pure. Counts what is done: by doer and owner, by team and folder, by team and week.
import type { Edits, TeamActivity } from "#model/activity";
import type { CommitTable } from "#model/commit-table";
import { showPath } from "#model/history";
import type { Verdict } from "#rules/ruleset";

/** So many top-level folders are counted one by one; the others together. */
export const MOST_FOLDERS = 40;

const DAY = 86_400;
/** 1970-01-05, a Monday. */
const MONDAY = 4 * DAY;

/** Monday (UTC) of the week that holds a second since 1970, as a date; the year 0000 begins on its first day. */
export function weekOf(seconds: number): string {
	const monday = Math.floor((seconds - MONDAY) / (7 * DAY)) * 7 * DAY + MONDAY;
	const text = new Date(monday * 1000).toISOString();
	return text.startsWith("-") ? "0000-01-01" : text.slice(0, 10);
}

export interface EditTally {
	/** Notes the changes of one commit. */
	of(team: string | null): (verdict: Verdict) => void;
	/** Sorted, so that the order of commits has no say. */
	finish(): Edits[];
}

/** Counts changes by who made them and whose they are. */
export function createEditTally(): EditTally {
	const byTeam = new Map<string | null, Map<string, number>>();
	return {
		of(team) {
			const counts = byTeam.get(team) ?? new Map<string, number>();
			byTeam.set(team, counts);
			return (verdict) => {
				const key = verdict.kind === "owned" ? verdict.owner : verdict.kind === "shared" ? SHARED : UNMATCHED;
				counts.set(key, (counts.get(key) ?? 0) + 1);
			};
		},
		finish: () =>
			[...byTeam]
				.sort(([a], [b]) => order(a === null ? 1 : 0, b === null ? 1 : 0) || order(a ?? "", b ?? ""))
				.flatMap(([team, counts]) =>
					[...counts]
						.map(([key, changes]): Edits => {
							if (key === SHARED || key === UNMATCHED) return { team, kind: KINDS[key], owner: null, changes };
							return { team, kind: "owned", owner: key, changes };
						})
						.sort((a, b) => order(PLACE[a.kind], PLACE[b.kind]) || order(a.owner ?? "", b.owner ?? "")),
				),
	};
}

/** No id of a team has a space. */
const SHARED = " shared";
const UNMATCHED = " unmatched";
const KINDS = { [SHARED]: "shared", [UNMATCHED]: "unmatched" } as const;
const PLACE = { owned: 0, shared: 1, unmatched: 2 };

function order(a: string | number, b: string | number): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

export interface FolderTally {
	/** Notes the changes of a commit of a team, by the team's place. */
	add(row: number, team: number): void;
	/** By the team's place. */
	finish(): Pick<TeamActivity, "folders" | "otherFolders">[];
}

/** Counts changes by team and by the folder at the top that holds them; files at the top lie in the folder "". */
export function createFolderTally(commits: CommitTable, teams: number): FolderTally {
	/** Of each path its folder's number and 1; 0: not asked yet. */
	const folderOf = new Uint32Array(commits.pathCount);
	const numbers = new Map<string, number>();
	const names: string[] = [];
	const counts: number[][] = Array.from({ length: teams }, () => []);
	const numberOf = (path: number): number => {
		const text = commits.pathText(path);
		const name = text.slice(0, Math.max(0, text.indexOf("/")));
		let number = numbers.get(name);
		if (number === undefined) {
			number = names.push(name) - 1;
			numbers.set(name, number);
		}
		folderOf[path] = number + 1;
		return number;
	};
	return {
		add(row, team) {
			const mine = counts[team] as number[];
			const first = commits.firstChange(row);
			for (let change = first; change < first + commits.countChanges(row); change++) {
				const path = commits.path(change);
				const known = folderOf[path] as number;
				const folder = known === 0 ? numberOf(path) : known - 1;
				mine[folder] = (mine[folder] ?? 0) + 1;
			}
		},
		finish() {
			const total = (folder: number) => counts.reduce((sum, mine) => sum + (mine[folder] ?? 0), 0);
			const kept = names
				.map((name, folder) => ({ name, folder, changes: total(folder) }))
				.sort((a, b) => b.changes - a.changes || order(a.name, b.name))
				.slice(0, MOST_FOLDERS);
			return counts.map((mine) => {
				const folders = kept
					.map(({ name, folder }) => ({ folder: showPath(name).text, changes: mine[folder] ?? 0, name }))
					.filter(({ changes }) => changes > 0)
					.sort((a, b) => b.changes - a.changes || order(a.name, b.name))
					.map(({ folder, changes }) => ({ folder, changes }));
				const listed = folders.reduce((sum, { changes }) => sum + changes, 0);
				return { folders, otherFolders: mine.reduce((sum, changes) => sum + (changes ?? 0), 0) - listed };
			});
		},
	};
}
