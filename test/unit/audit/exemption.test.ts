// What a pure revert is: exactly one commit's changes taken back, as the message says.
import { expect, test } from "vitest";
import { createReverts, isPureRevert } from "#audit/exemption";
import type { Change, Commit } from "#model/history";

const edit = (path: string, oldId: string, newId: string, mode = "100644"): Change => ({
	path,
	kind: "M",
	oldMode: "100644",
	newMode: mode,
	oldId,
	newId,
});

function commit(id: string, changes: readonly Change[], rest: Partial<Commit> = {}): Commit {
	const author = { name: "N", email: "n@n" };
	return {
		id,
		parents: ["p"],
		author,
		authorDate: "0 +0000",
		subject: id,
		trailers: [],
		reverts: [],
		changes,
		...rest,
	};
}

const made = commit("aaaaaaa1", [edit("x", "1", "2"), edit("y", "5", "6")]);

test("the same paths back to what they were", () => {
	expect(isPureRevert(commit("r", [edit("y", "6", "5"), edit("x", "2", "1")]), made)).toBe(true);
});

test("one path fewer, one more, another content or another mode is none", () => {
	expect(isPureRevert(commit("r", [edit("x", "2", "1")]), made)).toBe(false);
	expect(isPureRevert(commit("r", [edit("x", "2", "1"), edit("y", "6", "5"), edit("z", "1", "2")]), made)).toBe(false);
	expect(isPureRevert(commit("r", [edit("x", "2", "1"), edit("y", "6", "7")]), made)).toBe(false);
	expect(isPureRevert(commit("r", [edit("x", "2", "1"), edit("y", "6", "5", "100755")]), made)).toBe(false);
});

test("merges and commits without changes are none", () => {
	const inverse = [edit("x", "2", "1"), edit("y", "6", "5")];

	expect(isPureRevert(commit("r", inverse, { parents: ["p", "q"] }), made)).toBe(false);
	expect(isPureRevert(commit("r", inverse), { ...made, parents: ["p", "q"] })).toBe(false);
	expect(isPureRevert(commit("r", []), commit("e", []))).toBe(false);
});

/** Which are pure and which are not, once `coming` passed; `held` come first, or after as many as `before` says. */
function settle(held: readonly Commit[], coming: readonly Commit[], before = 0): string[] {
	const reverts = createReverts<{ commit: Commit }>();
	const early = coming.slice(0, before).flatMap((one) => reverts.pass(one));
	const refused = held.filter((one) => !reverts.hold({ commit: one })).map(({ id }) => `${id} not held`);
	const pure = [...early, ...coming.slice(before).flatMap((one) => reverts.pass(one))];
	const rest = reverts
		.rest()
		.map(({ held: { commit: one }, isPure }) => `${one.id} ${isPure ? "pure after all" : "not pure"}`);
	return [...refused, ...pure.map((item) => `${item.commit.id} pure`), ...rest];
}

test("a commit is held until the one it names comes by, in full or by its beginning", () => {
	const revert = commit("r", [edit("x", "2", "1"), edit("y", "6", "5")], { reverts: ["aaaaaaa"] });

	expect(settle([revert], [commit("bbbbbbb2", []), made])).toEqual(["r pure"]);
	expect(settle([revert], [commit("bbbbbbb2", [])])).toEqual(["r not pure"]);
	expect(settle([commit("n", [])], [made])).toEqual(["n not held"]);
});

test("the one it names may have passed before it, on another branch", () => {
	const revert = commit("r", [edit("x", "2", "1"), edit("y", "6", "5")], { reverts: ["aaaaaaa"] });

	expect(settle([revert], [made, commit("bbbbbbb2", [])], 1)).toEqual(["r pure after all"]);
});

test("of several named commits, taking back one is enough", () => {
	const other = commit("bbbbbbb2", [edit("z", "1", "2")]);
	const revert = commit("r", [edit("x", "2", "1"), edit("y", "6", "5")], { reverts: ["bbbbbbb2", "aaaaaaa1"] });

	expect(settle([revert], [other, made])).toEqual(["r pure"]);
	expect(settle([revert], [made, other])).toEqual(["r pure"]);
	expect(settle([commit("m", [edit("q", "1", "2")], { reverts: ["bbbbbbb2", "aaaaaaa1"] })], [other, made])).toEqual([
		"m not pure",
	]);
});
