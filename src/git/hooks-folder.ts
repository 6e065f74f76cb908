// Edge(git, fs). Where a repository's hooks lie, as git itself would look for them.
import { realpath } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { WorldError } from "#model/problem";
import { askAsCaller } from "./caller.ts";

export interface HooksFolder {
	/** Absolute; need not exist. */
	readonly path: string;
	/** False when core.hooksPath leads out of the repository: such a folder may serve others too. */
	readonly isOwn: boolean;
}

/** The hooks folder of the repository at `repo`, core.hooksPath and linked worktrees respected. Throws WorldError. */
export async function findHooksFolder(repo: string, env: NodeJS.ProcessEnv): Promise<HooksFolder> {
	const ask = (folder: string, ...args: string[]) => askAsCaller(folder, null, env, ["rev-parse", ...args]);
	const absolute = "--path-format=absolute";
	const common = await ask(repo, absolute, "--git-common-dir");
	if (common === null) {
		throw new WorldError(`no repository at ${repo} that git would work in`, "`git status` there says why");
	}
	const commonDir = line(common);
	// Null in a bare repository, whose hooks run in the git directory.
	const top = (await ask(repo, absolute, "--show-toplevel")) ?? `${commonDir}\n`;
	// A relative core.hooksPath counts from where hooks run.
	const found = await ask(line(top), absolute, "--git-path", "hooks");
	if (found === null) throw new WorldError(`git does not say where the hooks of ${repo} lie`);
	const path = line(found);
	const homes = await Promise.all([commonDir, line(top)].map((folder) => realpath(folder)));
	const real = await realExisting(path);
	return { path, isOwn: homes.some((home) => real === home || real.startsWith(`${home}${sep}`)) };
}

function line(output: string): string {
	return output.replace(/\n$/, "");
}

/** The real place of a path, or of the nearest folder above it that is there. */
async function realExisting(path: string): Promise<string> {
	for (let at = resolve(path); ; at = dirname(at)) {
		const real = await realpath(at).catch((error: NodeJS.ErrnoException) => {
			if (error.code === "ENOENT" && dirname(at) !== at) return null;
			throw new WorldError(`the hooks folder ${path} cannot be read: ${error.message}`, "check who may read it", error);
		});
		if (real !== null) return real;
	}
}
