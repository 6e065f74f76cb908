// Entrance. What the gateway has run when the repository moved: one reading of it, as JSON on stdout.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { contentFolder } from "#catalog/folder";
import { locateRepository } from "#git/location";
import { UsageError } from "#model/problem";
import type { KnownConflict } from "./lib/judge.ts";
import { type LookedWorktree, openWorktreeEyes } from "./lib/live/look.ts";
import { readEverything, readWorktrees } from "./lib/live/reading.ts";
import { repositoryPath } from "./lib/options.ts";
import { run } from "./lib/run.ts";

const HELP = `usage: node scripts/launch.mjs live-audit --repo PATH [options]
Reads a repository as it is now, with its worktrees and what is not committed in them, and prints one JSON document.
The gateway starts it when refs, worktrees or content moved.

  --repo PATH         repository
  --content DIR       content folder (default: content)
  --allow-incomplete  audit a shallow or damaged clone as far as it goes
  --seen              stdin says what lies in the worktrees, and, if only they moved, what the last audit found
  --help              this text
`;

/** What stdin holds with --seen. `known`: the last audit's conflicts, where only worktrees moved; null: audit anew. */
export interface Seen {
	readonly worktrees: readonly LookedWorktree[];
	readonly known: readonly KnownConflict[] | null;
}

await run(async (args) => {
	const { values } = parseArgs({
		args,
		options: {
			repo: { type: "string" },
			content: { type: "string" },
			"allow-incomplete": { type: "boolean", default: false },
			seen: { type: "boolean", default: false },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const repo = repositoryPath(values.repo, process.env);
	if (repo === null) throw new UsageError("no repository is named", "give its folder with --repo");
	const contentDir = values.content ?? contentFolder(process.env);
	const now = Math.floor(Date.now() / 1000);
	const seen = values.seen ? (JSON.parse(readFileSync(0, "utf8")) as Seen) : null;
	const known = seen?.known ?? null;
	const reading = { allowIncomplete: values["allow-incomplete"] };
	const request = { contentDir, repo, refs: [], sinceAt: null, onProgress: () => {}, reading };
	const said =
		seen === null || known === null
			? await readEverything(request, async () => seen?.worktrees ?? look(repo), now)
			: await readWorktrees({ contentDir, repo }, seen.worktrees, known, now);
	process.stdout.write(`${JSON.stringify(said)}\n`);
	return 0;
});

async function look(repo: string): Promise<LookedWorktree[]> {
	const eyes = openWorktreeEyes(await locateRepository(repo), "");
	try {
		return await eyes.look("");
	} finally {
		await eyes.close();
	}
}
