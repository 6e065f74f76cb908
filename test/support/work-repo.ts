// Edge(git). Repositories with a work tree for tests that stage and commit as people do.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cleanEnvironment, temporaryFolder } from "./make-repo.ts";

export interface Said {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

export interface WorkRepo {
	readonly dir: string;
	/** Writes files; null deletes nothing, use `git rm`. */
	write(files: Readonly<Record<string, string>>): void;
	/** Runs git here; its output without the last newline. Throws when it fails. */
	git(...args: string[]): string;
	/** Runs git here with further variables, whatever comes of it. */
	say(env: Readonly<Record<string, string>>, ...args: string[]): Said;
}

/** A new repository on main with nothing in it. `name` is its folder's. */
export function newWorkRepo(name = "work", ...options: string[]): WorkRepo {
	const dir = join(temporaryFolder(), name);
	mkdirSync(dir);
	const repo = workRepoAt(dir);
	repo.git("init", "--quiet", "--initial-branch=main", ...options, ".");
	return repo;
}

/** A folder that is a work tree already. */
export function workRepoAt(dir: string): WorkRepo {
	return {
		dir,
		write(files) {
			for (const [path, text] of Object.entries(files)) {
				mkdirSync(dirname(join(dir, path)), { recursive: true });
				writeFileSync(join(dir, path), text);
			}
		},
		git: (...args) =>
			execFileSync("git", args, { cwd: dir, env: cleanEnvironment, stdio: "pipe" }).toString("utf8").replace(/\n$/, ""),
		say: (env, ...args) => {
			const done = spawnSync("git", args, { cwd: dir, env: { ...cleanEnvironment, ...env }, encoding: "utf8" });
			return { code: done.status ?? -1, stdout: done.stdout, stderr: done.stderr };
		},
	};
}
