// Pure. The measured rows as a table for people.
import { faultsOf, type RowResult, seconds, verdictOf } from "./row.ts";

/** One line a row, below it what was wrong, run by run. */
export function formatTable(results: readonly RowResult[]): string {
	// What was shown comes last: it may be a sentence.
	const head = ["row", "runs", "worst / promised", "recovered, worst / promised", "verdict", "shown"];
	const lines = results.map((result) => [
		result.id,
		String(result.runs.length),
		timesWords(result, "showMs"),
		timesWords(result, "recoverMs"),
		verdictOf(result),
		shownWords(result),
	]);
	const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column]!.length)));
	const text = [head, ...lines].map((line) =>
		line
			.map((cell, column) => cell.padEnd(widths[column]!))
			.join("  ")
			.trimEnd(),
	);
	const notes = results.map(notesOf);
	return [text[0]!, ...text.slice(1).flatMap((line, index) => [line, ...notes[index]!])].join("\n");
}

/** What is told as soon as a row was measured. */
export function progressLines(result: RowResult): string {
	return [`${result.id}: ${verdictOf(result)}`, ...notesOf(result)].join("\n");
}

function shownWords({ runs, skipped }: RowResult): string {
	if (skipped !== null) return "-";
	const counts = new Map<string, number>();
	for (const { shown } of runs) counts.set(shown, (counts.get(shown) ?? 0) + 1);
	const [first, ...others] = [...counts].sort((a, b) => b[1] - a[1]);
	if (first === undefined) return "-";
	return others.length === 0 ? first[0] : `${first[0]} (${first[1]} of ${runs.length})`;
}

function timesWords({ runs, promised, skipped }: RowResult, key: "showMs" | "recoverMs"): string {
	if (skipped !== null) return "-";
	const times = runs.flatMap((run) => (run[key] === null ? [] : [run[key]]));
	const worst = times.length === 0 ? "-" : seconds(Math.max(...times));
	return promised[key] === null ? worst : `${worst} / ${seconds(promised[key])}`;
}

function notesOf(result: RowResult): string[] {
	if (result.skipped !== null) return [`    skipped: ${result.skipped}`];
	return result.runs.flatMap((run, index) =>
		faultsOf(run, result.promised).map((fault) => `    run ${index + 1}: ${fault}; it showed: ${run.shown}`),
	);
}
