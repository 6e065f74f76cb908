// Installing our hooks, and committing through them: no program of the repository's runs beside git's own doing.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { listFolder } from "#test/hostile-listing";
import { startRunner } from "#test/hostile-runner";
import { breaches } from "./calls.ts";
import { programTraps } from "./programs.ts";
import { configure, copyRepo, honestRepo, hostileContent, makeTrap, plainGit } from "./victim.ts";

const runner = startRunner();
afterAll(() => runner.close());
const content = hostileContent();
const honest = honestRepo();
const script = join(import.meta.dirname, "../../scripts/hooks.ts");

/** Everything but the hooks, which this command may write. */
const others = (dir: string) =>
	Object.entries(listFolder(dir)).filter(([name]) => !name.startsWith(".git/hooks") && name !== ".git");

for (const { name, set } of programTraps) {
	test(`${name}: hooks are installed and removed, and nothing runs`, async () => {
		const repo = copyRepo(honest);
		const trap = makeTrap();
		set(repo, trap.program);
		const before = others(repo.dir);
		const args = ["--repo", repo.dir, "--content", content];
		const added = await runner.run({ script, args });
		const removed = await runner.run({ script, args: [...args, "--remove"] });

		expect([added.stderr, removed.stderr]).toEqual(["", ""]);
		// Hooks that are there already, or a folder of them elsewhere, are left alone.
		const codes = { "core.hooksPath": [1, 1], "hooks of the repository": [1, 0] }[name] ?? [0, 0];
		expect([added.code, removed.code]).toEqual(codes);
		expect([...added.calls, ...removed.calls].flatMap(breaches)).toEqual([]);
		expect(others(repo.dir)).toEqual(before);
		expect(trap.isSprung()).toBe(false);
	});
}

test("a commit through our hooks gets its trailers, and the repository's trailer commands do not run", async () => {
	const repo = copyRepo(honest);
	const trap = makeTrap();
	await runner.run({ script, args: ["--repo", repo.dir, "--content", content] });
	expect(readdirSync(join(repo.dir, ".git/hooks")).sort()).toEqual(["commit-msg", "pre-commit", "prepare-commit-msg"]);
	for (const section of ['trailer "team"', 'trailer "x"']) {
		configure(repo, `[${section}]\n\tkey = Team\n\tcommand = ${trap.program}\n\tcmd = ${trap.program}`);
	}
	const said = plainGit(repo.dir, ["commit", "-m", "Through the hooks"], { COORD_TEAM: "team-a" }, 60_000);

	expect(said).toMatch(/exit 0$/);
	expect(repo.git("log", "-1", "--format=%B")).toBe("Through the hooks\n\nTeam: team-a\n");
	expect(trap.isSprung()).toBe(false);
});
