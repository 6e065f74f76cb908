// Pure. Times, ages and sizes in words.

const UNITS: readonly (readonly [word: string, ms: number])[] = [
	["day", 86_400_000],
	["h", 3_600_000],
	["min", 60_000],
];

/** `42 s`, `3 min`, `2 h`, `1 day`, `5 days`: whole units that have passed. */
export function durationWords(ms: number): string {
	for (const [word, unitMs] of UNITS) {
		const whole = Math.floor(ms / unitMs);
		if (whole >= 1) return `${whole} ${word}${word === "day" && whole > 1 ? "s" : ""}`;
	}
	return `${Math.floor(Math.max(0, ms) / 1000)} s`;
}

/** `2026-11-23 22:10 UTC` from an ISO instant in UTC. */
export function instantWords(iso: string): string {
	return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}

/** `16 GiB`, `1.5 GiB`, `512 MiB`. */
export function bytesWords(bytes: number): string {
	const gib = bytes / 2 ** 30;
	return gib < 1 ? `${Math.round(bytes / 2 ** 20)} MiB` : `${Math.round(gib * 10) / 10} GiB`;
}

/** `1 conflict`, `2 conflicts`. */
export function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `a`, `a and b`, `a, b and c`, `a, b and 7 more`: at most three things. */
export function listed(items: readonly string[]): string {
	const shown = items.length > 3 ? [...items.slice(0, 2), `${items.length - 2} more`] : items;
	return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** `10–12`, `3`: both ends included. */
export function rangeWords({ first, last }: { readonly first: number; readonly last: number }): string {
	return first === last ? String(first) : `${first}–${last}`;
}
