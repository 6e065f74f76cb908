// Entrance: `npm run init`. Makes a content folder for a repository, with proposals that say what they follow from.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "#model/problem";
import { propose } from "#starter/propose";
import { formatScaffold } from "#starter/scaffold";
import { repositoryPath } from "./lib/options.ts";
import { createProgress } from "./lib/progress.ts";
import { run } from "./lib/run.ts";
import { tellScaffold } from "./lib/scaffold-words.ts";
import { readForStarter } from "./lib/starter.ts";
import { writeScaffold } from "./lib/write-scaffold.ts";

const HELP = `npm run init -- DIR --repo PATH
Makes a content folder for a repository in DIR: the project, teams and whose each folder is as the history and CODEOWNERS
suggest, what everybody shares, ports that are bound, first pages of a guide. Each proposal says why, in a comment.
Files that are in DIR already are never touched: where one would be overwritten, nothing is written.

  --repo PATH     repository to read (default: COORD_REPO); nothing is fetched, nothing is written there
  --help          this text

Exit codes: 0 written · 2 bad usage, nothing written · 3 git or the disk failed
`;

await run(async (args) => {
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: { repo: { type: "string" }, help: { type: "boolean", default: false } },
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const [dir, ...others] = positionals;
	if (dir === undefined || dir === "") throw new UsageError("where to?", "npm run init -- my-content --repo PATH");
	if (others.length > 0)
		throw new UsageError(`one folder, not ${positionals.length}`, "npm run init -- DIR --repo PATH");
	const repo = repositoryPath(values.repo, process.env);
	if (repo === null) throw new UsageError("which repository?", "give its folder with --repo");
	const progress = createProgress();
	const { seen, origin } = await readForStarter(repo, (commits) =>
		progress.show(`init: ${commits} commits read`),
	).finally(progress.clear);
	const proposed = propose(seen);
	const files = formatScaffold(proposed, origin);
	await writeScaffold(dir, files);
	process.stdout.write(
		tellScaffold(proposed, origin, { dir, repo, files: [...files.keys()].map((path) => join(dir, path)) }),
	);
	return 0;
});
