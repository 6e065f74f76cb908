// Pure. The schedule as bars: on a calendar where phases are dated, else as the order they have, which is all that is known.
import { scaleUtc } from "d3-scale";
import type { Phase } from "#model/agreement";
import { element, hint, percent, picture, type Svg } from "./svg.ts";
import { wallClock } from "./wall-clock.ts";
import { counted, dayWords, listed, shortened } from "./words.ts";

type Planned = Pick<Phase, "title" | "from" | "to" | "fromAt" | "untilAt" | "teams">;

export interface Row {
	readonly title: string;
	/** Short names of its teams. */
	readonly teams: string;
	/** Shares of the width; what is open ends at the edge. */
	readonly start: number;
	readonly end: number;
	/** The phase names no first, or no last day. */
	readonly isOpen: { readonly start: boolean; readonly end: boolean };
	/** `not dated`, `2025-08-01 to 2025-08-14`; of a moment the time of day too, in UTC. */
	readonly when: string;
}

export interface Gantt {
	/** `order`: no phase is dated, and the width is no time. */
	readonly kind: "dated" | "order";
	readonly rows: readonly Row[];
	/** Titles of phases that have no place on the calendar, where others have. */
	readonly undated: readonly string[];
	readonly ticks: readonly { readonly at: number; readonly name: string }[];
	/** Where today lies; null: on no place of the calendar. */
	readonly today: number | null;
	readonly syncPoints: readonly string[];
	readonly finding: string;
}

const DAY_MS = 86_400_000;

/** Both ends by the clocks of the zone, in ms; null: open. */
interface Span {
	readonly phase: Planned;
	readonly from: number | null;
	readonly until: number | null;
}

/**
 * `builtAt` (ISO, UTC) is today; the calendar is that of `timezone`, an IANA name; `short` gives the short name of a team;
 * null: no phase is planned.
 */
export function ganttOf(
	phases: readonly Planned[],
	syncPoints: readonly string[],
	builtAt: string,
	timezone: string,
	short: (team: string) => string,
): Gantt | null {
	if (phases.length === 0) return null;
	const clock = (at: string | null) => (at === null ? null : wallClock(at, timezone));
	const dated = phases
		.map((phase): Span => ({ phase, from: clock(phase.fromAt), until: clock(phase.untilAt) }))
		.filter(({ from, until }) => from !== null || until !== null);
	const teamsOf = ({ teams }: Planned) => teams.map(short).join(" ");
	const at = wallClock(builtAt, timezone);
	const zone = timezone === "UTC" ? "" : ` by the clocks of ${timezone}`;
	const built = `This page was built on ${dayWords(new Date(at), true)}${zone}`;
	if (dated.length === 0) {
		const rows = phases.map((phase, place) => ({
			title: phase.title,
			teams: teamsOf(phase),
			start: place / phases.length,
			end: (place + 1) / phases.length,
			isOpen: { start: false, end: false },
			when: "not dated",
		}));
		const one =
			phases.length === 1
				? "The one phase is not dated"
				: `The ${phases.length} phases are not dated: only their order is agreed`;
		const finding = `${one}. ${built}; which phase that falls into is not known.`;
		return { kind: "order", rows, undated: [], ticks: [], today: null, syncPoints, finding };
	}
	const known = dated.flatMap(({ from, until }) => [from, until].filter((one) => one !== null));
	const first = Math.min(...known);
	const last = Math.max(...known);
	const pad = Math.max((last - first) * 0.06, 2 * DAY_MS);
	const hasOpenStart = dated.some(({ from }) => from === null);
	const hasOpenEnd = dated.some(({ until }) => until === null);
	const domain = [new Date(first - (hasOpenStart ? pad : 0)), new Date(last + (hasOpenEnd ? pad : 0))];
	const scale = scaleUtc().domain(domain).range([0, 1]);
	const rows = dated.map(({ phase, from, until }) => ({
		title: phase.title,
		teams: teamsOf(phase),
		start: from === null ? 0 : scale(from),
		end: until === null ? 1 : scale(until),
		isOpen: { start: from === null, end: until === null },
		when: `${whenOf(phase.from, phase.fromAt) ?? "open start"} to ${whenOf(phase.to, phase.untilAt) ?? "open end"}`,
	}));
	const format = scale.tickFormat(4);
	const now = scale(at);
	const today = now >= 0 && now <= 1 ? now : null;
	// By instants: a clock that is set back shows an hour twice.
	const instant = Date.parse(builtAt);
	const running = dated.filter(
		({ phase: { fromAt, untilAt } }) =>
			(fromAt === null || Date.parse(fromAt) <= instant) && (untilAt === null || instant < Date.parse(untilAt)),
	);
	return {
		kind: "dated",
		rows,
		undated: phases.filter((phase) => !dated.some((one) => one.phase === phase)).map(({ title }) => title),
		ticks: scale.ticks(4).map((at) => ({ at: scale(at), name: format(at).length > 6 ? dayWords(at) : format(at) })),
		today,
		syncPoints,
		finding: `${built}, ${sayToday(
			running.map(({ phase }) => phase.title),
			at,
			first,
			last,
		)}.`,
	};
}

/** A day as it is written, a moment in UTC. */
function whenOf(written: string | null, at: string | null): string | null {
	return written?.includes("T") && at !== null ? `${at.slice(0, 16).replace("T", " ")} UTC` : written;
}

function sayToday(running: readonly string[], at: number, first: number, last: number): string {
	if (running.length > 0) return `in ${listed(running.map((title) => `“${title}”`))}`;
	const days = (ms: number) => counted(Math.ceil(ms / DAY_MS), "day");
	if (at < first) return `${days(first - at)} before the first phase begins`;
	if (at >= last) return `${days(at - last)} after the last phase ended`;
	return "between two phases";
}

const ROW = 46;
const BAR = 14;

/** The bars with their titles above; the line of today where it has a place. */
export function ganttChart(gantt: Gantt): string {
	const { rows, kind, ticks, today, syncPoints } = gantt;
	const top = today === null ? 0 : 16;
	const bottom = top + rows.length * ROW;
	const hasSync = syncPoints.length > 0;
	const height = bottom + (hasSync ? 34 : 4) + (kind === "dated" ? 20 : 0);
	const bars = rows.map((row, index) => {
		const y = top + index * ROW;
		const isRight = row.start > 0.5;
		const x = percent(isRight ? row.end : row.start);
		const open = row.isOpen.start || row.isOpen.end ? " open" : "";
		return element(
			"g",
			{},
			hint(`${row.title}: ${row.when}`),
			element(
				"text",
				{ x, y: y + 14, "text-anchor": isRight ? "end" : undefined, class: "name" },
				shortened(row.title, 38),
			),
			element("rect", {
				x: percent(row.start),
				width: percent(Math.max(0.004, row.end - row.start)),
				y: y + 22,
				height: BAR,
				rx: 2,
				class: `phase${open}`,
			}),
			row.teams === ""
				? undefined
				: element(
						"text",
						{ x: percent((row.start + row.end) / 2), y: y + 33, "text-anchor": "middle", class: "on" },
						row.end - row.start < 0.12 ? "" : shortened(row.teams, 12),
					),
		);
	});
	const syncY = bottom + 8;
	return picture(
		{
			words: `Schedule. ${gantt.finding} ${rows.map(({ title, when, teams }) => `${title}: ${when}, ${teams}`).join("; ")}`,
			class: "gantt",
			height,
		},
		...ticks.map(({ at }) => element("line", { x1: percent(at), x2: percent(at), y1: top, y2: bottom, class: "grid" })),
		...bars,
		...(hasSync
			? [
					element("line", { x1: "0", x2: "100%", y1: syncY, y2: syncY, class: "sync" }),
					element("text", { x: "0", y: syncY + 18 }, shortened(`every day: ${listed(syncPoints)}`, 52)),
				]
			: []),
		...ticks.map(({ at, name }) => {
			const anchor = at < 0.06 ? undefined : at > 0.94 ? "end" : "middle";
			return element("text", { x: percent(at), y: height - 4, "text-anchor": anchor }, name);
		}),
		...(today === null ? [] : todayLine(today, top, bottom)),
	);
}

function todayLine(today: number, top: number, bottom: number): Svg[] {
	const anchor = today < 0.1 ? undefined : today > 0.9 ? "end" : "middle";
	return [
		element("line", { x1: percent(today), x2: percent(today), y1: top - 2, y2: bottom, class: "today" }),
		element("text", { x: percent(today), y: 11, "text-anchor": anchor, class: "number" }, "today"),
	];
}
