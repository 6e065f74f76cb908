// Branches of two teams that do not merge: found as git finds them, and nothing is written to the repository.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { openRepository } from "#git/repository";
import { cloneRepo, makeRepo, type Repo, type Step } from "#test/make-repo";
import { takeAway } from "./take-away.ts";

const teamOf = (branch: string) => /^(team-.)\//.exec(branch)?.[1] ?? null;

/** `ours theirs path [subjects of ours | subjects of theirs]`, and the gaps. */
async function collisions(repo: Pick<Repo, "dir">, refs = ["main"]) {
	const opened = await openRepository(repo.dir, refs);
	try {
		const found = await opened.readCollisions(teamOf);
		const says = (commits: readonly { subject: string }[]) => commits.map((commit) => commit.subject).join(", ");
		return {
			found: found.flatMap(({ branches, paths }) =>
				paths.map(({ path, ours, theirs }) => `${branches.join(" ")} ${path} [${says(ours)} | ${says(theirs)}]`),
			),
			gaps: opened.repository.gaps,
			complete: opened.repository.complete,
		};
	} finally {
		await opened.close();
	}
}

const start: Step = { say: "start", write: { a: "1\n", b: "1\n", c: "1\n" } };
const clash: Step[] = [
	start,
	{ say: "a1", on: "team-a/x", write: { a: "2\n" } },
	{ say: "a2", on: "team-a/x", write: { a: "3\n", c: "2\n" } },
	{ say: "b1", on: "team-b/y", from: 0, write: { a: "4\n" } },
	{ say: "b2", on: "team-b/y", write: { b: "2\n" } },
];

test("both changed one line: the path, with the commits of each side that changed it", async () => {
	expect(await collisions(makeRepo(clash))).toEqual({
		found: ["team-a/x team-b/y a [a2, a1 | b1]"],
		gaps: [],
		complete: true,
	});
});

test("the pair, however often it is asked, and in a sha256 repository", async () => {
	const first = await collisions(makeRepo(clash));

	expect(await collisions(makeRepo(clash))).toEqual(first);
	expect(await collisions(makeRepo(clash, { format: "sha256" }))).toEqual(first);
});

test("a delete on one side and a change on the other do not merge; paths are bytes", async () => {
	const repo = makeRepo([
		{ say: "start", rawPaths: true, write: { "od\xffd\nname": "1\n" } },
		{ say: "gone", on: "team-a/x", rawPaths: true, write: { "od\xffd\nname": null } },
		{ say: "changed", on: "team-b/y", from: 0, rawPaths: true, write: { "od\xffd\nname": "2\n" } },
	]);

	expect((await collisions(repo)).found).toEqual(["team-a/x team-b/y od\xffd\nname [gone | changed]"]);
});

const none: [name: string, steps: Step[], refs?: string[]][] = [
	[
		"branches that merge cleanly",
		[start, { say: "1", on: "team-a/x", write: { a: "2" } }, { say: "2", on: "team-b/y", from: 0, write: { b: "2" } }],
	],
	[
		"one team",
		[start, { say: "1", on: "team-a/x", write: { a: "2" } }, { say: "2", on: "team-a/y", from: 0, write: { a: "3" } }],
	],
	[
		"a branch of no team",
		[start, { say: "1", on: "team-a/x", write: { a: "2" } }, { say: "2", on: "free", from: 0, write: { a: "3" } }],
	],
	[
		"a branch that holds the other",
		[start, { say: "1", on: "team-a/x", write: { a: "2" } }, { say: "2", on: "team-b/y", from: 1, write: { a: "3" } }],
	],
	["a branch that is merged into the head", [...clash, { say: "m", merge: "team-a/x" }]],
	[
		"a branch that is merged into another audited ref",
		[...clash, { say: "m", on: "release", merge: "team-b/y" }],
		["main", "release"],
	],
	[
		"histories that never met",
		[
			start,
			{ say: "1", on: "team-a/x", write: { a: "2" } },
			{ say: "2", on: "team-b/y", from: null, write: { a: "3" } },
		],
	],
];

for (const [name, steps, refs] of none) {
	test(`none: ${name}`, async () => {
		expect(await collisions(makeRepo(steps), refs)).toEqual({ found: [], gaps: [], complete: true });
	});
}

test("a branch that is the head itself is open", async () => {
	expect((await collisions(makeRepo(clash), ["team-a/x"])).found).toHaveLength(1);
});

test("branches known from a remote alone, and a branch with its copy at the remote, are one", async () => {
	const clone = cloneRepo(makeRepo(clash));
	expect((await collisions(clone)).found).toEqual(["team-a/x team-b/y a [a2, a1 | b1]"]);

	clone.git("branch", "team-a/x", "origin/team-a/x");
	expect((await collisions(clone)).found).toEqual(["team-a/x team-b/y a [a2, a1 | b1]"]);

	// An older copy here does not hide what the remote has.
	clone.git("branch", "--force", "team-a/x", "origin/team-a/x~1");
	expect((await collisions(clone)).found).toEqual(["team-a/x team-b/y a [a2, a1 | b1]"]);
});

test("nothing is written to the repository", async () => {
	const repo = makeRepo(clash);
	const listing = () => execFileSync("find", [".", "-printf", "%p %s %T@\\n"], { cwd: repo.dir, encoding: "utf8" });
	const before = listing();

	expect((await collisions(repo)).found).toHaveLength(1);
	expect(listing()).toBe(before);
});

test("a missing blob is a gap of that pair, not a crash, and no verdict", async () => {
	const repo = makeRepo([...clash, { say: "b3", on: "team-c/z", from: 0, write: { c: "9\n" } }]);
	takeAway(repo, repo.git("rev-parse", "team-b/y:a"));
	const { found, gaps, complete } = await collisions(repo);

	// team-c changed c alone, which team-a changed too.
	expect(found).toEqual(["team-a/x team-c/z c [a2 | b3]"]);
	expect(gaps).toHaveLength(1);
	expect(gaps[0]).toMatch(/^the branches team-a\/x and team-b\/y could not be tried for merge collisions: /);
	expect(complete).toBe(false);
});

test("200 pairs are tried, those with the newest tips; the others are a gap", async () => {
	const branches = Array.from({ length: 21 }, (_, index): Step[] => [
		{ say: `a${index}`, on: `team-a/${index}`, from: 0, write: { [`a${index}`]: "1" } },
	]).flat();
	const others = Array.from(
		{ length: 10 },
		(_, index): Step => ({ say: `b${index}`, on: `team-b/${index}`, from: 0, write: { [`b${index}`]: "1" } }),
	);
	const { gaps } = await collisions(makeRepo([start, ...branches, ...others]));

	expect(gaps).toEqual([
		"10 of 210 pairs of open branches were not tried for merge collisions: only the 200 with the newest tips are",
	]);
}, 60_000);
