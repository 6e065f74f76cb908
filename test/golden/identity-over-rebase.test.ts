// The ids of a story survive what real git does to its commits, and a decision written before still applies.
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { ConflictLog } from "#model/conflict-log";
import { auditFolder, fillInAll, readContent, writeContent } from "#test/golden";
import { cloneRepo, gitBytes, makeRepo, type Repo, repoAt, type Step, temporaryFolder } from "#test/make-repo";

const bot = "fmt[bot]@bots.example";
const agreed = "\n\nCoordinated-by: The Desk";
const steps: Step[] = [
	{
		say: "Start",
		by: "desk@golden.example",
		at: "2025-07-01T09:00",
		write: { "api/app.py": "1", "config.py": "1", "free.txt": "1" },
	},
	{ say: "Foreign", by: "Bén <ben@b.example>", at: "2025-07-02T09:00", write: { "api/ben.py": "x" } },
	{ say: "Shared", by: "ana@a.example", at: "2025-07-02T10:00", write: { "config.py": "2" } },
	{ say: "Who", by: "dev@laptop.example", at: "2025-07-02T11:00", write: { "api/dev.py": "x" } },
	{ say: "Two teams\n\nTeam: A", by: "bob@b.example", at: "2025-07-02T12:00", write: { "bob.txt": "x" } },
	{ say: "No team\n\nTeam: nobody", by: "bea@b.example", at: "2025-07-02T13:00", write: { "bea.txt": "x" } },
	{ say: "One", by: "ben@b.example", at: "2025-07-02T14:00", write: { "both.txt": "1" } },
	{ say: "Other", by: "ana@a.example", at: "2025-07-02T15:00", write: { "both.txt": "2" } },
	{ say: "Format", by: bot, at: "2025-07-02T16:00", write: { "api/format.py": "x" } },
	{
		say: `Much at once${agreed}`,
		by: "ben@b.example",
		at: "2025-07-05T17:00",
		write: { "config.py": "3", p1: "x", p2: "x", p3: "x", p4: "x", p5: "x", p6: "x" },
	},
	{ say: "Foreign again", by: "ben@b.example", at: "2025-07-06T09:00", write: { "api/ben.py": "y" } },
];

const repo = makeRepo(steps);
const decision = (id: string, state: string) =>
	`conflict: "\${CF: ${id}}"\nstate: ${state}\nby: The Desk\nat: 2025-07-05\nreason: r\n`;
const content = writeContent(
	fillInAll(
		{
			...readContent(join(import.meta.dirname, "base")),
			"project.yaml": [
				"name: Golden",
				"coordinator: { name: The Desk, identities: { emails: [desk@golden.example] } }",
				`attribution: { exempt: [{ email: "*[bot]@bots.example", reason: bot }] }`,
			].join("\n"),
			"resolutions/one.yaml": decision("foreign-edit path:api/ben.py team-a,team-b step 1", "resolved"),
			"resolutions/two.yaml": decision("overlapping-edit path:both.txt team-a,team-b step 6", "overridden"),
		},
		repo,
	),
);

/** All of a log that does not name a commit: ids, states, episodes, dates, who. */
function storyOf({ conflicts, orphanedResolutions }: ConflictLog) {
	return {
		orphanedResolutions,
		conflicts: conflicts.map(({ occurrences, ...conflict }) => ({
			...conflict,
			occurrences: occurrences.map(({ commit: _, ...occurrence }) => occurrence),
		})),
	};
}

async function storyIn({ dir }: Repo) {
	return storyOf((await auditFolder(dir, content)).log);
}

let original: ReturnType<typeof storyOf>;
beforeAll(async () => {
	original = await storyIn(repo);
});

/** A clone with its files checked out, in which commits can be made. */
function workIn(): Repo {
	const clone = cloneRepo(repo);
	clone.git("config", "user.name", "Somebody else");
	clone.git("config", "user.email", "else@else.example");
	return clone;
}

const tip = (at: Repo) => at.git("rev-parse", "HEAD");

test("the story has a conflict of every history code a line of commits can show, decided and open", () => {
	expect(original.conflicts.map(({ code, state, episode }) => `${code} ${state} ${episode}`).sort()).toEqual([
		"attribution-disagreement open 1",
		"exempt-edit open 1",
		"foreign-edit open 2",
		"foreign-edit resolved 1",
		"overlapping-edit overridden 1",
		"shared-edit-not-atomic open 1",
		"shared-edit-uncoordinated open 1",
		"unattributed-edit open 1",
		"unknown-team open 1",
	]);
	expect(original.orphanedResolutions).toEqual([]);
});

test("git rebase onto another commit", async () => {
	const work = workIn();
	work.git("checkout", "--quiet", "-b", "elsewhere", repo.oids[0] as string);
	work.git("commit", "--quiet", "--allow-empty", "-m", "Wedged in");
	work.git("checkout", "--quiet", "main");
	work.git("rebase", "--quiet", "elsewhere");

	expect(tip(work)).not.toBe(repo.oids.at(-1));
	expect(await storyIn(work)).toEqual(original);
});

test("git rebase that puts commits in another order", async () => {
	const work = workIn();
	// The first three after the root, the other way round.
	const editor = `${JSON.stringify(process.execPath)} -e ${JSON.stringify(
		"const fs = require('fs'), file = process.argv[1]; const [a, b, c, ...rest] = fs.readFileSync(file, 'utf8').split('\\n'); fs.writeFileSync(file, [c, b, a, ...rest].join('\\n'))",
	)}`;
	work.git("-c", `sequence.editor=${editor}`, "rebase", "--quiet", "--interactive", repo.oids[0] as string);

	expect(work.git("log", "--reverse", "--format=%s", "-n", "10").split("\n").slice(0, 3)).toEqual([
		"Who",
		"Shared",
		"Foreign",
	]);
	expect(await storyIn(work)).toEqual(original);
});

test("git cherry-pick onto a history of another root", async () => {
	const work = workIn();
	work.git("checkout", "--quiet", "--orphan", "anew", repo.oids[0] as string);
	work.git("commit", "--quiet", "-m", "Another start", "--author", "Desk <desk@golden.example>");
	work.git("cherry-pick", `${repo.oids[0]}..main`);

	expect(work.git("rev-list", "--max-parents=0", "HEAD")).not.toBe(repo.oids[0]);
	expect(await storyIn(work)).toEqual(original);
});

test("git format-patch and git am", async () => {
	const work = workIn();
	const patches = gitBytes(work.dir, ["format-patch", "--stdout", "--binary", `${repo.oids[0]}..main`]);
	work.git("checkout", "--quiet", "-b", "mailed", repo.oids[0] as string);
	work.git("commit", "--quiet", "--allow-empty", "-m", "Wedged in");
	gitBytes(work.dir, ["am", "--quiet", "--keep-cr"], patches);

	expect(tip(work)).not.toBe(repo.oids.at(-1));
	expect(await storyIn(work)).toEqual(original);
});

test("a clone, bare, packed or under another branch's name", async () => {
	const bare = cloneRepo(repo, "--bare");
	bare.git("repack", "-a", "-d", "--quiet");
	bare.git("branch", "--move", "main", "trunk");

	expect(await storyIn(bare)).toEqual(original);
});

test("git fast-export into a sha256 repository", async () => {
	const other = repoAt(temporaryFolder());
	other.git("init", "--quiet", "--initial-branch=main", "--object-format=sha256", ".");
	gitBytes(other.dir, ["fast-import", "--quiet"], gitBytes(repo.dir, ["fast-export", "main"]));

	expect(tip(other)).toHaveLength(64);
	expect(await storyIn(other)).toEqual(original);
});

test("but git commit --amend of the message or the author is another story", async () => {
	const work = workIn();
	work.git("checkout", "--quiet", repo.oids[1] as string);
	work.git("commit", "--quiet", "--amend", "-m", "Foreign, in other words");
	work.git("cherry-pick", `${repo.oids[1]}..main`);
	const changed = await storyIn(work);

	expect(changed.orphanedResolutions).toMatchObject([{ file: "content/resolutions/one.yaml" }]);
	expect(changed.conflicts.filter(({ code }) => code === "foreign-edit")).toMatchObject([
		{ state: "open", episode: 1, occurrences: [{ subject: "Foreign again" }, { subject: "Foreign, in other words" }] },
	]);
});
