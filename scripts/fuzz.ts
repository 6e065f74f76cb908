// Entrance: `npm run fuzz`. Parsers, matcher, content and cache loader under spoiled input, for a bounded time.
import { randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "#model/problem";
import { superviseTarget } from "./fuzz/supervise.ts";
import { TARGETS } from "./fuzz/target.ts";
import { oneOf } from "./lib/options.ts";
import { run } from "./lib/run.ts";
import { wholeNumber } from "./lib/whole-number.ts";

const HELP = `npm run fuzz -- [options]
Feeds spoiled input to what reads input from outside: no crash but the documented errors, no case above 1 s of
processor time, no memory without bound. Prints the seed, and for a failure the smallest case and how to see it again.

  --seconds N     for how long, all targets together (default: 60)
  --seed S        a whole number; the same seed tries the same cases in the same order (default: another each time)
  --only TARGET   ${TARGETS.join(", ")}; may be given several times (default: all)
  --path P        only the case that a failure named; wants --seed and one --only
  --help          this text

Exit codes: 0 nothing found · 1 a failure · 2 bad usage · 3 git or the disk failed
`;

await run(async (args) => {
	const { values } = parseArgs({
		args,
		options: {
			seconds: { type: "string", default: "60" },
			seed: { type: "string", default: String(randomInt(2 ** 31)) },
			only: { type: "string", multiple: true, default: [] },
			path: { type: "string", default: "" },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const only = values.only.map((name) => oneOf("only", name, TARGETS));
	const targets = TARGETS.filter((target) => only.length === 0 || only.includes(target));
	const seed = wholeNumber("seed", values.seed, 0, 2 ** 31 - 1);
	const forMs = (wholeNumber("seconds", values.seconds, 1, 86_400) * 1_000) / targets.length;
	if (values.path !== "" && (targets.length !== 1 || !/^\d+(:\d+)*$/.test(values.path))) {
		throw new UsageError("--path names a case of one target", "copy the whole line of the failure");
	}
	process.stdout.write(`seed ${seed}\n`);
	const folder = await mkdtemp(join(tmpdir(), "coordination-fuzz-"));
	let failures = 0;
	try {
		for (const target of targets) {
			const { verdict, peakMb } = await superviseTarget({ target, seed, path: values.path, forMs, folder });
			const end = verdict.isFailed ? "FAILED" : "nothing found";
			process.stdout.write(`${target.padEnd(8)}${verdict.cases} cases, ${Math.round(peakMb)} MB: ${end}\n`);
			if (!verdict.isFailed) continue;
			failures++;
			const path = verdict.path === "" ? "" : ` --path ${verdict.path}`;
			process.stdout.write(`${verdict.words}\nagain: npm run fuzz -- --seed ${seed} --only ${target}${path}\n`);
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
	return failures === 0 ? 0 : 1;
});
