// Entrance: `npm test`. Every check in order, one summary at the end; nothing is skipped without saying so.
import { parseArgs } from "node:util";
import { plural } from "#report/plural";
import { say } from "./lib/build-site.ts";
import { type Check, type CheckResult, checks, runCheck } from "./lib/checks.ts";
import { findChromium } from "./lib/chromium.ts";
import { oneOf } from "./lib/options.ts";
import { run } from "./lib/run.ts";

const HELP = `npm test -- [--only CHECK]…
Runs every check and ends with "N passed, N failed, N skipped". Checks, in order:

${checks.map((check) => `  ${check.name.padEnd(10)}${check.what}`).join("\n")}

  --only CHECK  run just this one; may be given several times
`;

await run(async (args) => {
	const { values } = parseArgs({
		args,
		options: { only: { type: "string", multiple: true, default: [] }, help: { type: "boolean", default: false } },
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const names = checks.map((check) => check.name);
	const only = values.only.map((name) => oneOf("only", name, names));
	const chosen = checks.filter((check) => only.length === 0 || only.includes(check.name));
	if (chosen.some((check) => check.needsBrowser)) process.env["COORD_CHROMIUM"] = await findChromium(say);
	const results: CheckResult[] = [];
	for (const check of chosen) results.push(await timed(check));
	const sum = (key: keyof CheckResult) => results.reduce((total, result) => total + result[key], 0);
	const skipped = sum("skipped");
	process.stdout.write(
		`\n${sum("passed")} passed, ${sum("failed")} failed${skipped === 0 ? "" : `, ${skipped} skipped`}\n`,
	);
	return sum("failed") === 0 ? 0 : 1;
});

async function timed(check: Check): Promise<CheckResult> {
	say("", "");
	say(check.name, check.what);
	const started = performance.now();
	const result = await runCheck(check);
	const seconds = ((performance.now() - started) / 1000).toFixed(1);
	const failures = result.failed === 0 ? "" : `, ${result.failed} FAILED`;
	const skips = result.skipped === 0 ? "" : `, ${result.skipped} skipped`;
	say(check.name, `${plural(result.passed, "pass", "passes")}${failures}${skips} in ${seconds} s`);
	return result;
}
