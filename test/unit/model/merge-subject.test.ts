// What the subject of a merge calls the branches that it brought in.
import { expect, test } from "vitest";
import { mergedBranches } from "#model/merge-subject";

test("words that do not fit the parents name no branch", () => {
	expect(mergedBranches("Merge branches 'a' and 'b'", 1)).toEqual([]);
	expect(mergedBranches("Merge branch 'a'", 2)).toEqual([]);
	expect(mergedBranches("Merge branch 'a', remote-tracking branch 'origin/b'", 2)).toEqual([]);
});

test("subjects of merges, git's and GitHub's", () => {
	expect(mergedBranches("Merge branch 'team-b/opt'", 1)).toEqual(["team-b/opt"]);
	expect(mergedBranches("Merge branch 'team-b/opt' into develop", 1)).toEqual(["team-b/opt"]);
	expect(mergedBranches("Merge branch 'main' of https://example.com/x", 1)).toEqual(["main"]);
	expect(mergedBranches("Merge branches 'a', 'b' and 'c'", 3)).toEqual(["a", "b", "c"]);
	expect(mergedBranches("Merge remote-tracking branch 'origin/team-a/x'", 1)).toEqual(["team-a/x"]);
	expect(mergedBranches("Merge remote-tracking branches 'origin/a' and 'fork/b'", 2)).toEqual(["a", "b"]);
	expect(mergedBranches("Merge pull request #12 from ruiz/team-a/x", 1)).toEqual(["team-a/x"]);
	expect(mergedBranches("Merge pull request #12 from ruiz", 1)).toEqual([]);
	expect(mergedBranches("Revert \"Merge branch 'team-b/opt'\"", 1)).toEqual([]);
	expect(mergedBranches("Merge tag 'v1'", 1)).toEqual([]);
	expect(mergedBranches("merge branch 'x'", 1)).toEqual([]);
});
