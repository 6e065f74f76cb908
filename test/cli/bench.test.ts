// `npm run bench`: one quick run over the small repositories; figures are reported, never judged here.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { projectRoot } from "#test/audit-command";
import { makeRepo, temporaryFolder } from "#test/make-repo";

vi.setConfig({ testTimeout: 300_000 });

function bench(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
	return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
		const options = { env: { ...process.env, ...env } };
		execFile(process.execPath, [join(projectRoot, "scripts/bench.ts"), ...args], options, (error, stdout, stderr) => {
			resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
		});
	});
}

const repo = makeRepo([
	{ say: "One", by: "ana@a.example", write: { "src/api/one.ts": "1", "docs/two.md": "2" } },
	{ say: "Two", by: "ben@b.example", write: { "src/api/one.ts": "2" } },
	{ say: "Three", by: "ben@b.example", write: { "docs/two.md": "3" } },
]);

test("a given repository: every case beside plain git, each promise with held or missed, and nothing left behind", async () => {
	const temporary = mkdtempSync(join(temporaryFolder(), "t-"));
	const before = repo.git("count-objects", "-v");
	const { code, stdout, stderr } = await bench(["--runs", "1", "--only-given", repo.dir], { TMPDIR: temporary });

	expect(code, stderr).toBe(0);
	expect(stdout).toMatch(/: 3 commits, 4 changes, 2 of them new in the case of new ones\n/);
	for (const said of [
		"plain git log",
		"cold, 1 git process",
		"cold, 2 git",
		"nothing new",
		"commits new",
		"other rules",
	]) {
		expect(stdout).toContain(said);
	}
	expect(stdout).toMatch(/^ {2}small history, cold +[\d.]+ m?s +300 ms +(held|missed)$/m);
	expect(stdout).toMatch(/^ {2}cold, 1 process, to plain git +[\d.]+ +1\.10 +not promised at this size$/m);
	expect(stderr).toContain("run 1 of 1");
	expect(readdirSync(temporary)).toEqual([]);
	expect(repo.git("count-objects", "-v")).toBe(before);
});

test("--json is JSON and nothing else: medians and promises as numbers", async () => {
	const { code, stdout } = await bench(["--runs", "1", "--only-given", "--json", repo.dir]);
	const report = JSON.parse(stdout);

	expect(code).toBe(0);
	expect(report.runs).toBe(1);
	const [only] = report.repositories;
	expect(only).toMatchObject({ commits: 3, changes: 4, newCommits: 2 });
	expect(Object.keys(only.medians)).toEqual(["git", "start", "one", "two", "many", "same", "new", "rules"]);
	expect(only.medians.two.wallMs).toBeGreaterThan(0);
	for (const { value, limit, isHeld } of only.targets) expect([null, value <= limit]).toContain(isHeld);
});

test("what it cannot use is refused, and a folder that is no repository fails", async () => {
	expect(await bench(["--runs", "0"])).toMatchObject({ code: 2, stdout: "" });
	expect(await bench(["--synthetic", "many"])).toMatchObject({ code: 2, stdout: "" });
	expect((await bench(["--runs", "1", "--only-given", temporaryFolder()])).code).toBe(3);
});
