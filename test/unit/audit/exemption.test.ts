// What a pure revert is: exactly one commit's changes taken back, as the message says.
import { expect, test } from "vitest";
import { findPureReverts, isPureRevert } from "#audit/exemption";
import { tabulate } from "#git/tabulate";
import type { Change, Commit } from "#model/history";

/** A content is named by one digit of its id. */
const edit = (path: string, from: string, to: string, mode = "100644"): Change => ({
	path,
	kind: "M",
	oldMode: "100644",
	newMode: mode,
	oldId: from.repeat(40),
	newId: to.repeat(40),
});

/** The commit whose id begins so. */
function commit(beginning: string, changes: readonly Change[], rest: Partial<Commit> = {}): Commit {
	const author = { name: "N", email: "n@n" };
	return {
		id: beginning.padEnd(40, "0"),
		parents: ["f".repeat(40)],
		author,
		authorDate: "0 +0000",
		subject: beginning,
		trailers: [],
		reverts: [],
		changes,
		...rest,
	};
}

const made = commit("aaaaaaa1", [edit("x", "1", "2"), edit("y", "5", "6")]);
const inverse = [edit("x", "2", "1"), edit("y", "6", "5")];
const twoParents = { parents: ["f".repeat(40), "e".repeat(40)] };

test("the same paths back to what they were", () => {
	expect(isPureRevert(commit("c", inverse.toReversed()), made)).toBe(true);
});

test("one path fewer, one more, another content or another mode is none", () => {
	expect(isPureRevert(commit("c", [edit("x", "2", "1")]), made)).toBe(false);
	expect(isPureRevert(commit("c", [...inverse, edit("z", "1", "2")]), made)).toBe(false);
	expect(isPureRevert(commit("c", [edit("x", "2", "1"), edit("y", "6", "7")]), made)).toBe(false);
	expect(isPureRevert(commit("c", [edit("x", "2", "1"), edit("y", "6", "5", "100755")]), made)).toBe(false);
});

test("merges and commits without changes are none", () => {
	expect(isPureRevert(commit("c", inverse, twoParents), made)).toBe(false);
	expect(isPureRevert(commit("c", inverse), { ...made, ...twoParents })).toBe(false);
	expect(isPureRevert(commit("c", []), commit("d", []))).toBe(false);
});

/** The beginnings of the commits, of these, that are found to be pure reverts. */
function pureOf(...commits: Commit[]): string[] {
	const table = tabulate(commits, "sha1");
	return Array.from(findPureReverts(table), (row) => table.subject(row));
}

const unrelated = commit("bbbbbbb2", []);
const taking = (...reverts: string[]) => commit("c", inverse, { reverts });

test("a commit is one where the commit it names is read, in full or by its beginning", () => {
	expect(pureOf(taking("aaaaaaa"), unrelated, made)).toEqual(["c"]);
	expect(pureOf(taking(made.id), unrelated, made)).toEqual(["c"]);
	expect(pureOf(taking("aaaaaaa"), unrelated)).toEqual([]);
	expect(pureOf(taking(), unrelated, made)).toEqual([]);
});

test("every digit of the name counts, and a merge that names a commit is none", () => {
	expect(pureOf(taking("aaaaaaa2"), made)).toEqual([]);
	expect(pureOf({ ...taking("aaaaaaa1"), ...twoParents }, made)).toEqual([]);
});

test("the one it names may come before it, on another branch", () => {
	expect(pureOf(made, unrelated, taking("aaaaaaa"))).toEqual(["c"]);
});

test("several may take back the same commit", () => {
	const again = commit("d", inverse, { reverts: ["aaaaaaa1"] });

	expect(pureOf(again, taking("aaaaaaa"), made).sort()).toEqual(["c", "d"]);
});

test("of several named commits, taking back one is enough", () => {
	const other = commit("bbbbbbb2", [edit("z", "1", "2")]);
	const revert = taking("bbbbbbb2", "aaaaaaa1");

	expect(pureOf(revert, other, made)).toEqual(["c"]);
	expect(pureOf(revert, made, other)).toEqual(["c"]);
	expect(pureOf({ ...revert, changes: [edit("q", "1", "2")] }, other, made)).toEqual([]);
});
