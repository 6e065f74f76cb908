// Browser view. Where what was typed is no path that can be answered for, or probably stands for another: what was meant?
import type { AskedPath } from "#rules/look-up";
import type { Miss } from "./near-miss.ts";
import { PathLinks } from "./PathLinks.tsx";
import { Shape } from "./parts.tsx";
import type { Placed } from "./path-index.ts";

type Nowhere = Exclude<Placed, { readonly asked: AskedPath }>;
type New = Extract<Placed, { readonly kind: "new" }>;
type Unsure = New & { readonly miss: Miss };

/** Whether a tracked path was probably meant. */
export function isUnsure(placed: Placed | null): placed is Unsure {
	return placed?.kind === "new" && placed.miss !== null;
}

/** Why there is no answer. */
export function noAnswerWords(placed: Nowhere): string {
	switch (placed.kind) {
		case "outside":
			return "This leads out of the repository. Paths count from its top, without a slash before them: src/x.py.";
		case "address":
			return "This is an address in which no one tracked path was recognised.";
		case "pattern":
			return `This is a pattern and no path: an answer is of one path. ${matchWords(placed.matching)}`;
	}
}

function matchWords(count: number): string {
	if (count === 0) return "No tracked file matches it.";
	return count === 1 ? "One tracked file matches it." : `${count.toLocaleString("en")} tracked files match it.`;
}

export function NoAnswer({ placed, onAsk }: { placed: Nowhere; onAsk: (path: string) => void }) {
	return (
		<div class="look-up-problem">
			<p>{noAnswerWords(placed)}</p>
			{placed.near.length > 0 && (
				<PathLinks
					words={placed.kind === "pattern" ? "The first of them:" : "Perhaps this is meant:"}
					paths={placed.near}
					onAsk={onAsk}
				/>
			)}
		</div>
	);
}

const DOUBTS: Readonly<Record<Miss, string>> = {
	form: "A tracked path looks the same and is written with other characters (Unicode).",
	case: "A tracked path differs in upper and lower case alone.",
	like: "No tracked path has this name.",
};

/** To be followed by the paths. */
export function doubtWords(miss: Miss): string {
	return `${DOUBTS[miss]} Did you mean`;
}

interface Props {
	readonly placed: Unsure;
	readonly ownerOf: (asked: AskedPath) => string;
	readonly onAsk: (path: string) => void;
}

export function DidYouMean({ placed, ownerOf, onAsk }: Props) {
	return (
		<div class="look-up-own look-up-warning">
			<p class="look-up-headline">
				<Shape tone="warning" /> Did you mean {placed.near.length === 1 ? "this path" : "one of these"}?
			</p>
			<PathLinks words={DOUBTS[placed.miss]} paths={placed.near} ownerOf={ownerOf} onAsk={onAsk} />
		</div>
	);
}
