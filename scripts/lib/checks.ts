// Edge(processes). The checks of `npm test`: what each runs, and how its outcome is counted.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface Check {
	readonly name: string;
	readonly what: string;
	/** Package whose program runs; null: a script of ours. */
	readonly tool: string | null;
	readonly args: readonly string[];
	/** How passes are counted: the exit code alone, or the runner's own JSON report. */
	readonly counts: "exit" | "vitest" | "playwright";
	readonly needsBrowser?: boolean;
}

export interface CheckResult {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}

/** In this order: cheap ones first, and the log before the types that are generated from it. */
export const checks: readonly Check[] = [
	{
		name: "lint",
		what: "format, lint, import directions, cycles",
		tool: "@biomejs/biome",
		args: ["ci", `--colors=${process.stderr.isTTY ? "force" : "off"}`, "."],
		counts: "exit",
	},
	{ name: "content", what: "the content itself", tool: null, args: ["scripts/validate.ts"], counts: "exit" },
	{
		name: "wire",
		what: "protobuf lint, breaking changes, generated code",
		tool: null,
		args: ["scripts/generate-wire.ts", "--check"],
		counts: "exit",
	},
	{
		name: "build",
		what: "audit of the sample repository and the whole site",
		tool: null,
		args: ["scripts/build.ts"],
		counts: "exit",
	},
	{
		name: "types",
		what: "TypeScript and Astro, strictest",
		tool: "astro",
		args: ["check", "--minimumFailingSeverity", "hint"],
		counts: "exit",
	},
	{ name: "unused", what: "files, exports and packages nobody uses", tool: "knip", args: [], counts: "exit" },
	{
		name: "unit",
		what: "units, golden cases, command lines, gateway",
		tool: "vitest",
		args: ["run", "--config", "test/vitest.config.ts"],
		counts: "vitest",
	},
	{
		name: "browser",
		what: "the built site and the running gateway in Chromium",
		tool: "playwright",
		args: ["test", "--config", "test/playwright.config.ts"],
		counts: "playwright",
		needsBrowser: true,
	},
];

/** Runs one check with its output on stderr. A runner that left no report counts as one failure. */
export async function runCheck(check: Check): Promise<CheckResult> {
	const folder = await mkdtemp(join(tmpdir(), "coordination-test-"));
	const report = join(folder, "report.json");
	try {
		const program = check.tool === null ? [] : [await programOf(check.tool)];
		const extra =
			check.counts === "vitest" ? ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`] : [];
		const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: "1", PLAYWRIGHT_JSON_OUTPUT_FILE: report };
		const code = await exitCode([...program, ...check.args, ...extra], env);
		if (check.counts === "exit")
			return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
		const counted = countReport(check.counts, await readFile(report, "utf8").catch(() => ""));
		// A runner may fail outside any test (a set-up, a leak): its exit code must not be lost.
		return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Passed, failed and skipped tests of a runner's JSON report; an unreadable one is a failure. */
export function countReport(runner: "vitest" | "playwright", json: string): CheckResult {
	if (json === "") return { passed: 0, failed: 1, skipped: 0 };
	const report = JSON.parse(json);
	if (runner === "playwright") {
		const { expected, unexpected, flaky, skipped } = report.stats;
		return { passed: expected, failed: unexpected + flaky, skipped };
	}
	const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report;
	const brokenFiles = report.testResults.filter(
		(file: { status: string; assertionResults: unknown[] }) =>
			file.status === "failed" && file.assertionResults.length === 0,
	).length;
	return { passed: numPassedTests, failed: numFailedTests + brokenFiles, skipped: numPendingTests + numTodoTests };
}

function exitCode(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number | null> {
	const child = spawn(process.execPath, args, { env, stdio: ["ignore", 2, 2] });
	return new Promise((done, fail) => child.once("error", fail).once("close", done));
}

/** The script behind a package's first program. */
async function programOf(name: string): Promise<string> {
	const paths = createRequire(import.meta.url).resolve.paths(name) ?? [];
	for (const path of paths) {
		const manifest = join(path, name, "package.json");
		const text = await readFile(manifest, "utf8").catch(() => null);
		if (text === null) continue;
		const { bin } = JSON.parse(text) as { bin: string | Record<string, string> };
		return join(dirname(manifest), typeof bin === "string" ? bin : (Object.values(bin)[0] as string));
	}
	throw new Error(`the package ${name} is not installed: run npm ci`);
}
