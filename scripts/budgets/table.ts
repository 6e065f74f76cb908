// Pure. The figures of sites and pages as tables for people, each promise beside what was measured.
import type { BuildFigures } from "./built.ts";
import { KINDS, type Moments, type Weight } from "./load-page.ts";

export interface PageFigures {
	readonly address: string;
	readonly weight: Weight;
	/** Median of the runs. */
	readonly moments: Moments;
}

export interface SiteFigures {
	readonly conflicts: number;
	readonly build: BuildFigures;
	readonly pages: readonly PageFigures[];
}

/** What is promised (DESIGN: numbers to reach): of the largest site, and of each page. */
const PROMISES = { conflicts: 3_000, seconds: 15, peakMb: 1_024, plainScript: 6 * 1_024, islandScript: 35 * 1_024 };

export function formatSites(sites: readonly SiteFigures[]): string {
	const builds = sites.map(({ conflicts, build }) => [
		String(conflicts),
		`${build.seconds.toFixed(1)} s`,
		build.peakMb === null ? "-" : `${Math.round(build.peakMb)} MB`,
		String(build.pages),
		String(build.files),
		`${build.megabytes.toFixed(1)} MB`,
	]);
	const pages = sites.flatMap(({ conflicts, pages: all }) =>
		all.map(({ address, weight }) => [
			String(conflicts),
			address,
			...KINDS.map((kind) => `${kilobytes(weight.raw[kind])} / ${kilobytes(weight.gzip[kind])}`),
			String(weight.requests),
		]),
	);
	const moments = sites.flatMap(({ conflicts, pages: all }) =>
		all.map(({ address, moments: its }) => [
			String(conflicts),
			address,
			milliseconds(its.firstPaint),
			milliseconds(its.largestPaint),
			its.shift.toFixed(3),
			milliseconds(its.live),
		]),
	);
	return [
		...columns([["conflicts", "build", "peak", "pages", "files", "size"], ...builds], 0),
		"",
		"bytes as they are / by gzip -9, in KB, before anybody touches the page; nothing kept",
		...columns([["conflicts", "page", "HTML", "style", "script", "font", "other", "requests"], ...pages], 2),
		"",
		"CPU slowed 4 times, 150 ms and 1.6 Mbit/s, a phone's window, nothing kept; medians",
		...columns([["conflicts", "page", "first paint", "largest", "shift", "live"], ...moments], 2),
		"",
		...columns([["promise", "measured", "at most", ""], ...promises(sites)], 1),
	].join("\n");
}

/** Each promise that this run can speak of. */
export function promises(sites: readonly SiteFigures[]): string[][] {
	const large = sites.find(({ conflicts }) => conflicts === PROMISES.conflicts);
	const held = (is: boolean) => (is ? "held" : "missed");
	const rows: string[][] = [];
	if (large !== undefined) {
		const { seconds, peakMb } = large.build;
		const what = `build of ${PROMISES.conflicts} conflicts`;
		rows.push([what, `${seconds.toFixed(1)} s`, `${PROMISES.seconds} s`, held(seconds <= PROMISES.seconds)]);
		if (peakMb !== null)
			rows.push([
				`${what}, memory`,
				`${Math.round(peakMb)} MB`,
				`${PROMISES.peakMb} MB`,
				held(peakMb <= PROMISES.peakMb),
			]);
	}
	for (const { address, weight } of sites.at(-1)?.pages ?? []) {
		const limit = address === "/ownership/" ? PROMISES.plainScript : PROMISES.islandScript + PROMISES.plainScript;
		const script = weight.gzip.script;
		rows.push([
			`script files of ${address}`,
			`${kilobytes(script)} KB`,
			`${kilobytes(limit)} KB`,
			held(script <= limit),
		]);
	}
	return rows;
}

function kilobytes(bytes: number): string {
	return (bytes / 1_024).toFixed(1);
}

function milliseconds(value: number | null): string {
	return value === null ? "-" : `${Math.round(value)} ms`;
}

/** `left`: how many columns, after the first, are words and not numbers. */
function columns(rows: readonly (readonly string[])[], left: number): string[] {
	const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
	return rows.map((row) =>
		row
			.map((cell, at) => (at < left ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
			.join("  ")
			.trimEnd(),
	);
}
