import { expect, test } from "vitest";
import { type Advice, shareAdvice } from "#rules/advice";

const must: Omit<Advice, "team"> = { may: "no", text: "must not change it; ask Team A to make the change." };
const may: Omit<Advice, "team"> = { may: "yes", text: "may change it." };

test("teams that are told the same are told it once, in the order of the first of each", () => {
	const advice = [
		{ team: "team-b", ...must },
		{ team: "team-a", ...may },
		{ team: "team-c", ...must },
	];
	expect(shareAdvice(advice)).toEqual([
		{ teams: ["team-b", "team-c"], ...must },
		{ teams: ["team-a"], ...may },
	]);
});

test("a team that has something to settle first is told so by itself", () => {
	const settled = { ...must, text: `${must.text} First settle CF-AAAAAAAAAA.` };
	const shared = shareAdvice([
		{ team: "team-b", ...must },
		{ team: "team-c", ...settled },
	]);
	expect(shared.map(({ teams }) => teams)).toEqual([["team-b"], ["team-c"]]);
});
