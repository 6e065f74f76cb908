// On which branch was a commit made? Expected values were worked out by hand on the drawings above each case.
import { expect, test } from "vitest";
import { NO_EVIDENCE, traceLineage } from "#audit/lineage";
import { openRepository } from "#git/repository";
import { teamSchema } from "#model/team";
import { lineageTips } from "#scripts/lib/lineage-tips";
import { makeRepo, type RepoOptions, type Step } from "#test/make-repo";

const teams = ["team-a", "team-b", "team-c"].map((id) => ({
	...teamSchema.parse({ name: id, identities: { branches: [`${id}/**`] } }),
	id,
	file: `content/teams/${id}.yaml`,
}));

/** What each commit's line says, by subject: `branch` for an open branch, `merge` for one merged, null for nothing. */
async function madeOn(steps: readonly Step[], refs: readonly string[] = ["main"], options: RepoOptions = {}) {
	const opened = await openRepository(makeRepo(steps, options).dir, refs);
	try {
		const commits = await opened.readCommits();
		const lineage = traceLineage(commits, await lineageTips(opened, teams));
		const found: Record<string, string | null> = {};
		for (const row of commits.order) {
			const number = lineage.next(row);
			const told = number === NO_EVIDENCE ? null : lineage.evidence(number);
			found[commits.subject(row)] = told === null ? null : `${told.by} ${told.branch}`;
		}
		return found;
	} finally {
		await opened.close();
	}
}

const merge = (branch: string, more: Partial<Step> = {}): Step => ({
	say: `Merge branch '${branch}'`,
	merge: branch,
	...more,
});

test("two branches merged into main: each commit is of the branch that brought it", async () => {
	// main: 0 - M1 - M2      team-a/x: 0 - a1 - a2 (M1)      team-b/y: 0 - b1 (M2)
	const found = await madeOn([
		{ say: "0" },
		{ say: "a1", on: "team-a/x" },
		{ say: "b1", on: "team-b/y", from: 0 },
		{ say: "a2", on: "team-a/x" },
		merge("team-a/x"),
		merge("team-b/y"),
		{ say: "on main" },
	]);

	expect(found).toEqual({
		"0": "branch main",
		a1: "merge team-a/x",
		a2: "merge team-a/x",
		b1: "merge team-b/y",
		"Merge branch 'team-a/x'": "branch main",
		"Merge branch 'team-b/y'": "branch main",
		"on main": "branch main",
	});
});

test("a branch forked from another, merged after it: what they share came in with the first", async () => {
	// team-a/x: 0 - a1 (M1)      team-b/y: 0 - a1 - b1 (M2)
	const found = await madeOn([
		{ say: "0" },
		{ say: "a1", on: "team-a/x" },
		{ say: "b1", on: "team-b/y", from: "team-a/x" },
		merge("team-a/x"),
		merge("team-b/y"),
	]);

	expect(found).toMatchObject({ a1: "merge team-a/x", b1: "merge team-b/y" });
});

test("an octopus names its branches in the order of its parents", async () => {
	const found = await madeOn([
		{ say: "0" },
		{ say: "a1", on: "team-a/x" },
		{ say: "b1", on: "team-b/y", from: 0 },
		{ say: "c1", on: "team-c/z", from: 0 },
		{ say: "Merge branches 'team-a/x', 'team-b/y' and 'team-c/z'", merge: ["team-a/x", "team-b/y", "team-c/z"] },
	]);

	expect(found).toMatchObject({ a1: "merge team-a/x", b1: "merge team-b/y", c1: "merge team-c/z" });
});

test("main merged into a branch to keep up: main's commits stay main's, the branch's its own", async () => {
	// main: 0 - m1 - M2 - m3      team-a/x: 0 - a1 - X(m1) - a2 (M2)
	const steps: Step[] = [
		{ say: "0" },
		{ say: "a1", on: "team-a/x" },
		{ say: "m1" },
		{ say: "Merge branch 'main' into team-a/x", on: "team-a/x", merge: "main" },
		{ say: "a2", on: "team-a/x" },
		merge("team-a/x"),
		{ say: "m3" },
	];
	const expected = {
		m1: "branch main",
		a1: "merge team-a/x",
		a2: "merge team-a/x",
		m3: "branch main",
		"0": "branch main",
	};

	expect(await madeOn(steps)).toMatchObject({ ...expected, "Merge branch 'main' into team-a/x": "merge team-a/x" });
});

test("criss-cross: main and the branch merged into each other", async () => {
	// main: 0 - m1 - M(a1) - m2      team-a/x: 0 - a1 - X(m1) - a2 (M2)
	const found = await madeOn([
		{ say: "0" },
		{ say: "m1" },
		{ say: "a1", on: "team-a/x", from: 0 },
		{ say: "Merge branch 'team-a/x' again", merge: "team-a/x" },
		{ say: "Merge branch 'main' into team-a/x", on: "team-a/x", merge: 1 },
		{ say: "a2", on: "team-a/x" },
		{ say: "m2" },
		merge("team-a/x"),
	]);

	expect(found).toMatchObject({ m1: "branch main", m2: "branch main", a1: "merge team-a/x", a2: "merge team-a/x" });
});

test("a fast-forward leaves no trace, so it is no evidence", async () => {
	const found = await madeOn([{ say: "0" }, { say: "a1" }, { say: "a2", on: "team-a/x" }], ["main"]);
	const forwarded = await madeOn([{ say: "0" }, { say: "a1" }], ["main"]);

	expect(found).toEqual({ "0": "branch main", a1: "branch main" });
	expect(forwarded["a1"]).toBe("branch main");
});

test("an open branch fast-forwarded into main keeps nothing for itself", async () => {
	const found = await madeOn(
		[{ say: "0" }, { say: "a1", on: "team-a/x" }, { say: "m1", on: "main", from: 1 }],
		["team-a/x"],
	);
	const merged = await madeOn(
		[{ say: "0" }, { say: "a1", on: "team-a/x" }, { say: "a1 again", on: "develop", from: "team-a/x" }],
		["team-a/x"],
	);

	expect(found).toEqual({ "0": null, a1: "branch team-a/x" });
	expect(merged).toEqual({ "0": null, a1: null });
});

test("a head on a team's branch takes its own commits and none of main's", async () => {
	const found = await madeOn([{ say: "0" }, { say: "m1" }, { say: "a1", on: "team-a/x" }, { say: "m2" }], ["team-a/x"]);

	expect(found).toEqual({ "0": null, m1: null, a1: "branch team-a/x" });
});

test("several refs: main before its branches", async () => {
	const steps: Step[] = [{ say: "0" }, { say: "a1", on: "team-a/x" }, { say: "m1" }, { say: "b1", on: "team-b/y" }];

	expect(await madeOn(steps, ["main", "team-a/x", "team-b/y"])).toEqual({
		"0": "branch main",
		m1: "branch main",
		a1: "branch team-a/x",
		b1: "branch team-b/y",
	});
	expect(await madeOn(steps, ["team-b/y", "team-a/x", "main"])).toMatchObject({
		a1: "branch team-a/x",
		b1: "branch team-b/y",
	});
});

test("a branch merged into a branch that is merged into main", async () => {
	// team-a/part (A) -> team-a/x (M); team-b/y -> team-a/x
	const found = await madeOn([
		{ say: "0" },
		{ say: "x1", on: "team-a/x" },
		{ say: "p1", on: "team-a/part", from: "team-a/x" },
		{ say: "b1", on: "team-b/y", from: 0 },
		{ say: "Merge branch 'team-a/part' into team-a/x", on: "team-a/x", merge: "team-a/part" },
		{ say: "Merge branch 'team-b/y' into team-a/x", on: "team-a/x", merge: "team-b/y" },
		merge("team-a/x"),
	]);

	expect(found).toMatchObject({
		x1: "merge team-a/x",
		p1: "merge team-a/part",
		b1: "merge team-b/y",
		"Merge branch 'team-b/y' into team-a/x": "merge team-a/x",
	});
});

test("a merge in words of its own brings commits of nobody known", async () => {
	const found = await madeOn([{ say: "0" }, { say: "a1", on: "team-a/x" }, { say: "Bring it in", merge: "team-a/x" }]);

	expect(found["a1"]).toBeNull();
});

test("a tag or an id names no branch of its own, but a commit that lies on a team's open branch alone was made there", async () => {
	const steps = [{ say: "0" }, { say: "m1" }, { say: "a1", on: "team-a/x" }];

	expect(await madeOn(steps, ["v1"], { tags: { v1: 1 } })).toEqual({ "0": null, m1: null });
	expect(await madeOn(steps, ["v2"], { tags: { v2: 2 } })).toEqual({ "0": null, m1: null, a1: "branch team-a/x" });
});

test("a head on a branch forked from another team's open branch claims only its own commits", async () => {
	// main: 0      team-a/x: 0 - a1      team-b/y (audited): 0 - a1 - b1
	const found = await madeOn(
		[{ say: "0" }, { say: "a1", on: "team-a/x" }, { say: "b1", on: "team-b/y", from: "team-a/x" }],
		["team-b/y"],
	);

	expect(found).toEqual({ "0": null, a1: null, b1: "branch team-b/y" });
});
