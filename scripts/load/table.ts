// Pure. What a load run measured, beside what is promised, as a table for people.

/** One thing measured. `isHeld`: null where nothing is promised of it. */
export interface Measure {
	readonly what: string;
	readonly value: string;
	readonly target: string;
	readonly isHeld: boolean | null;
}

export interface Section {
	readonly title: string;
	readonly measures: readonly Measure[];
}

/** A figure beside the most it may be. */
export function atMost(what: string, value: number, limit: number, unit: string): Measure {
	return { what, value: show(value, unit), target: `at most ${show(limit, unit)}`, isHeld: value <= limit };
}

/** A figure of which nothing is promised. */
export function noted(what: string, value: number | string, unit = ""): Measure {
	return { what, value: typeof value === "string" ? value : show(value, unit), target: "", isHeld: null };
}

export function formatSection({ title, measures }: Section): string {
	const width = (of: (measure: Measure) => string) => Math.max(...measures.map((measure) => of(measure).length));
	const [what, value, target] = [width((one) => one.what), width((one) => one.value), width((one) => one.target)];
	const lines = measures.map((one) => {
		const verdict = one.isHeld === null ? "" : one.isHeld ? "held" : "MISSED";
		return `  ${one.what.padEnd(what)}  ${one.value.padStart(value)}  ${one.target.padEnd(target)}  ${verdict}`.trimEnd();
	});
	return [title, ...lines, ""].join("\n");
}

function show(value: number, unit: string): string {
	const digits = Number.isInteger(value) ? 0 : Math.abs(value) < 10 ? 2 : 1;
	return `${value.toFixed(digits)}${unit === "" ? "" : ` ${unit}`}`;
}
