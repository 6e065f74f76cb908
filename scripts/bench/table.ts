// Pure. The figures of a benchmark as a table for people.
import { visible } from "#model/visible";
import { CASES, type CaseName } from "./cases.ts";
import type { Summary, Target } from "./targets.ts";

const count = new Intl.NumberFormat("en");

/** One repository: what each case cost, and each promise beside what was measured. */
export function formatSummary({ name, commits, changes, newCommits, medians, targets }: Summary): string {
	const added = newCommits === 0 ? "" : `, ${count.format(newCommits)} of them new in the case of new ones`;
	const head = `${visible(name)}: ${count.format(commits)} commits, ${count.format(changes)} changes${added}`;
	const plain = medians.git?.wallMs;
	const costs = Object.entries(medians).map(([one, { wallMs, cpuMs, peakMb }]) => [
		CASES[one as CaseName],
		milliseconds(wallMs),
		cpuMs === null ? "-" : milliseconds(cpuMs),
		peakMb === null ? "-" : `${Math.round(peakMb)} MB`,
		plain === undefined ? "-" : (wallMs / plain).toFixed(2),
	]);
	const promises = targets.map((target) => [
		target.what,
		show(target, target.value),
		show(target, target.limit),
		verdict(target),
	]);
	return [
		head,
		...columns([["", "wall", "cpu", "peak", "to git"], ...costs]),
		"",
		...columns([["promise", "measured", "at most", ""], ...promises]),
		"",
	].join("\n");
}

function verdict({ isHeld }: Target): string {
	return isHeld === null ? "not promised at this size" : isHeld ? "held" : "missed";
}

function show({ unit }: Target, value: number): string {
	if (unit === "ms") return milliseconds(value);
	return unit === "MB" ? `${Math.round(value)} MB` : value.toFixed(2);
}

function milliseconds(value: number): string {
	return value < 10_000 ? `${Math.round(value)} ms` : `${(value / 1_000).toFixed(1)} s`;
}

/** The first column to the left, numbers to the right, the last as it is. */
function columns(rows: readonly (readonly string[])[]): string[] {
	const widths = (rows[0] as readonly string[]).map((_, at) =>
		Math.max(...rows.map((row) => (row[at] as string).length)),
	);
	return rows.map((row) =>
		`  ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[at] as number))).join("  ")}`.trimEnd(),
	);
}
