// Teams, parts and what is shared, from histories counted by hand.
import { expect, test } from "vitest";
import type { Edit } from "#starter/evidence";
import { literalPattern, percent } from "#starter/evidence";
import { cutByPart } from "#starter/part-edits";
import { divideTree } from "#starter/parts";
import { sortPeople } from "#starter/people";
import { createIds } from "#starter/proposal";
import { publicAddress } from "#starter/public-address";
import { settleClashes, tryRules } from "#starter/ruleset";
import { proposeShared } from "#starter/shared-rules";
import { proposeTeams } from "#starter/teams";
import { evidenceOf, worked } from "#test/worked";

function proposed(edits: readonly Edit[], names: Readonly<Record<string, readonly string[]>> = {}) {
	const evidence = evidenceOf(edits, names);
	return proposeTeams(evidence, sortPeople(evidence.authors), cutByPart(evidence, divideTree(evidence.files)));
}

const teamsOf = (...told: Parameters<typeof proposed>) =>
	proposed(...told).teams.map(({ id, members }) => [id, members.map(({ email }) => email)]);

/** So many commits of each address, all in one file. */
const madeBy = (counts: Readonly<Record<string, number>>) =>
	Object.entries(counts).flatMap(([email, commits]) => worked(email, commits, "src/a"));

test("by organisation: two domains with two people and a tenth of the commits each; one person or mail hosts are none", () => {
	const counts = {
		"ann@a.example.org": 30,
		"al@a.example.org": 10,
		"ben@b.io": 30,
		"bo@b.io": 10,
		"cy@c.io": 20,
		"x@gmail.com": 9,
	};
	const [a, b] = [
		["example", ["*@a.example.org"]],
		["b", ["*@b.io"]],
	];
	expect(teamsOf(madeBy(counts))).toEqual([a, b]);
	// 80 of 160 is half of all; of 161 it is less, and most work would be nobody's.
	expect(teamsOf(madeBy({ ...counts, "x@gmail.com": 60 }))).toEqual([a, b]);
	expect(teamsOf(madeBy({ ...counts, "x@gmail.com": 61 }))[0]?.[0]).toBe("maintainers");
});

test("an organisation's person is two addresses at most once, and brings along the one at a mail host", () => {
	const counts = { "ann@a.io": 20, "ann@gmail.com": 5, "al@a.io": 10, "ben@b.io": 20, "bo@b.io": 10 };
	expect(teamsOf(madeBy(counts), { "ann@a.io": ["Ann Lee"], "ann@gmail.com": ["Ann Lee"] })).toEqual([
		["a", ["*@a.io", "ann@gmail.com"]],
		["b", ["*@b.io"]],
	]);
	const twice = { "ben@b.io": ["Ben Ray"], "bo@b.io": ["Ben Ray"] };
	expect(teamsOf(madeBy(counts), twice).map(([id]) => id)).toEqual(["maintainers"]);
});

test("in one team of all, each address says where most of its commits are: a fifth counts, less does not", () => {
	const edits = [
		...worked("max@gmail.com", 12, "core/a"),
		...worked("max@gmail.com", 5, "web/b"),
		...worked("max@gmail.com", 3, "docs/c"),
		...worked("wei@gmail.com", 16, "core/a"),
		...worked("wei@gmail.com", 3, "web/b"),
		...worked("wei@gmail.com", 1, "docs/c"),
	];
	const [team] = proposed(edits).teams;
	expect(team?.members.map(({ why }) => why.replace(/^.*?: /, ""))).toEqual([
		"50 % of 40 commits; of those, core/ 60 %, web/ 25 %",
		"50 % of 40 commits; of those, core/ 80 %",
	]);
});

test("by folder: whose commits touch it four times in five, where it is plainly theirs; who does most elsewhere is apart", () => {
	const edits = [
		...worked("wei@gmail.com", 24, "web/a"),
		...worked("wei@gmail.com", 6, "core/b"),
		...worked("max@gmail.com", 60, "core/b"),
		...worked("max@gmail.com", 60, "docs/c"),
		...worked("max@gmail.com", 1, "web/a"),
	];
	// wei: 24 of 30 in web/, and 24 of its 25. max: 60 of 121 in core/, 60 in docs/: at home nowhere.
	expect(teamsOf(edits)).toEqual([
		["web", ["wei@gmail.com"]],
		["maintainers", ["max@gmail.com"]],
	]);
	// core/ is 60 of 66 max's, but wei's 6 are more than one in twenty; docs/ is max's alone.
	expect(proposed(edits).rules.map(({ pattern, owner }) => [pattern, owner])).toEqual([
		["/web/", "web"],
		["/docs/", "maintainers"],
	]);
	// 24 of 31 is less than four in five.
	expect(teamsOf([...edits, ...worked("wei@gmail.com", 1, "core/b")]).map(([id]) => id)).toEqual(["maintainers"]);
	// 24 of 26: max's two are more than one in twenty, so that the folder is nobody's alone and wei no team.
	expect(teamsOf([...edits, ...worked("max@gmail.com", 1, "web/a")]).map(([id]) => id)).toEqual(["maintainers"]);
});

test("one team: who made a twentieth of the commits, or works regularly: ten commits on five days in three months", () => {
	const max = worked("max@gmail.com", 300, ["src/a", "docs/b"], { every: 1 });
	const one = (commits: number, every: number) =>
		teamsOf([...max, ...worked("wei@gmail.com", commits, "src/a", { every })]);
	expect(one(10, 10)).toEqual([["maintainers", ["max@gmail.com", "wei@gmail.com"]]]);
	expect(one(9, 10)).toEqual([["maintainers", ["max@gmail.com"]]]);
	// Ten days in a row, the last of them 1971-05-16: one month.
	expect(one(10, 1)).toEqual([["maintainers", ["max@gmail.com"]]]);
	// 16 of 316 commits are a twentieth.
	expect(one(16, 1)).toEqual([["maintainers", ["max@gmail.com", "wei@gmail.com"]]]);
});

test("one author: one team, said to collide with nobody", () => {
	const { teams, remarks } = proposed(worked("one@gmail.com", 3, "src/a"));
	expect(teams.map(({ id, members }) => [id, members.length])).toEqual([["maintainers", 1]]);
	expect(remarks[0]?.text).toContain("collides with nobody");
});

test("only bots: a team without addresses", () => {
	expect(teamsOf(worked("1+dependabot[bot]@users.noreply.github.com", 3, "a"))).toEqual([["maintainers", []]]);
});

test("parts: what holds more than 40 % of the tree is divided, where folders hold most of it", () => {
	const files = [
		"README",
		"docs/a",
		"src/x/1",
		"src/x/2",
		"src/y/1",
		"src/y/2",
		"src/main",
		"test/a",
		"test/b",
		"test/c",
	];
	// src/: 5 of 10, in two folders 4 of its 5.
	expect(divideTree(files).map(({ folder, files: held }) => [folder, held.length])).toEqual([
		["docs/", 1],
		["src/x/", 2],
		["src/y/", 2],
		["test/", 3],
	]);
	expect(divideTree(["a", "lib/1", "lib/2", "lib/3", "lib/x/1"]).map(({ folder }) => folder)).toEqual(["lib/"]);
});

test("shared: manifests, lock files and CI at the top, unless somebody has them alone", () => {
	const files = [
		"package.json",
		"package-lock.json",
		".github/workflows/ci.yml",
		"sub/package.json",
		"requirements-dev.txt",
	];
	const evidence = evidenceOf(files.flatMap((file) => worked("ann@x.io", 1, file)));
	const rules = proposeShared(evidence, [], (file) => file === "package.json");
	expect(rules.map(({ pattern }) => pattern)).toEqual([
		"/package-lock.json",
		"/requirements-dev.txt",
		"/.github/workflows/",
	]);
});

test("a clash on a path of the past is settled: both rules are shared, and told", () => {
	const rule = (pattern: string, owner: string) => ({
		pattern,
		owner,
		except: [],
		protocol: null,
		risk: null,
		why: "",
	});
	const told: string[] = [];
	const rules = settleClashes(
		[rule("*.py", "a"), rule("/old/", "b"), rule("/new/", "b")],
		["old/x.py", "new/y"],
		(a, b) => {
			told.push(`${a.pattern} ${b.pattern}`);
		},
	);
	expect(told).toEqual(["*.py /old/"]);
	expect(rules.map(({ owner }) => owner)).toEqual([null, null, "b"]);
	expect(tryRules(rules)("old/x.py").kind).toBe("shared");
});

test("ids: lower-case letters, digits, dashes, each once, none that means somebody else", () => {
	const idOf = createIds();
	const ids = ["Über uns/", "uber-uns", "Coordinator", "日本語", "日本", "--"].map(idOf);
	expect(ids).toEqual(["uber-uns", "uber-uns-2", "coordinator-2", "team", "team-2", "team-3"]);
});

test("a path as a pattern that takes it alone; none for what no pattern can say", () => {
	expect(literalPattern("a[1]/b*c?/")).toBe("/a\\[1\\]/b\\*c\\?/");
	expect(literalPattern("caf\u00c3\u00a9/")).toBe("/café/");
	expect(literalPattern("bad\u00ff/")).toBeNull();
	expect(literalPattern("two\nlines")).toBeNull();
	expect(literalPattern("end ")).toBe("/end\\ ");
});

test("percent never rounds up", () => {
	expect([percent(599, 1000), percent(0, 0), percent(2, 3)]).toEqual([59, 0, 66]);
});

test.each([
	["git@github.com:owner/name.git", "https://github.com/owner/name"],
	["https://user:secret@github.com/owner/name.git", "https://github.com/owner/name"],
	["ssh://git@gitlab.com/group/sub/name", "https://gitlab.com/group/sub/name"],
	["https://git.corp/owner/name", null],
	["https://10.0.0.4/owner/name", null],
	["git@build.internal:owner/name.git", null],
	["https://host.example.org:8443/owner/name", null],
	["/srv/git/name.git", null],
	["file:///srv/git/name.git", null],
	["https://github.com/../name", null],
	[null, null],
])("the public address of %s is %s", (remote, address) => {
	expect(publicAddress(remote)).toBe(address);
});
