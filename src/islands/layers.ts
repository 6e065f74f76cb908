// Pure. Layers of the model over the nodes that hold them: what is held, by whom, how often, and what by nobody known.
import type { ShownNode } from "./shown-node.ts";
import { listed, rangeWords } from "./words.ts";

type Holder = Pick<ShownNode, "id" | "state" | "tone" | "shape" | "word">;

/** Layers held by the same nodes; both ends included. */
export interface LayerBlock {
	readonly first: number;
	readonly last: number;
	/** At least one; in the configured order. */
	readonly holders: readonly Holder[];
	/** Blocks of one lane lie side by side, from 0. */
	readonly lane: number;
}

export interface LayerPicture {
	/** The highest layer anybody holds. How many the model has is not known. */
	readonly last: number;
	/** How many lanes there are. */
	readonly lanes: number;
	readonly blocks: readonly LayerBlock[];
	readonly gaps: readonly { readonly first: number; readonly last: number }[];
	/** What stands out, one sentence each. */
	readonly sentences: readonly string[];
}

type Range = Pick<LayerBlock, "first" | "last">;

/**
 * The picture of all nodes that say which layers they hold; null: none does. `isNow`: the nodes' states are of now, so
 * that layers without a serving node may be called out.
 */
export function layerPicture(
	nodes: readonly { readonly layers: Range | null; readonly shown: Holder }[],
	isNow: boolean,
): LayerPicture | null {
	const byRange = new Map<string, Range & { holders: Holder[] }>();
	for (const { layers, shown } of nodes) {
		if (layers === null) continue;
		const { first, last } = layers.first <= layers.last ? layers : { first: layers.last, last: layers.first };
		const key = `${first}-${last}`;
		const block = byRange.get(key) ?? { first, last, holders: [] };
		block.holders.push(shown);
		byRange.set(key, block);
	}
	if (byRange.size === 0) return null;
	const ends: number[] = [];
	const blocks = [...byRange.values()]
		.sort((a, b) => a.first - b.first || a.last - b.last)
		.map((block) => {
			const free = ends.findIndex((end) => end < block.first);
			const lane = free === -1 ? ends.length : free;
			ends[lane] = block.last;
			return { ...block, lane };
		});
	const pieces = piecesOf(blocks);
	return {
		last: Math.max(...blocks.map(({ last }) => last)),
		lanes: ends.length,
		blocks,
		gaps: pieces.filter(({ over }) => over.length === 0),
		sentences: pieces.flatMap((piece) => sentenceOf(piece, isNow)),
	};
}

interface Piece extends Range {
	readonly over: readonly LayerBlock[];
}

/** From layer 0 on, the longest stretches that the same blocks lie over. */
function piecesOf(blocks: readonly LayerBlock[]): Piece[] {
	const starts = [...new Set([0, ...blocks.flatMap(({ first, last }) => [first, last + 1])])].sort((a, b) => a - b);
	return starts.slice(0, -1).map((first, index) => ({
		first,
		last: starts[index + 1]! - 1,
		over: blocks.filter((block) => block.first <= first && block.last >= first),
	}));
}

function sentenceOf({ first, last, over }: Piece, isNow: boolean): string[] {
	const layers = `${first === last ? `Layer ${first} is` : `Layers ${first}–${last} are`} held by`;
	if (over.length === 0) return [`${layers} nobody known.`];
	const holders = over.flatMap((block) => block.holders);
	const names = listed(holders.map(({ id }) => id));
	if (isNow && holders.every(({ state }) => state === "not-serving" || state === "unknown")) {
		const words = [...new Set(holders.map(({ word }) => word))];
		return [`${layers} ${names} alone: ${words.join(", ")}.`];
	}
	return over.length > 1 ? [`${layers} ${names}.`] : [];
}

/** The picture in words, for who cannot see it: `0–9: mlx-1, serving; 10–12: nobody known`. */
export function pictureWords({ blocks, gaps }: LayerPicture): string {
	const held = blocks.map((block) => {
		const names = listed(block.holders.map(({ id }) => id));
		const words = [...new Set(block.holders.map(({ word }) => word))].join(", ");
		return { first: block.first, text: `${rangeWords(block)}: ${names}, ${words}` };
	});
	const none = gaps.map((gap) => ({ first: gap.first, text: `${rangeWords(gap)}: nobody known` }));
	return `Layers over nodes. ${[...held, ...none]
		.sort((a, b) => a.first - b.first)
		.map(({ text }) => text)
		.join("; ")}`;
}
