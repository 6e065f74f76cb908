// `npm run agents` as people run it: the file on stdout or disk, what it refuses, how it ends.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { formatJson } from "#report/json";
import { writeContent } from "#test/golden";
import { makeConflict, makeLog } from "#test/make-log";
import { temporaryFolder } from "#test/make-repo";
import { command } from "#test/product-command";

vi.setConfig({ testTimeout: 60_000 });

const files = {
	"project.yaml": "name: P\n",
	"teams/team-a.yaml": "name: Team A\naliases: [Infra]\n",
	"teams/team-b.yaml": "name: Team B\n",
	"ownership/team-a.yaml": "owner: team-a\nmode: exclusive\nrules:\n  - pattern: /src/\n",
};
const content = writeContent(files);
const agents = (...args: string[]) => command("agents", ["--content", content, ...args], { cwd: temporaryFolder() });

test("the file on stdout, by id or alias; without an audit it says that it knows no conflict", async () => {
	const byId = await agents("--team", "team-a");

	expect(byId.code).toBe(0);
	expect(byId.stdout).toContain("\n# Rules for agents of Team A\n");
	expect(byId.stdout).toContain("### Yours: nobody else may change them\n\n- `/src/`\n");
	expect(byId.stdout).toContain("Not known: no audit was run");
	expect(byId.stderr).toBe("no audit was run here: the file lists no conflicts (npm run audit)\n");
	expect((await agents("--team", "infra")).stdout).toBe(byId.stdout);
});

test("the conflicts of the last audit, with the commit and the age of what it saw", async () => {
	const audited = writeContent({ ...files, "conflict-log.json": formatJson(makeLog({ conflicts: [makeConflict()] })) });
	const { stdout, stderr, code } = await command("agents", ["--content", audited, "--team", "team-b"]);

	expect(code).toBe(0);
	expect(stdout).toContain("As of commit `ffffffffff` of 2025-07-31 10:00 UTC;");
	expect(stdout).toContain("- error `CF-AAAAAAAAAA`: Team B changed `api/app.py`");
	expect(stderr).toBe("conflicts as of ffffffffff, audited less than an hour ago\n");
});

test("--out writes a file and writes it anew, but never over one that somebody else wrote", async () => {
	const file = join(temporaryFolder(), "AGENTS.md");

	expect(await agents("--team", "team-a", "--out", file)).toMatchObject({ code: 0, stdout: "" });
	expect(readFileSync(file, "utf8")).toContain("Rules for agents of Team A");
	expect((await agents("--team", "team-b", "--out", file)).code).toBe(0);
	expect(readFileSync(file, "utf8")).toContain("Rules for agents of Team B");

	writeFileSync(file, "# Ours\n");
	const refused = await agents("--team", "team-a", "--out", file);
	expect(refused.code).toBe(2);
	expect(refused.stderr).toBe(
		`error: ${file} is there and was not written by this command\n    hint: give another --out, or --force to write over it\n`,
	);
	expect(readFileSync(file, "utf8")).toBe("# Ours\n");
	expect((await agents("--team", "team-a", "--out", file, "--force")).code).toBe(0);
	expect(readFileSync(file, "utf8")).toContain("Rules for agents of Team A");
});

test.each([
	[
		["--team", "tema-b"],
		"error: --team “tema-b” names no team\n    hint: did you mean team-b? the teams are team-a, team-b\n",
	],
	[["--team", "team-z"], "error: --team “team-z” names no team\n    hint: the teams are team-a, team-b\n"],
	[[], "error: for which team?\n    hint: --team ID, or COORD_TEAM\n"],
	[["--team", "team-a", "--out", ""], "error: --out is empty\n    hint: give a file, or - for stdout\n"],
])("%j is usage", async (args, words) => {
	expect(await agents(...args)).toMatchObject({ code: 2, stdout: "", stderr: words });
});

test("an option nobody knows is usage, bad content too, a folder that is not there a failed world; --help is none", async () => {
	expect((await agents("--team", "team-a", "--repo", "x")).code).toBe(2);
	const broken = writeContent({ ...files, "project.yaml": "nme: P\n" });
	expect((await command("agents", ["--content", broken, "--team", "team-a"])).code).toBe(2);
	expect((await agents("--team", "team-a", "--out", "/nowhere/AGENTS.md")).code).toBe(3);
	expect(existsSync("/nowhere")).toBe(false);
	expect(await agents("--help")).toMatchObject({ code: 0, stderr: "" });
});
