// Entrance: `npm run who`. Whose is this path, which rule says so, and what may I do about it now?
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readCatalog } from "#catalog/read";
import { locateRepository } from "#git/location";
import { UsageError } from "#model/problem";
import { lookUp } from "#rules/look-up";
import { lookUpData } from "#rules/look-up-data";
import { readKnownLog } from "./lib/known-log.ts";
import { findMeant } from "./lib/known-paths.ts";
import { readKnownReality } from "./lib/known-reality.ts";
import { findTop, placePath } from "./lib/repository-path.ts";
import { run } from "./lib/run.ts";
import { callerFolder, productContent, standingRepository } from "./lib/surroundings.ts";
import { tellWho, whoJson } from "./lib/who-words.ts";

const HELP = `npm run who -- [options] PATH…
Says whose a path is: the rule that won and those that lost, claims, contracts and promises, open conflicts, and what each team may do now.

  --repo PATH    repository (default: COORD_REPO, else content/project.yaml, else the one you are in)
  --content DIR  content folder (default: COORD_CONTENT, else content of the product)
  --json         the same as JSON
  --help         this text

Paths count from where you stand in the repository, else from its top; they need not exist. A folder stands for any file in it.
Of one that is not there, but very like a tracked path, it is asked which was meant.
Exit codes: 0 fine · 2 bad content or usage, or two rules that clash on a path · 3 the disk failed
`;

await run(async (args) => {
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: {
			repo: { type: "string" },
			content: { type: "string" },
			json: { type: "boolean", default: false },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	if (positionals.length === 0) throw new UsageError("which path?", "npm run who -- src/x.py");
	const place = { env: process.env, cwd: process.cwd() };
	const contentDir = productContent(values.content, place);
	const catalog = await readCatalog(contentDir);
	const repo = standingRepository(values.repo, catalog.project.repository.path, place);
	// Where the person merely stands need be no repository; one that is named must be.
	if (repo !== callerFolder(place)) await locateRepository(repo);
	const top = await findTop(repo);
	const placed = await Promise.all(positionals.map((typed) => placePath(typed, top, callerFolder(place))));
	const log = await readKnownLog(contentDir);
	const now = new Date();
	const logAgeMs = log === null ? null : now.getTime() - (await stat(join(contentDir, "conflict-log.json"))).mtimeMs;
	const instant = now.toISOString().replace(/\.\d+Z$/, "Z");
	const known = await readKnownReality(contentDir, log);
	const data = lookUpData(catalog, log?.conflicts ?? [], known.reality);
	const found = placed.map((path) => lookUp(data, path, instant));
	const whyNoPromises = data.promises === null ? (known.why ?? "a contract is newer than the last audit") : null;
	const meant = await findMeant(placed, top, contentDir, data.rules, instant);
	const context = { data, log, logAgeMs, whyNoPromises, contentDir, meant };
	process.stdout.write(values.json ? whoJson(found, context) : tellWho(found, context));
	return found.some(({ verdict }) => verdict.kind === "clash") ? 2 : 0;
});
