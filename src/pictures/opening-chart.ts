// Pure. Conflicts over time as bars: above the line what is open still, below it what was decided since.
import { LEVELS, type Level } from "#model/finding";
import { periodAxis } from "./axis.ts";
import { type OpeningPeriod, type Openings, sumLevels, type Trend } from "./openings.ts";
import { element, hint, percent, picture, type Svg } from "./svg.ts";
import { counted } from "./words.ts";

const STEP_TOP = 18;
const STEP_HEIGHT = 34;
const BARS_TOP = STEP_TOP + STEP_HEIGHT + 30;
const BARS_HEIGHT = 110;
const DECIDED_HEIGHT = 40;
const AXIS = 22;
/** Bars reach so far to the right where a bar for the undated stands beside them. */
const DATED_SHARE = 0.8;

type Column = Pick<OpeningPeriod, "open" | "decided">;

/** `openings` must hold a period. */
export function openingChart(openings: Openings): string {
	const { periods, undated } = openings;
	const hasUndated = sumLevels(undated.open) + sumLevels(undated.decided) > 0;
	const width = hasUndated ? DATED_SHARE : 1;
	const slot = width / periods.length;
	const columns: readonly Column[] = hasUndated ? [...periods, undated] : periods;
	const mostOpen = Math.max(1, ...columns.map(({ open }) => sumLevels(open)));
	const mostDecided = Math.max(0, ...columns.map(({ decided }) => sumLevels(decided)));
	const unit = BARS_HEIGHT / mostOpen;
	const unitBelow = mostDecided === 0 ? 0 : Math.min(unit, DECIDED_HEIGHT / mostDecided);
	const base = BARS_TOP + BARS_HEIGHT;
	const below = mostDecided === 0 ? 0 : mostDecided * unitBelow + 18;
	const height = base + below + AXIS;
	const column = ({ open, decided }: Column, x: number, wide: number, name: string): Svg => {
		const bar = { x, wide: Math.min(wide * 0.72, 0.06), center: x + wide / 2 };
		const total = sumLevels(open);
		const past = sumLevels(decided);
		return element(
			"g",
			{},
			hint(`${name}: ${columnWords({ open, decided })}`),
			...stack(open, bar, base, -unit),
			...stack(decided, bar, base + 1, unitBelow, "past"),
			total === 0 ? undefined : label(percent(bar.center), base - total * unit - 5, String(total), "middle", "number"),
			past === 0 ? undefined : label(percent(bar.center), base + past * unitBelow + 14, String(past), "middle"),
		);
	};
	return picture(
		{ words: `Conflicts over time. ${openings.finding}`, class: "openings", height },
		label("0", STEP_TOP - 6, "Open at the time, of those listed now"),
		...stepLine(periods, width),
		label(
			"0",
			BARS_TOP - 14,
			`Opened each ${openings.kind}${mostDecided === 0 ? "" : "; below the line: decided since"}`,
		),
		element("line", { x1: "0", x2: percent(width), y1: base, y2: base, class: "axis" }),
		...periods.map((period, place) => column(period, place * slot, slot, period.name)),
		...periodAxis(
			periods.map(({ name }) => name),
			width,
			height - 6,
		),
		...(hasUndated
			? [
					element("line", { x1: "84%", x2: "100%", y1: base, y2: base, class: "axis dashed" }),
					column(undated, 0.84, 0.16, "Seen in the tree, since when is not known"),
					label("92%", height - 6, "in the tree", "middle"),
				]
			: []),
	);
}

/** `2 errors, 1 warning open; 1 note decided`. */
export function columnWords({ open, decided }: Column): string {
	const words = (counts: Record<Level, number>) =>
		LEVELS.filter((level) => counts[level] > 0).map((level) => counted(counts[level], level));
	const parts = [
		...(sumLevels(open) === 0 ? [] : [`${words(open).join(", ")} open`]),
		...(sumLevels(decided) === 0 ? [] : [`${words(decided).join(", ")} decided`]),
	];
	return parts.length === 0 ? "none" : parts.join("; ");
}

/** From the line away: errors, warnings, notes. */
function stack(
	counts: Record<Level, number>,
	bar: { readonly x: number; readonly wide: number; readonly center: number },
	base: number,
	unit: number,
	extra = "",
): Svg[] {
	let at = base;
	return LEVELS.filter((level) => counts[level] > 0).map((level) => {
		const size = counts[level] * Math.abs(unit);
		const y = unit < 0 ? at - size : at;
		at += unit < 0 ? -size : size;
		const shape = { x: percent(bar.center - bar.wide / 2), width: percent(bar.wide), y, height: Math.max(1, size - 1) };
		return element("rect", { ...shape, class: `level-${level} ${extra}`.trim() });
	});
}

function stepLine(periods: readonly OpeningPeriod[], width: number): Svg[] {
	const slot = width / periods.length;
	const most = Math.max(1, ...periods.map(({ openAtEnd }) => openAtEnd));
	const bottom = STEP_TOP + STEP_HEIGHT;
	const heightOf = (amount: number) => bottom - (amount / most) * (STEP_HEIGHT - 4);
	const last = periods.at(-1)?.openAtEnd ?? 0;
	return [
		...periods.flatMap(({ openAtEnd }, place) => {
			const y = heightOf(openAtEnd);
			const before = heightOf(periods[place - 1]?.openAtEnd ?? 0);
			const x = percent(place * slot);
			return [
				...(y === before ? [] : [element("line", { x1: x, x2: x, y1: before, y2: y, class: "step" })]),
				element("line", { x1: x, x2: percent((place + 1) * slot), y1: y, y2: y, class: "step" }),
			];
		}),
		width < 1
			? label(percent(width + 0.015), heightOf(last) + 4, `${last} open`, "start", "number")
			: label("100%", heightOf(last) - 5, `${last} open`, "end", "number"),
	];
}

function label(x: string, y: number, text: string, anchor = "start", className?: string): Svg {
	return element("text", { x, y, "text-anchor": anchor === "start" ? undefined : anchor, class: className }, text);
}

/** A word-sized picture: a bar for each week, the last one strong. */
export function trendLine({ weeks }: Trend): string {
	const most = Math.max(1, ...weeks);
	const bars = weeks.map((amount, place) => {
		const height = amount === 0 ? 1 : Math.max(2, (amount / most) * 18);
		const isLast = place === weeks.length - 1;
		return element("rect", { x: place * 8, y: 20 - height, width: 6, height, class: isLast ? "now" : undefined });
	});
	const frame = { class: "trend-bars", width: weeks.length * 8 - 2, height: 20, "aria-hidden": "true" };
	return element("svg", frame, bars).source;
}
