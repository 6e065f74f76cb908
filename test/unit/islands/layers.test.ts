import { describe, expect, it } from "vitest";
import { layerPicture, pictureWords } from "#islands/layers.ts";

type Holders = Parameters<typeof layerPicture>[0];

function held(id: string, first: number, last: number, isServing = true): Holders[number] {
	const shown = isServing
		? ({ id, state: "serving", tone: "good", shape: "●", word: "serving" } as const)
		: ({ id, state: "not-serving", tone: "bad", shape: "■", word: "not serving" } as const);
	return { layers: { first, last }, shown };
}

const silent: Holders[number] = {
	layers: null,
	shown: { id: "x", state: "serving", tone: "good", shape: "●", word: "serving" },
};

describe("layers over nodes", () => {
	const cases: [what: string, Holders, isNow: boolean, sentences: string[]][] = [
		["side by side", [held("a", 0, 9), held("b", 10, 12)], true, []],
		["with a gap", [held("a", 0, 9), held("b", 13, 20)], true, ["Layers 10–12 are held by nobody known."]],
		["that begin late", [held("a", 1, 9)], true, ["Layer 0 is held by nobody known."]],
		["that overlap", [held("a", 0, 9), held("b", 9, 12)], true, ["Layer 9 is held by a and b."]],
		["held alike by two nodes, which is what copies are", [held("a", 0, 9), held("b", 0, 9)], true, []],
		[
			"whose only node is down",
			[held("a", 0, 9), held("b", 10, 12, false)],
			true,
			["Layers 10–12 are held by b alone: not serving."],
		],
		["one copy of which is down", [held("a", 0, 9), held("b", 0, 9, false)], true, []],
		["whose only node was down when the page was built", [held("a", 0, 9, false)], false, []],
		["written backwards", [held("a", 9, 0)], true, []],
	];
	it.each(cases)("%s", (_what, nodes, isNow, sentences) => {
		expect(layerPicture(nodes, isNow)?.sentences).toEqual(sentences);
	});

	it("are no picture where no node says any", () => {
		expect(layerPicture([silent], true)).toBe(null);
	});

	it("lie in as few lanes as hold them without one covering another", () => {
		const picture = layerPicture([held("a", 0, 9), held("b", 5, 12), held("c", 10, 20), silent], true)!;
		expect(picture.blocks.map(({ holders, lane }) => [holders[0]!.id, lane])).toEqual([
			["a", 0],
			["b", 1],
			["c", 0],
		]);
		expect([picture.lanes, picture.last]).toEqual([2, 20]);
	});

	it("are told in words, gaps too, in order", () => {
		const picture = layerPicture([held("c", 13, 20, false), held("a", 0, 9), held("b", 0, 9)], true)!;
		expect(pictureWords(picture)).toBe(
			"Layers over nodes. 0–9: a and b, serving; 10–12: nobody known; 13–20: c, not serving",
		);
	});
});
