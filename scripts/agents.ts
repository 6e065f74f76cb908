// Entrance: `npm run agents`. Writes AGENTS.md, the rules that the agents of a team must obey.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { COORDINATOR } from "#audit/attribute";
import { readCatalog } from "#catalog/read";
import { UsageError } from "#model/problem";
import { formatAgents } from "#report/agents";
import { writeAgents } from "./lib/agents-file.ts";
import { readKnownLog } from "./lib/known-log.ts";
import { readKnownReality } from "./lib/known-reality.ts";
import { run } from "./lib/run.ts";
import { callerFolder, productContent } from "./lib/surroundings.ts";
import { findTeam } from "./lib/team-names.ts";

const HELP = `npm run agents -- --team ID [options]
Writes AGENTS.md, the rules that a team's agents must obey: whose work a commit is, paths, claims, ports, configuration
keys, contracts, what to do when work collides, and the open conflicts of the last audit.

  --team ID      the team, by id or alias (default: COORD_TEAM)
  --out FILE|-   write to FILE, or to stdout (-, the default); a file that was not written by this is left alone
  --force        write over it all the same
  --content DIR  content folder (default: COORD_CONTENT, else content of the product)
  --help         this text

Exit codes: 0 fine · 2 bad content or usage, nothing written · 3 the disk failed
`;

await run(async (args) => {
	const { values } = parseArgs({
		args,
		options: {
			team: { type: "string" },
			out: { type: "string", default: "-" },
			force: { type: "boolean", default: false },
			content: { type: "string" },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const named = values.team ?? process.env["COORD_TEAM"] ?? "";
	if (named === "") throw new UsageError("for which team?", "--team ID, or COORD_TEAM");
	const place = { env: process.env, cwd: process.cwd() };
	const contentDir = productContent(values.content, place);
	const catalog = await readCatalog(contentDir);
	const team = findTeam(catalog, named, values.team === undefined ? "COORD_TEAM" : "--team");
	if (team === COORDINATOR) throw new UsageError(`${named} is the coordinator and no team`, "name a team");
	const log = await readKnownLog(contentDir);
	const at = new Date().toISOString().replace(/\.\d+Z$/, "Z");
	const { reality, why } = await readKnownReality(contentDir, log);
	const text = formatAgents(catalog, { team, at, log, reality });
	if (values.out === "-") process.stdout.write(text);
	else await writeAgents(values.out, text, callerFolder(place), values.force);
	if (log === null) process.stderr.write("no audit was run here: the file lists no conflicts (npm run audit)\n");
	else {
		const { mtimeMs } = await stat(join(contentDir, "conflict-log.json"));
		const hours = Math.max(0, Math.round((Date.now() - mtimeMs) / 3_600_000));
		const age = hours === 0 ? "less than an hour" : `${hours} h`;
		process.stderr.write(`conflicts as of ${log.repository.head.slice(0, 10)}, audited ${age} ago\n`);
	}
	if (log !== null && why !== null && catalog.contracts.length > 0) {
		process.stderr.write(`which files bear promises is not told, as ${why} (npm run audit)\n`);
	}
	return 0;
});
