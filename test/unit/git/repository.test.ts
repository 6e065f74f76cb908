// The reader on real repositories: every change git's trees show, and no byte lost.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openRepository } from "#git/repository";
import { type Commit, showPath } from "#model/history";
import { cloneRepo, gitBytes, makeRepo, type Repo, repoAt, temporaryFolder } from "#test/make-repo";
import { oddHistory } from "./odd-history.ts";
import { changesByTrees, changesOf, commitsOf, readAll } from "./read-all.ts";

const odd = makeRepo(oddHistory);
const bySubject = (commits: readonly Commit[], subject: string) =>
	commits.find((commit) => commit.subject === subject) as Commit;

test("every commit is read once, children before parents, with the changes its trees show", async () => {
	const commits = await readAll(odd.dir);
	const listed = odd.git("rev-list", "HEAD").split("\n");

	expect(commits.map((commit) => commit.id).sort()).toEqual(listed.sort());
	expect(commits).toHaveLength(oddHistory.length);
	for (const commit of commits) expect(changesOf(commit), commit.subject).toEqual(changesByTrees(odd.dir, commit.id));
	const seen = new Set<string>();
	for (const commit of commits) {
		for (const parent of commit.parents) expect(seen.has(parent)).toBe(false);
		seen.add(commit.id);
	}
});

test("the same in a repository of sha256", async () => {
	const steps = oddHistory.filter(({ say }) => !say.startsWith("Submodule"));
	const from = (step: number) => steps.findIndex(({ say }) => say === oddHistory[step]?.say);
	const repo = makeRepo(
		steps.map((step) => (typeof step.from === "number" ? { ...step, from: from(step.from) } : step)),
		{ format: "sha256" },
	);
	const commits = await readAll(repo.dir);

	expect(commits).toHaveLength(steps.length);
	expect(commits[0]?.id).toMatch(/^[0-9a-f]{64}$/);
	for (const commit of commits) expect(changesOf(commit)).toEqual(changesByTrees(repo.dir, commit.id));
});

test("paths keep their bytes, whatever they are", async () => {
	const first = bySubject(await readAll(odd.dir), "First files");
	const paths = first.changes.map(({ path }) => path);

	expect(paths).toContain("a\nb");
	expect(paths).toContain("tab\there");
	expect(paths).toContain('quo"te');
	expect(paths).toContain("caf\xe9.txt");
	expect(showPath("caf\xe9.txt").text).toBe("caf\\xE9.txt");
	expect(paths).toContain(":100644 100644 x y M");
	expect(paths.map((path) => showPath(path).text)).toContain("café.txt");
});

test("a rename is a delete and an add of one content", async () => {
	const { changes } = bySubject(await readAll(odd.dir), "Rename");

	expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual(["D deep/er/file", "A moved/file"]);
	expect(changes[0]?.oldId).toBe(changes[1]?.newId);
});

test("mode, symlink and submodule changes are changes", async () => {
	const commits = await readAll(odd.dir);
	const kinds = (subject: string) =>
		bySubject(commits, subject).changes.map(
			({ kind, path, oldMode, newMode }) => `${kind} ${path} ${oldMode} ${newMode}`,
		);

	expect(kinds("Mode only")).toEqual(["M run.sh 100644 100755"]);
	expect(kinds("File becomes a symlink, and the symlink a file")).toEqual([
		"T link 120000 100644",
		"T plain.txt 100644 120000",
	]);
	expect(kinds("Submodule")).toEqual(["A sub 000000 160000"]);
	expect(kinds("Submodule moves on")).toEqual(["M sub 160000 160000"]);
	expect(kinds("Nothing at all")).toEqual([]);
});

test("a merge counts for what was made by hand in it, and for nothing else", async () => {
	const commits = await readAll(odd.dir);

	expect(changesOf(bySubject(commits, "Merge branch 'side'"))).toEqual(["A extra", "M both"]);
	expect(changesOf(bySubject(commits, "Merge branch 'clean'"))).toEqual([]);
	expect(changesOf(bySubject(commits, "Merge branches 'p', 'q' and 'r'"))).toEqual(["A knot"]);
	expect(changesOf(bySubject(commits, "Merge branch 'other'"))).toEqual([]);
	expect(changesOf(bySubject(commits, "Merge branch 'last'"))).toEqual(["D run.sh"]);
});

test("words and names pass through, like structure or not", async () => {
	const commits = await readAll(odd.dir);
	const tricky = bySubject(commits, ":100644 100644 subject like a change");

	expect(tricky.author).toEqual({ name: 'O"Neil\tò | \u202e', email: "o'neil+x@x.example" });
	expect(tricky.trailers).toEqual([]);
	expect(bySubject(commits, "").author).toEqual({ name: "", email: "" });
});

test("trailers: any case, several, folded, only in the last paragraph; separators in a value do no harm", async () => {
	const repo = makeRepo([
		{
			say: "One\n\nTeam: not here, more text follows\n\nBody.\n\nteam: A\nTeam: B\nCoordinated-by: Long\n  name\nX: a\x1fb\x1ec",
		},
		{ say: "Two\n\nTeam: A\n\nThe end." },
	]);
	const [two, one] = await readAll(repo.dir);

	expect(one?.trailers.slice(0, 3)).toEqual([
		{ key: "team", value: "A" },
		{ key: "Team", value: "B" },
		{ key: "Coordinated-by", value: "Long name" },
	]);
	expect(one?.trailers.map(({ key }) => key)).not.toContain("Team: not here");
	expect(two?.trailers).toEqual([]);
});

test("dates no calendar holds are read, and shown within four-digit years", async () => {
	const repo = makeRepo([
		{ say: "Far", at: "99999999999 +0000" },
		{ say: "Odd zone", at: "1751360400 +9999" },
	]);
	const { repository, close } = await openRepository(repo.dir, ["HEAD"]);
	await close();
	const [odd2, far] = await readAll(repo.dir);

	expect(far?.authorDate).toBe("99999999999 +0000");
	expect(odd2?.authorDate).toBe("1751360400 +9999");
	expect(repository.headDate).toBe("1751360400 +9999");
});

/** Commits, head and tree of a repository given in some way. */
async function factsOf(path: string, refs: readonly string[] = ["HEAD"]) {
	const opened = await openRepository(path, refs);
	try {
		const ids = commitsOf(await opened.readCommits()).map((commit) => commit.id);
		return { ids, head: opened.repository.head, refs: opened.repository.refs, tree: await opened.readTree() };
	} finally {
		await opened.close();
	}
}

const small = () =>
	makeRepo(
		[
			{ say: "0", write: { "src/a.py": "a", "b.py": "b" } },
			{ say: "1", write: { "src/a.py": "a2" } },
			{ say: "2", on: "topic", write: { t: "t" } },
		],
		{ tags: { v1: 0 } },
	);

test("every way to point at a repository reads the same", async () => {
	const repo = small();
	repo.git("reset", "--quiet", "--hard");
	const expected = await factsOf(repo.dir);
	const bare = cloneRepo(repo, "--bare");
	const worktree = join(temporaryFolder(), "linked");
	repo.git("worktree", "add", "--quiet", "--detach", worktree, "main");
	mkdirSync(join(repo.dir, "src", "deep"), { recursive: true });

	expect(expected.ids).toEqual([repo.oids[1], repo.oids[0]]);
	expect(expected.tree.map(({ path }) => path)).toEqual(["b.py", "src/a.py"]);
	expect(await factsOf(join(repo.dir, "src", "deep"))).toEqual(expected);
	expect(await factsOf(join(repo.dir, ".git"))).toEqual(expected);
	expect(await factsOf(bare.dir)).toEqual(expected);
	expect((await factsOf(worktree)).ids).toEqual(expected.ids);
	expect((await factsOf(join(worktree, "src"))).tree).toEqual(expected.tree);
});

test("packed refs and packed objects read as loose ones", async () => {
	const repo = small();
	const before = await factsOf(repo.dir, ["topic", "main"]);
	repo.git("pack-refs", "--all", "--prune");
	repo.git("gc", "--quiet", "--prune=now");

	expect(await factsOf(repo.dir, ["topic", "main"])).toEqual(before);
	expect(before.ids).toHaveLength(3);
});

test("refs: branch, remote branch, tag, annotated tag, id, relative name, detached head", async () => {
	const repo = small();
	repo.git("tag", "-a", "-m", "words", "v2", "topic");
	const clone = cloneRepo(repo);
	const branches = async (dir: string, ...refs: string[]) =>
		(await factsOf(dir, refs)).refs.map(({ oid, branch }) => [repo.oids.indexOf(oid), branch]);

	expect(await branches(repo.dir, "topic", "v1", "v2", "main~1", repo.oids[1] as string)).toEqual([
		[2, "topic"],
		[0, null],
		[2, null],
		[0, null],
		[1, null],
	]);
	expect(await branches(clone.dir, "origin/topic", "HEAD")).toEqual([
		[2, "topic"],
		[1, "main"],
	]);
	clone.git("checkout", "--quiet", "--detach", "HEAD");
	expect(await branches(clone.dir, "HEAD")).toEqual([[1, null]]);
});

test("objects lent by another repository are read too", async () => {
	const repo = small();
	const dir = join(temporaryFolder(), "borrower");
	gitBytes(repo.dir, ["clone", "--quiet", "--shared", repo.dir, dir]);

	expect((await factsOf(dir)).ids).toEqual([repo.oids[1], repo.oids[0]]);
});

test("a repository with 60,000 branches tells which commits lie on one alone", async () => {
	const repo = small();
	const many = Array.from({ length: 60_000 }, (_, index) => `${repo.oids[index % 2]} refs/heads/many/b${index}\n`);
	writeFileSync(join(repo.dir, ".git", "packed-refs"), many.join(""));
	const opened = await openRepository(repo.dir, ["topic"]);
	const own = await opened.commitsOnlyOn(repo.oids[2] as string, (branch) => branch.startsWith("many/"));
	await opened.close();

	expect([...own]).toEqual([repo.oids[2]]);
});

/** Everything below a folder, with sizes and times. */
function listing(repo: Repo): string {
	return execFileSync("find", [".", "-printf", "%p %s %T@ %i\\n"], { cwd: repo.dir, encoding: "utf8" });
}

test("reading leaves the repository as it was", async () => {
	const repo = repoAt(small().dir);
	const before = listing(repo);
	await factsOf(repo.dir, ["main", "topic"]);

	expect(listing(repo)).toBe(before);
});
