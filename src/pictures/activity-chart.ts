// Pure. What teams did, week by week and folder by folder.
import type { TeamActivity } from "#model/activity";
import { periodAxis } from "./axis.ts";
import { cutPeriods, type PeriodKind } from "./periods.ts";
import { element, hint, percent, picture, type Svg } from "./svg.ts";
import { counted, dayWords } from "./words.ts";

type Weeks = Pick<TeamActivity, "team" | "commits" | "weeks">;

export interface Pace {
	readonly kind: PeriodKind;
	readonly names: readonly string[];
	readonly starts: readonly Date[];
	/** Commits of each team in each period, in the order of the teams. */
	readonly teams: readonly { readonly team: string; readonly counts: readonly number[] }[];
	/** The most of any team in any period. */
	readonly most: number;
}

const MOST_PERIODS = 40;

/** Null: no team has a commit. All teams share the periods and the scale. */
export function paceOf(teams: readonly Weeks[]): Pace | null {
	const weeks = teams.flatMap((team) => Object.keys(team.weeks)).sort();
	const [first] = weeks;
	const last = weeks.at(-1);
	if (first === undefined || last === undefined) return null;
	const cut = cutPeriods(new Date(first), new Date(last), MOST_PERIODS, ["week", "month", "year"]);
	const counts = teams.map((team) => {
		const mine = new Array<number>(cut.starts.length).fill(0);
		for (const [week, commits] of Object.entries(team.weeks)) {
			const place = cut.placeOf(new Date(week));
			mine[place] = (mine[place] as number) + commits;
		}
		return { team: team.team, counts: mine };
	});
	return {
		kind: cut.kind,
		names: cut.starts.map((_, place) => cut.wordsOf(place)),
		starts: cut.starts,
		teams: counts,
		most: Math.max(...counts.flatMap((one) => one.counts)),
	};
}

/** `Team C made most commits, 12 of 30; the busiest week was that of 21 Jul, with 9.` */
export function sayPace(pace: Pace | null, nameOf: (team: string) => string): string {
	if (pace === null) return "No commit is attributed to a team.";
	const totals = pace.teams.map(({ team, counts }) => ({ team, commits: sum(counts) }));
	const all = sum(totals.map(({ commits }) => commits));
	const byPeriod = pace.names.map((_, place) => sum(pace.teams.map(({ counts }) => counts[place] ?? 0)));
	const busiest = Math.max(...byPeriod);
	const place = byPeriod.lastIndexOf(busiest);
	const when = pace.kind === "week" ? `of ${dayWords(pace.starts[place] as Date, true)}` : (pace.names[place] ?? "");
	const peaks = byPeriod.filter((commits) => commits === busiest).length;
	const amount = busiest.toLocaleString("en");
	const told =
		peaks === 1
			? `the busiest ${pace.kind}, ${when}, had ${amount}`
			: `the busiest ${peaks} ${pace.kind}s, the last ${when}, had ${amount} each`;
	const peak = pace.names.length < 2 ? "" : `; ${told}`;
	const [only] = totals;
	if (totals.length === 1 && only) return `${nameOf(only.team)} made ${counted(only.commits, "commit")}${peak}.`;
	const most = Math.max(...totals.map(({ commits }) => commits));
	const leaders = totals.filter(({ commits }) => commits === most);
	const who =
		leaders.length === 1
			? `${nameOf((leaders[0] as (typeof totals)[number]).team)} made most, ${most.toLocaleString("en")}`
			: `${leaders.length} teams made ${most.toLocaleString("en")} each`;
	return `Of ${counted(all, "commit")}, ${who}${peak}.`;
}

const HEIGHT = 44;
const AXIS = 18;

/** The bars of one team; `isLabelled`: with the names of the periods below. */
export function paceBars(pace: Pace, team: string, name: string, isLabelled: boolean): string {
	const counts = pace.teams.find((one) => one.team === team)?.counts ?? [];
	const slot = 1 / Math.max(1, counts.length);
	const wide = Math.min(slot * 0.72, 0.06);
	const mine = Math.max(0, ...counts);
	const peak = counts.lastIndexOf(mine);
	const bars = counts.flatMap((commits, place): Svg[] => {
		if (commits === 0) return [];
		const height = Math.max(2, (commits / pace.most) * (HEIGHT - 14));
		const x = percent((place + 0.5) * slot - wide / 2);
		const words = hint(`${pace.names[place]}: ${counted(commits, "commit")}`);
		const bar = element("rect", { x, y: HEIGHT - height, width: percent(wide), height, class: "bar" }, words);
		if (place !== peak) return [bar];
		const at = { x: percent((place + 0.5) * slot), y: HEIGHT - height - 4, "text-anchor": "middle", class: "number" };
		return [bar, element("text", at, commits.toLocaleString("en"))];
	});
	const words = `${name}: ${counts.map((commits, place) => `${pace.names[place]} ${commits}`).join(", ")}`;
	return picture(
		{ words: `Commits by ${pace.kind}. ${words}`, class: "pace", height: HEIGHT + (isLabelled ? AXIS : 2) },
		element("line", { x1: "0", x2: "100%", y1: HEIGHT, y2: HEIGHT, class: "axis" }),
		bars,
		isLabelled ? periodAxis(pace.names, 1, HEIGHT + 14) : undefined,
	);
}

export interface FolderRow {
	/** Null: all other folders. Empty: files at the top. */
	readonly folder: string | null;
	/** In the order of the teams. */
	readonly changes: readonly number[];
}

type Folders = Pick<TeamActivity, "team" | "folders" | "otherFolders">;

/** The folders that were changed most, and the others as one; empty: no team changed anything. */
export function folderRows(teams: readonly Folders[], most = 8): FolderRow[] {
	const names = [...new Set(teams.flatMap(({ folders }) => folders.map(({ folder }) => folder)))];
	const rows = names
		.map((folder) => ({
			folder,
			changes: teams.map((team) => sum(team.folders.filter((one) => one.folder === folder).map((one) => one.changes))),
		}))
		.sort((a, b) => sum(b.changes) - sum(a.changes) || (a.folder < b.folder ? -1 : 1));
	const shown = rows.slice(0, rows.length > most + 1 ? most : most + 1);
	const others = teams.map((team, place) => {
		return team.otherFolders + sum(rows.slice(shown.length).map(({ changes }) => changes[place] ?? 0));
	});
	return sum(others) === 0 ? shown : [...shown, { folder: null, changes: others }];
}

/** A bar whose length is a share of the widest place, from the start of its cell. */
export function shareBar(share: number): string {
	const bar = element("rect", { width: percent(share), height: 6, class: "bar" });
	return element("svg", { class: "pic share", width: "100%", height: 6, "aria-hidden": "true" }, bar).source;
}

function sum(amounts: readonly number[]): number {
	return amounts.reduce((total, amount) => total + amount, 0);
}
