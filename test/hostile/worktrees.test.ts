// Files of a worktree that git waits for, and worktrees that are none: said of that one, and the others are read.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { locateRepository } from "#git/location";
import { openWorktreeEyes } from "#scripts/lib/live/look";
import { makeRepo, temporaryFolder } from "#test/make-repo";

const pipe = (path: string) => execFileSync("mkfifo", [path]);

test("pipes in the places of files that git reads hold up one worktree for ten seconds, and no other for ever", async () => {
	const repo = makeRepo([{ say: "Begin", write: { "a/one.py": "1\n", ".gitattributes": "* text=auto\n" } }]);
	repo.git("reset", "--quiet", "--hard");
	const link = (name: string) => {
		const folder = join(temporaryFolder(), name);
		repo.git("worktree", "add", "--quiet", "-b", name, folder);
		return folder;
	};
	const [ignoring, nested, honest] = ["ignoring", "nested", "well"].map(link) as [string, string, string];
	link("indexed");
	pipe(join(ignoring, "a/.gitignore"));
	mkdirSync(join(nested, "inner/.git/objects"), { recursive: true });
	mkdirSync(join(nested, "inner/.git/refs"));
	pipe(join(nested, "inner/.git/HEAD"));
	rmSync(join(repo.dir, ".git/worktrees/indexed/index"));
	pipe(join(repo.dir, ".git/worktrees/indexed/index"));
	writeFileSync(join(honest, "a/one.py"), "2\n");

	const eyes = openWorktreeEyes(await locateRepository(repo.dir), "");
	const looked = await eyes.look("");
	const start = performance.now();
	const again = await eyes.look("");
	expect(performance.now() - start, "what held us up is left alone for a while").toBeLessThan(5_000);
	expect(again).toEqual(looked);
	await eyes.close();
	const said = Object.fromEntries(looked.map(({ name, trouble, found }) => [name, trouble ?? found?.count]));

	expect(said["well"]).toBe(1);
	expect(said["ignoring"]).toMatch(/^its files could not be looked at within 10 s/);
	expect(said["indexed"]).toMatch(/is no ordinary file$/);
	// Newer versions of git look at what it is before they open it, and take the folder for no repository.
	expect(String(said["nested"])).toMatch(/^(0|its files could not be looked at within 10 s.*)$/);
});
