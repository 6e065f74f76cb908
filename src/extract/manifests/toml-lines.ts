// Pure. Lines of what stands in a TOML file, which its parser does not tell: of keys by their header, of texts by themselves.

export interface TomlLines {
	/** The line of a key under a header, as both are written; that of the header where the key stands in another way; else 0. */
	readonly keyLine: (header: string, key: string) => number;
	/** The first line on which a text stands in quotes that was not asked for before; 0 where it is written otherwise. */
	readonly textLine: (text: string) => number;
}

/** Only places are found here: what stands there, the parser says. */
export function findTomlLines(text: string): TomlLines {
	const keys = new Map<string, number>();
	const texts = new Map<string, number[]>();
	let header = "";
	for (const [index, line] of text.split("\n").entries()) {
		if (line.length > LONG) continue;
		const opened = /^\s*\[+([^\]]+)\]/.exec(line)?.[1];
		const key = /^\s*["']?([\w.-]+)["']?\s*=/.exec(line)?.[1];
		if (opened !== undefined) header = opened.replace(/["'\s]/g, "");
		if (opened !== undefined) note(keys, header, index + 1);
		else if (key !== undefined) note(keys, `${header}\n${key}`, index + 1);
		for (const [, double, single] of line.matchAll(/"([^"\\]*)"|'([^']*)'/g)) {
			const found = double ?? single ?? "";
			const lines = texts.get(found);
			if (lines === undefined) texts.set(found, [index + 1]);
			else lines.push(index + 1);
		}
	}
	const asked = new Map<string, number>();
	return {
		keyLine: (under, key) => keys.get(`${under}\n${key}`) ?? keys.get(under) ?? 0,
		textLine: (wanted) => {
			const at = asked.get(wanted) ?? 0;
			asked.set(wanted, at + 1);
			const lines = texts.get(wanted) ?? [];
			return lines[Math.min(at, lines.length - 1)] ?? 0;
		},
	};
}

/** Nobody reads places in longer lines. */
const LONG = 2_000;

function note(keys: Map<string, number>, key: string, line: number): void {
	if (!keys.has(key)) keys.set(key, line);
}
