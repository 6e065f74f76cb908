// Pure. How a card looks, as the tree of boxes that satori lays out. It is seen small and on any ground: few words, strong shapes.
import type { Card, Fact } from "./cards.ts";

export interface CardWords extends Pick<Card, "title" | "line" | "facts"> {
	/** Name of the project, above the title; empty where the title says it. */
	readonly above: string;
	/** Below all: how old it is, and whether it is a sample. */
	readonly stamp: string;
}

export const WIDTH = 1200;
export const HEIGHT = 630;
export const FAMILY = "Plex";
const FAMILIES = ["latin", "latin-ext", "cyrillic", "greek", "vietnamese"]
	.map((script) => `${FAMILY} ${script}`)
	.join(", ");

/** Of tokens.css, light; an image knows no variables. */
const INK = "#16191d";
const MUTED = "#59616d";
const GROUND = "#ffffff";
const RULE = "#d9dde2";
const COLOURS: Record<Fact["tone"], string> = {
	error: "#b2340f",
	warning: "#835400",
	note: "#4a586e",
	good: "#006a50",
};
/** States differ by shape as well: square, triangle, circle, tick. */
const SHAPES: Record<Fact["tone"], string> = {
	error: "M2 2h12v12H2Z",
	warning: "M8 1.5 15 14.5H1Z",
	note: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z",
	good: "M2 8.4 3.7 6.7 6.4 9.4 12.3 3.5 14 5.2 6.4 12.8Z",
};

export interface Box {
	readonly type: string;
	readonly props: Readonly<Record<string, unknown>>;
}

const box = (style: Readonly<Record<string, unknown>>, children?: unknown): Box => ({
	type: "div",
	props: { style: { display: "flex", ...style }, children },
});

export function cardMarkup({ above, title, line, facts, stamp }: CardWords): Box {
	const size = title.length > 44 ? 60 : title.length > 24 ? 76 : 96;
	return box(
		{
			...{
				boxSizing: "border-box",
				width: WIDTH,
				height: HEIGHT,
				flexDirection: "column",
				justifyContent: "space-between",
			},
			...{ padding: "64px 72px", backgroundColor: GROUND, color: INK, fontFamily: FAMILIES },
		},
		[
			box({ flexDirection: "column" }, [
				box({ fontSize: 32, color: MUTED, height: 48 }, clipped(above, 60)),
				box(
					{ fontSize: size, fontWeight: 600, lineHeight: 1.1, letterSpacing: "-0.02em", marginTop: 20 },
					clipped(title, 90),
				),
				box({ fontSize: 36, color: MUTED, lineHeight: 1.3, marginTop: 24 }, clipped(line, 110)),
			]),
			box({ flexDirection: "column" }, [
				box({ fontSize: 44, fontWeight: 600, minHeight: 60 }, facts.map(fact)),
				box(
					{ fontSize: 28, color: MUTED, borderTop: `2px solid ${RULE}`, marginTop: 28, paddingTop: 24 },
					clipped(stamp, 80),
				),
			]),
		],
	);
}

function fact({ tone, words }: Fact): Box {
	const colour = COLOURS[tone];
	const shape = { type: "path", props: { d: SHAPES[tone], fill: colour } };
	return box({ alignItems: "center", marginRight: 48, color: colour }, [
		{
			type: "svg",
			props: { width: 38, height: 38, viewBox: "0 0 16 16", style: { marginRight: 16 }, children: shape },
		},
		words,
	]);
}

/** So many characters fit; the rest is cut with a sign that it is. */
function clipped(text: string, most: number): string {
	const letters = Array.from(text);
	return letters.length <= most
		? text
		: `${letters
				.slice(0, most - 1)
				.join("")
				.trimEnd()}…`;
}
