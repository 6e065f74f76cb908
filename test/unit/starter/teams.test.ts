// Teams, parts and whose they are, from histories counted by hand.
import { expect, test } from "vitest";
import type { Evidence } from "#starter/evidence";
import { literalPattern, percent } from "#starter/evidence";
import { proposeFolders, proposeShared } from "#starter/folder-rules";
import { divideTree } from "#starter/parts";
import { organisation, sortPeople } from "#starter/people";
import { createIds } from "#starter/proposal";
import { publicAddress } from "#starter/public-address";
import { settleClashes, tryRules } from "#starter/ruleset";
import { proposeTeams } from "#starter/teams";

/** `file: { address: changes }`; a commit each change. */
function evidenceOf(counts: Record<string, Record<string, number>>, names: Record<string, string[]> = {}): Evidence {
	const changesOf = new Map(Object.entries(counts).map(([file, by]) => [file, new Map(Object.entries(by))]));
	const made = new Map<string, number>();
	for (const by of changesOf.values()) for (const [email, count] of by) made.set(email, (made.get(email) ?? 0) + count);
	const authors = Array.from(made, ([email, changes]) => {
		const all = names[email] ?? [email.split("@")[0] as string];
		return { email, name: all[0] as string, names: all, commits: changes, changes };
	}).sort((a, b) => b.commits - a.commits);
	const commits = authors.reduce((sum, one) => sum + one.commits, 0);
	return { authors, files: Object.keys(counts), changesOf, commits, isRecent: false };
}

const teamsOf = (evidence: Evidence) =>
	proposeTeams(evidence, sortPeople(evidence.authors), divideTree(evidence.files)).teams.map(({ id, members }) => [
		id,
		members.map(({ email }) => email),
	]);

test("by organisation: two domains with two people and a tenth of the commits each; one person or mail hosts are none", () => {
	const counts = {
		"ann@a.example.org": 30,
		"al@a.example.org": 10,
		"ben@b.io": 30,
		"bo@b.io": 10,
		"cy@c.io": 20,
		"x@gmail.com": 9,
	};
	expect(teamsOf(evidenceOf({ "src/a": counts }))).toEqual([
		["example", ["*@a.example.org"]],
		["b", ["*@b.io"]],
	]);
});

test("by folder: who makes 60 % of their changes in a part and, together, 30 % of the part's; who does all is apart", () => {
	const evidence = evidenceOf({
		"web/a": { "wei@gmail.com": 40, "max@gmail.com": 40 },
		"core/b": { "max@gmail.com": 80, "cy@gmail.com": 10, "wei@gmail.com": 5 },
		"docs/c": { "max@gmail.com": 60 },
	});
	// max: 40, 80, 60 of 180: at home nowhere. cy: all 10 in core, 10 of 95 there: no team. wei: 40 of 45 in web, 40 of 80.
	expect(teamsOf(evidence)).toEqual([
		["web", ["wei@gmail.com"]],
		["maintainers", ["max@gmail.com"]],
	]);
});

test("one author: one team, said to collide with nobody", () => {
	const evidence = evidenceOf({ "src/a": { "one@gmail.com": 3 } });
	const { teams, remarks } = proposeTeams(evidence, sortPeople(evidence.authors), divideTree(evidence.files));
	expect(teams.map(({ id, members }) => [id, members.length])).toEqual([["maintainers", 1]]);
	expect(remarks[0]?.text).toContain("collides with nobody");
});

test("only bots: a team without addresses", () => {
	const evidence = evidenceOf({ a: { "1+dependabot[bot]@users.noreply.github.com": 3 } });
	expect(teamsOf(evidence)).toEqual([["maintainers", []]]);
});

test("bots by address or name, GitHub's apps as one; an abbot is none", () => {
	const names = {
		"ci@x.io": ["Release Bot"],
		"abbot@x.io": ["Abbot"],
		"12+shopbot@users.noreply.github.com": ["ShopBot"],
		"2+renovate[bot]@users.noreply.github.com": ["renovate[bot]"],
	};
	const { persons, bots } = sortPeople(
		evidenceOf(
			{
				a: {
					"ci@x.io": 1,
					"abbot@x.io": 2,
					"12+shopbot@users.noreply.github.com": 1,
					"2+renovate[bot]@users.noreply.github.com": 3,
				},
			},
			names,
		).authors,
	);
	expect(persons.map(({ email }) => email)).toEqual(["abbot@x.io"]);
	expect(bots.map(({ email }) => email)).toEqual([
		"*[bot]@users.noreply.github.com",
		"ci@x.io",
		"12+shopbot@users.noreply.github.com",
	]);
});

test("shared: three names without a word in common; one person's spellings are not", () => {
	const names = {
		"root@host.io": ["root", "Ann Lee", "Ben"],
		"max@x.io": ["mhils", "Max Hils", "Max H."],
	};
	const { shared, persons } = sortPeople(evidenceOf({ a: { "root@host.io": 2, "max@x.io": 1 } }, names).authors);
	expect(shared.map(({ email, reason }) => [email, reason])).toEqual([["root@host.io", "3 names that share no word"]]);
	expect(persons.map(({ email }) => email)).toEqual(["max@x.io"]);
});

test.each([
	["ann@google.com", "google.com"],
	["ann@gmail.com", null],
	["1+ann@users.noreply.github.com", null],
	["root@localhost", null],
	["ann@laptop.local", null],
	["ann@10.0.0.1", null],
])("what the domain of %s tells", (email, told) => {
	expect(organisation(email)).toBe(told);
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

test("a part is the team's that made more than half of ten changes or more; bots do not count", () => {
	const evidence = evidenceOf({
		"a/1": { "ann@x.io": 6, "ben@x.io": 4, "robot@x.io": 50 },
		"b/1": { "ann@x.io": 5, "ben@x.io": 5 },
		"c/1": { "ann@x.io": 9 },
	});
	const teams = ["ann", "ben"].map((id) => ({ id, name: id, why: "", members: [{ email: `${id}@x.io`, why: "" }] }));
	const parts = divideTree(evidence.files);
	const { rules, remarks } = proposeFolders(evidence, teams, parts, (email) => email === "robot@x.io");
	expect(rules.map(({ pattern, owner, why }) => [pattern, owner, why])).toEqual([
		["/a/", "ann", "ann made 60 % of 10 changes"],
	]);
	expect(remarks.map(({ text }) => text)).toEqual([
		"b/: ann made 50 %, ben made 50 % of 10 changes",
		"c/: 9 changes, too few to tell whose it is",
	]);
});

test("shared: manifests, lock files and CI at the top, unless somebody has them alone", () => {
	const counts = { "ann@x.io": 1 };
	const files = [
		"package.json",
		"package-lock.json",
		".github/workflows/ci.yml",
		"sub/package.json",
		"requirements-dev.txt",
	];
	const evidence = evidenceOf(Object.fromEntries(files.map((file) => [file, counts])));
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
