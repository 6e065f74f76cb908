// `npm run fuzz`: a short run with a fixed seed, and how it is asked and answers.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { projectRoot } from "#test/audit-command";

vi.setConfig({ testTimeout: 180_000 });

function fuzz(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
	return new Promise((resolve) => {
		execFile(process.execPath, [join(projectRoot, "scripts/fuzz.ts"), ...args], (error, stdout, stderr) => {
			resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
		});
	});
}

test("every target under spoiled input for some seconds: nothing found", async () => {
	const { code, stdout, stderr } = await fuzz("--seconds", "8", "--seed", "20250731");

	expect(stdout).toMatch(/^seed 20250731\n/);
	for (const target of ["parser", "matcher", "content", "cache"]) {
		expect(stdout).toMatch(new RegExp(`^${target} +[1-9]\\d* cases, \\d+ MB: nothing found$`, "m"));
	}
	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test("one target, and one case of it, can be asked for again", async () => {
	const { code, stdout } = await fuzz("--seed", "1", "--only", "parser", "--path", "3", "--seconds", "30");

	expect(stdout).toMatch(/^seed 1\nparser +1 cases, \d+ MB: nothing found\n$/);
	expect(code).toBe(0);
});

test("what it does not know is refused", async () => {
	for (const args of [["--only", "moon"], ["--seed", "-1"], ["--seconds", "0"], ["--path", "1"], ["--moon"]]) {
		const { code, stdout, stderr } = await fuzz(...args);
		expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: "" });
		expect(stderr).toMatch(/^error: /);
	}
});
