// Entrance: `npm run hooks`. Puts the check before every commit of a repository, and the team into its message.
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readCatalog } from "#catalog/read";
import { findHooksFolder } from "#git/hooks-folder";
import { UsageError } from "#model/problem";
import { visible } from "#model/visible";
import { HOOK_NAMES, type HookSettings, lineByHand } from "./lib/hook-texts.ts";
import { type Done, installHooks, removeHooks } from "./lib/install-hooks.ts";
import { repositoryPath } from "./lib/options.ts";
import { run } from "./lib/run.ts";
import { productContent } from "./lib/surroundings.ts";

const HELP = `npm run hooks -- --repo PATH [options]
Installs pre-commit (stops a commit that the audit would call a conflict) and prepare-commit-msg with commit-msg (which
end messages with the team of COORD_TEAM and with COORD_COORDINATED_BY). Hooks that are somebody else's are left alone.

  --repo PATH    repository, or a linked worktree of it (default: COORD_REPO)
  --content DIR  content folder the check goes by (default: COORD_CONTENT, else content of the product)
  --remove       take our hooks out again
  --help         this text

COORD_HOOKS=off lets one commit pass unchecked.
Exit codes: 0 fine · 1 a hook that is not ours is in the way · 2 bad content or usage · 3 git or the disk failed
`;

await run(async (args) => {
	const { values } = parseArgs({
		args,
		options: {
			repo: { type: "string" },
			content: { type: "string" },
			remove: { type: "boolean", default: false },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const repo = repositoryPath(values.repo, process.env);
	if (repo === null) throw new UsageError("which repository?", "give its folder with --repo");
	const content = resolve(productContent(values.content, { env: process.env, cwd: process.cwd() }));
	const folder = await findHooksFolder(repo, process.env);
	if (values.remove && folder.isOwn) {
		process.stdout.write(tell(folder.path, await removeHooks(folder.path), null));
		return 0;
	}
	const { attribution } = (await readCatalog(content)).project;
	const settings = {
		node: process.execPath,
		check: join(import.meta.dirname, "check.ts"),
		compileCache: join(import.meta.dirname, "../.cache/compile"),
		content,
		trailer: attribution.trailer,
		coordinationTrailer: attribution.coordinationTrailer,
	};
	if (!folder.isOwn) {
		const why = `core.hooksPath leads to ${visible(folder.path)}, outside the repository, where hooks may serve others too\n`;
		process.stdout.write(why + tell(folder.path, left(), settings));
		return 1;
	}
	const done = await installHooks(folder.path, settings);
	process.stdout.write(tell(folder.path, done, settings));
	return done.some(({ what }) => what === "left") ? 1 : 0;
});

function left(): Done[] {
	return HOOK_NAMES.map((name) => ({ name, what: "left" }));
}

/** One line a hook; below one that was left alone, the line to add to it by hand. */
function tell(folder: string, done: readonly Done[], settings: HookSettings | null): string {
	const lines = done.flatMap(({ name, what }) => {
		if (what !== "left") return [`${name}: ${what}`];
		if (settings === null) return [`${name}: left alone, it is not ours`];
		return [`${name}: left alone, it is not ours. Add this line to it:`, `    ${lineByHand(name, settings)}`];
	});
	return `hooks in ${visible(folder)}\n${lines.join("\n")}\n`;
}
