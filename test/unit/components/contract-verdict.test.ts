import { expect, test } from "vitest";
import { type ContractMember, contractSchema } from "#model/contract";
import type { MemberPlace } from "#model/reality";
import { comparedWords, contractVerdict, memberVerdict } from "../../../src/components/contract-verdict.ts";

const place = (state: MemberPlace["state"], unproved: MemberPlace["unproved"] = []): MemberPlace => {
	const nothing = { signature: null, doubt: null, differences: [], last: null, broke: null };
	return { path: "a.py", line: 1, state, unproved, ...nothing };
};

test.each([
	[[], "missing"],
	[["kept"], "kept"],
	[["kept", "unknown"], "kept"],
	[["unknown"], "unknown"],
	[["differs", "absent"], "broken"],
	[["kept", "differs"], "mixed"],
	[["unknown", "absent"], "mixed"],
] as const)("a member that is %j is %s", (states, verdict) => {
	expect(memberVerdict(states.map((state) => place(state)))).toBe(verdict);
});

test("a contract is as its worst member", () => {
	const members = (["kept", "unknown", "differs"] as const).map((state) => ({ name: "f", places: [place(state)] }));
	const reality = { contract: "c", files: 1, unread: 0, elsewhere: [], members };

	expect(contractVerdict(reality)).toBe("broken");
	expect(contractVerdict({ ...reality, members: members.slice(0, 2) })).toBe("unknown");
	expect(contractVerdict({ ...reality, members: members.slice(0, 1) })).toBe("kept");
});

test("a promise of which a part could not be compared is kept only as far as the code says", () => {
	const open = place("kept", ["result"]);
	expect(memberVerdict([open])).toBe("unproved");
	expect(memberVerdict([open, place("kept")])).toBe("unproved");
	// What was not judged, or is broken, is told as before.
	expect(memberVerdict([open, place("unknown")])).toBe("unproved");
	expect(memberVerdict([open, place("differs")])).toBe("mixed");
	expect(memberVerdict([place("differs", ["result"])])).toBe("broken");

	const members = [[open], [place("kept")], [place("unknown")]].map((places) => ({ name: "f", places }));
	const reality = { contract: "c", files: 1, unread: 0, elsewhere: [], members };
	expect(contractVerdict({ ...reality, members: members.slice(0, 2) })).toBe("unproved");
	expect(contractVerdict(reality)).toBe("unknown");
});

const promise = (more: Partial<ContractMember>): ContractMember => {
	const content = { from: "a", to: "b", title: "T", symbol: "S", members: [{ name: "f", ...more }] };
	return contractSchema.parse(content).members[0] as ContractMember;
};

test.each([
	[{ parameters: ["a"], returns: "int" }, [], "Compared: name, parameters, async or not and result."],
	// Nothing is said of what nobody promised.
	[{}, [], "Compared: name and async or not."],
	[
		{ parameters: ["model"], returns: "trained_model" },
		["result"],
		"Compared: name, parameters and async or not. Not compared: the result: the code does not say that it is “trained_model”.",
	],
	[
		{ returns: "(logits, cache)" },
		["result-parts"],
		"Compared: name, async or not and kind of result. Not compared: what the result holds: the code does not say that it is “(logits, cache)”.",
	],
	[
		{ kind: "attribute", returns: "int" },
		["result"],
		"Compared: name. Not compared: the type: the code does not say that it is “int”.",
	],
	[{ kind: "rpc", parameters: ["R"], returns: "S" }, [], "Compared: name, parameters and result."],
] as const)("of %j, %j being open, it says what was compared", (member, unproved, words) => {
	expect(comparedWords(promise(member as Partial<ContractMember>), place("kept", [...unproved]))).toBe(words);
});

test("of a place that was not judged nothing was compared", () => {
	expect(comparedWords(promise({}), place("unknown"))).toBe("");
	expect(comparedWords(promise({}), place("absent"))).toBe("");
});
