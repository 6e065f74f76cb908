import { expect, test } from "vitest";
import type { MemberPlace } from "#model/reality";
import { contractVerdict, memberVerdict } from "../../../src/components/contract-verdict.ts";

const place = (state: MemberPlace["state"]): MemberPlace => {
	return { path: "a.py", line: 1, signature: null, state, doubt: null, differences: [], last: null, broke: null };
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
	expect(memberVerdict(states.map(place))).toBe(verdict);
});

test("a contract is as its worst member", () => {
	const members = (["kept", "unknown", "differs"] as const).map((state) => ({ name: "f", places: [place(state)] }));
	const reality = { contract: "c", files: 1, unread: 0, elsewhere: [], members };

	expect(contractVerdict(reality)).toBe("broken");
	expect(contractVerdict({ ...reality, members: members.slice(0, 2) })).toBe("unknown");
	expect(contractVerdict({ ...reality, members: members.slice(0, 1) })).toBe("kept");
});
