// Browser view. A path with the characters that were meant, every hidden character made visible; breaks after slashes.
import type { VNode } from "preact";
import { visible } from "#model/visible";

interface Props {
	readonly text: string;
	/** Places of characters that were meant, ascending. */
	readonly marks?: readonly number[];
}

export function Marked({ text, marks = [] }: Props) {
	return (
		<code class="path" dir="ltr">
			{runsOf(text, marks).flatMap(({ part, isMarked }): (VNode | string)[] => {
				const pieces = visible(part).split(/(?<=\/)/);
				const broken = pieces.flatMap((piece) => (piece.endsWith("/") ? [piece, <wbr />] : [piece]));
				return isMarked ? [<mark>{broken}</mark>] : broken;
			})}
		</code>
	);
}

/** Runs of characters that are all marked, or none; a character of two units is never torn. */
export function runsOf(text: string, marks: readonly number[]): { part: string; isMarked: boolean }[] {
	const marked = new Set(marks);
	const runs: { part: string; isMarked: boolean }[] = [];
	let at = 0;
	for (const char of text) {
		const isMarked = marked.has(at) || (char.length === 2 && marked.has(at + 1));
		const last = runs.at(-1);
		if (last?.isMarked === isMarked) last.part += char;
		else runs.push({ part: char, isMarked });
		at += char.length;
	}
	return runs;
}
