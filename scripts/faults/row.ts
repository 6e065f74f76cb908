// Pure. A row of the table of faults: what is promised, what was measured, and whether that was held.

export interface Promised {
	/** What readers are to see, in words. */
	readonly shows: string;
	/** Longest time until they see it; null: there is nothing to wait for, it must hold throughout. */
	readonly showMs: number | null;
	/** Longest time until all is well again once the fault is over; null: none is named. */
	readonly recoverMs: number | null;
}

export interface RowHead {
	readonly id: string;
	/** The fault, in words, and how it is made. */
	readonly fault: string;
	readonly promised: Promised;
}

/** One run of a row. */
export interface Run {
	/** What was shown, as a reader saw it. */
	readonly shown: string;
	/** Null: it was never shown, or is not waited for. */
	readonly showMs: number | null;
	readonly recoverMs: number | null;
	/** What was wrong, one sentence each; empty: as promised, times apart. */
	readonly problems: readonly string[];
}

export interface RowResult extends RowHead {
	readonly runs: readonly Run[];
	/** Why it was not run; null: it was. */
	readonly skipped: string | null;
}

export type Verdict = "held" | "missed" | "skipped";

/** What speaks against a run, its times among it. */
export function faultsOf(run: Run, { showMs, recoverMs }: Promised): string[] {
	return [...run.problems, ...late("shown", run.showMs, showMs), ...late("recovered", run.recoverMs, recoverMs)];
}

export function verdictOf(result: RowResult): Verdict {
	if (result.skipped !== null) return "skipped";
	const isHeld = result.runs.length > 0 && result.runs.every((run) => faultsOf(run, result.promised).length === 0);
	return isHeld ? "held" : "missed";
}

function late(what: string, tookMs: number | null, promisedMs: number | null): string[] {
	if (promisedMs === null) return [];
	if (tookMs === null) return [`never ${what}`];
	return tookMs <= promisedMs ? [] : [`${what} after ${seconds(tookMs)}, promised ${seconds(promisedMs)}`];
}

/** `4.2 s` */
export function seconds(ms: number): string {
	return `${(ms / 1000).toFixed(1)} s`;
}
