// How a look-up says whose a path is.
import { expect, test } from "vitest";
import type { LookUpData } from "#model/look-up";
import type { Rule } from "#model/ownership";
import { ownerLine } from "#rules/look-up-words";

const data = { teams: [{ id: "core", name: "libcore" }], coordinator: "desk" } as unknown as LookUpData;
const rule = { owner: "core", purpose: "own", risk: "high" } as Rule;

test("a line begins with a capital, but for the name of a team, which stays as it is written", () => {
	expect(ownerLine(data, { kind: "owned", owner: "core", rule, lost: [] })).toEqual({
		owner: "core",
		rest: " alone",
	});
	expect(ownerLine(data, { kind: "shared", rule, lost: [] })).toEqual({
		owner: null,
		rest: "Shared by all teams, risk high",
	});
	expect(ownerLine(data, { kind: "unmatched" })).toEqual({
		owner: null,
		rest: "Nobody: no rule covers it; ask desk",
	});
});
