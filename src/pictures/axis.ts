// Pure. The names below an axis of periods: few enough to be read, none beyond the ends.

import { namedPlaces } from "./periods.ts";
import { element, percent, type Svg } from "./svg.ts";

/** A slot this wide, as a share, holds the name of its period on a phone. */
const ROOMY = 0.16;

/** `width`: the share of the picture that the periods take; `y`: the line the names stand on. */
export function periodAxis(names: readonly string[], width: number, y: number): Svg[] {
	const slot = width / names.length;
	const places = namedPlaces(names.length, 4);
	return places.map((place, index) => {
		const isEdge = slot < ROOMY && places.length > 1;
		const isFirst = isEdge && index === 0;
		const isLast = isEdge && index === places.length - 1;
		const x = percent(isFirst ? 0 : isLast ? (place + 1) * slot : (place + 0.5) * slot);
		const anchor = isFirst ? undefined : isLast ? "end" : "middle";
		return element("text", { x, y, "text-anchor": anchor }, names[place] ?? "");
	});
}
