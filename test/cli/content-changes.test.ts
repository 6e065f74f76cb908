// changed.json of real repositories with fixed dates: the commit that made each file what it is, and no false date.
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { contentChangesSchema } from "#model/content-changes";
import { readContentChanges, writeContentChanges } from "#scripts/lib/content-changes";
import { gitBytes, temporaryFolder } from "#test/make-repo";
import { newWorkRepo, type WorkRepo } from "#test/work-repo";

/** Commits all that lies there, dated by its author; its id. */
function commit(repo: WorkRepo, at: string, files: Readonly<Record<string, string>>, ...options: string[]): string {
	repo.write(files);
	repo.git("add", "--all", ".");
	// Committed later than written, as after a rebase.
	const done = repo.say({ GIT_AUTHOR_DATE: at }, "commit", "--quiet", "--message=Content", ...options);
	if (done.code !== 0) throw new Error(done.stderr);
	return repo.git("rev-parse", "HEAD");
}

const first = { "site/content/project.yaml": "name: P\n", "site/content/teams/team-a.yaml": "name: Team A\n" };

function twoCommits(...options: string[]): { repo: WorkRepo; dir: string; ids: readonly [string, string] } {
	const repo = newWorkRepo("work", ...options);
	const one = commit(repo, "2025-07-01T10:00:00+02:00", first);
	const two = commit(repo, "2025-07-02T10:00:00Z", { "site/content/teams/team-a.yaml": "name: A\n", "other.txt": "x" });
	return { repo, dir: join(repo.dir, "site/content"), ids: [one, two] };
}

test.each(["sha1", "sha256"])(
	"each file has the author date of the commit that made it what it is (%s)",
	async (format) => {
		const { repo, dir, ids } = twoCommits(`--object-format=${format}`);
		commit(repo, "2025-07-03T10:00:00Z", { "other.txt": "y" });

		expect(await readContentChanges(dir)).toEqual({
			version: 1,
			history: "whole",
			files: {
				"content/project.yaml": { at: "2025-07-01T08:00:00Z", commit: ids[0] },
				"content/teams/team-a.yaml": { at: "2025-07-02T10:00:00Z", commit: ids[1] },
			},
			uncommitted: [],
		});
	},
);

test("what is not committed as it stands has no date; artefacts, dot files and line ends count for nothing", async () => {
	const { dir, ids } = twoCommits();
	writeFileSync(join(dir, "project.yaml"), "name: Other\n");
	writeFileSync(join(dir, "teams/team-ö.yaml"), "name: New\n");
	writeFileSync(join(dir, "teams/team-a.yaml"), "name: A\r\n");
	writeFileSync(join(dir, "tree.json"), "{}");
	writeFileSync(join(dir, ".hidden"), "");
	const changes = await readContentChanges(dir);

	expect(changes.uncommitted).toEqual(["content/project.yaml", "content/teams/team-ö.yaml"]);
	expect(changes.files).toEqual({ "content/teams/team-a.yaml": { at: "2025-07-02T10:00:00Z", commit: ids[1] } });
});

test("a file that was renamed, or set back, changed when that was done; one that a merge dropped did not", async () => {
	const { repo, dir } = twoCommits();
	renameSync(join(dir, "teams/team-a.yaml"), join(dir, "teams/team-b.yaml"));
	const moved = commit(repo, "2025-07-03T10:00:00Z", {});
	repo.git("switch", "--quiet", "--create", "side");
	commit(repo, "2025-07-04T10:00:00Z", { "site/content/project.yaml": "name: Side\n" });
	const side = commit(repo, "2025-07-05T10:00:00Z", { "site/content/ports.yaml": "[]\n" });
	repo.git("switch", "--quiet", "main");
	commit(repo, "2025-07-06T10:00:00Z", { "site/content/project.yaml": "name: Main\n" });
	const back = commit(repo, "2025-07-07T10:00:00Z", { "site/content/project.yaml": "name: P\n" });
	repo.git("merge", "--quiet", "--no-edit", "--strategy-option=ours", "side");
	// The merge takes the side's name, by git's own reckoning: only the side changed it since they parted.
	commit(repo, "2025-07-08T10:00:00Z", { "site/content/project.yaml": "name: P\n" }, "--amend");

	expect((await readContentChanges(dir)).files).toMatchObject({
		"content/teams/team-b.yaml": { commit: moved, at: "2025-07-03T10:00:00Z" },
		"content/ports.yaml": { commit: side, at: "2025-07-05T10:00:00Z" },
		"content/project.yaml": { commit: back, at: "2025-07-07T10:00:00Z" },
	});
});

test("a shallow clone dates only what changed after its boundary", async () => {
	const { repo, ids } = twoCommits();
	const third = commit(repo, "2025-07-03T10:00:00Z", { "site/content/ports.yaml": "[]\n" });
	const clone = join(temporaryFolder(), "clone");
	gitBytes(repo.dir, ["clone", "--quiet", "--depth=2", `file://${repo.dir}`, clone]);
	const changes = await readContentChanges(join(clone, "site/content"));

	expect(gitBytes(clone, ["rev-list", "HEAD"]).toString().split("\n")).toContain(ids[1]);
	expect(changes).toMatchObject({ history: "shallow", uncommitted: [] });
	expect(changes.files).toEqual({ "content/ports.yaml": { at: "2025-07-03T10:00:00Z", commit: third } });
});

test("outside of git, before the first commit, and where git cannot be read", async () => {
	const { repo, dir } = twoCommits();
	const outside = temporaryFolder();
	cpSync(dir, outside, { recursive: true });
	expect(await readContentChanges(outside)).toEqual({ version: 1, history: "none", files: {}, uncommitted: [] });

	const young = newWorkRepo();
	young.write({ "project.yaml": "name: P\n" });
	expect(await readContentChanges(young.dir)).toMatchObject({
		history: "whole",
		uncommitted: ["content/project.yaml"],
	});

	rmSync(join(repo.dir, ".git/objects"), { recursive: true });
	repo.write({ ".git/objects/info/none": "" });
	const told: string[] = [];
	await writeContentChanges(dir, (sentence) => told.push(sentence));
	const written = contentChangesSchema.parse(JSON.parse(readFileSync(join(dir, "changed.json"), "utf8")));
	expect(written).toEqual({ version: 1, history: "unreadable", files: {}, uncommitted: [] });
	expect(told).toEqual([expect.stringMatching(/^when the content last changed is not known: /)]);
});
