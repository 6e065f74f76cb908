// Pure. The layers of the model, left to right, over the nodes that hold them, as last known.
import { element, hint, percent, picture } from "./svg.ts";
import { shortened } from "./words.ts";

interface Range {
	readonly first: number;
	/** Included. */
	readonly last: number;
}

export interface LayerRow extends Range {
	/** Who holds them: `● mlx-1`, `3 nodes`. */
	readonly name: string;
	/** In words, with the state: `mlx-1, serving when this page was built`. */
	readonly words: string;
	/** Blocks of one lane lie side by side, from 0. */
	readonly lane: number;
}

export interface LayerChart {
	/** The highest layer anybody holds. */
	readonly last: number;
	readonly rows: readonly LayerRow[];
	/** Layers of nobody known. */
	readonly gaps: readonly Range[];
	readonly words: string;
}

const LANE = 26;
/** What a name may take: the picture is as wide on the smallest phones, and where there is room. In pixels. */
const NARROW = 280;
const WIDE = 640;
const CHARACTER = 7;
const TOP = 2;

export const rangeOf = ({ first, last }: Range): string => (first === last ? String(first) : `${first}–${last}`);

export function layerChart({ last, rows, gaps, words }: LayerChart): string {
	const lanes = Math.max(1, ...rows.map(({ lane }) => lane + 1));
	const bottom = TOP + lanes * LANE;
	const share = (layers: number) => layers / (last + 1);
	const place = ({ first, last: end }: Range) => ({ x: percent(share(first)), width: percent(share(end - first + 1)) });
	return picture(
		{ words, class: "layers", height: bottom + 20 },
		gaps.map((gap) =>
			element(
				"g",
				{},
				hint(`Layers ${rangeOf(gap)}: nobody known`),
				element("rect", { ...place(gap), y: TOP, height: bottom - TOP - 4, class: "gap" }),
				element(
					"text",
					{ x: percent(share(gap.first) + share(gap.last - gap.first + 1) / 2), y: TOP + 15, "text-anchor": "middle" },
					share(gap.last - gap.first + 1) < 0.16 ? "?" : "? nobody known",
				),
			),
		),
		rows.map((row) => {
			const width = share(row.last - row.first + 1);
			const y = TOP + row.lane * LANE;
			// A nested picture cuts off what does not fit.
			const named = (room: number, className: string) => {
				const length = Math.floor((width * room - 12) / CHARACTER);
				return length < 2
					? undefined
					: element("text", { x: 6, y: 15, class: `name ${className}` }, shortened(row.name, length));
			};
			const label = element(
				"svg",
				{ ...place(row), y, height: LANE - 4 },
				named(NARROW, "until-640"),
				named(WIDE, "from-640"),
			);
			return element(
				"g",
				{},
				hint(`Layers ${rangeOf(row)}: ${row.words}`),
				element("rect", { ...place(row), y, height: LANE - 4, rx: 2, class: "block" }),
				label,
			);
		}),
		element("text", { x: "0", y: bottom + 12 }, "layer 0"),
		element("text", { x: "100%", y: bottom + 12, "text-anchor": "end" }, String(last)),
	);
}
