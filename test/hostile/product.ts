// The whole product asked about a repository, which must be as it was afterwards.
import { basename } from "node:path";
import { afterAll, expect } from "vitest";
import { listFolder } from "#test/hostile-listing";
import type { GitCall } from "#test/hostile-recorder";
import { startRunner } from "#test/hostile-runner";
import type { Repo } from "#test/make-repo";
import { breaches } from "./calls.ts";
import { commands, type ProductCommand } from "./commands.ts";
import { hostileContent } from "./victim.ts";

export interface Said {
	readonly name: string;
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

export interface Asking {
	/** Variables of the caller's shell. */
	readonly env?: Readonly<Record<string, string>>;
	readonly of?: readonly ProductCommand[];
	readonly limitMs?: number;
}

export interface Product {
	/**
	 * What every command says, in order. Fails when one of them wrote into the repository, left a
	 * file behind or started a git that is not known.
	 */
	ask(repo: Pick<Repo, "dir">, asking?: Asking): Promise<Said[]>;
	/** Every git started so far. */
	readonly calls: readonly GitCall[];
	/** Deletes what the product keeps for itself between commands. */
	forget(): void;
}

/** Starts it for one test file. */
export function startProduct(): Product {
	const runner = startRunner();
	afterAll(() => runner.close());
	const content = hostileContent();
	const calls: GitCall[] = [];
	return {
		calls,
		forget: runner.forget,
		async ask(repo, { env = {}, of = commands, limitMs } = {}) {
			const before = listFolder(repo.dir);
			const said: Said[] = [];
			for (const { name, ask } of of) {
				const { left, calls: started, ...answer } = await runner.run({ ...ask(repo.dir, content), env }, limitMs);
				expect(left, "nothing stays in the folder for temporary files").toEqual([]);
				calls.push(...started);
				expect(started.flatMap(breaches)).toEqual([]);
				// A worktree is called by its folder's name.
				const stdout = answer.stdout.replaceAll(basename(repo.dir), "<repo>");
				said.push({ name, ...answer, stdout, stderr: answer.stderr.replaceAll(repo.dir, "<repo>") });
			}
			expect(listFolder(repo.dir), "nothing is written into the repository").toEqual(before);
			return said;
		},
	};
}

/** A refusal: exit code 3, one sentence and perhaps its cure on stderr, nothing on stdout. */
export function isRefusal({ code, stdout, stderr }: Said): boolean {
	return code === 3 && stdout === "" && /^error: [^\n]+(\n {4}hint: [^\n]+)?\n$/.test(stderr);
}

/** That every command said what was expected: first how each ended, so that a failure reads well, then each byte. */
export function expectSame(said: readonly Said[], expected: readonly Said[]): void {
	const ends = (all: readonly Said[]) => all.map(({ name, code, stderr }) => ({ name, code, stderr }));
	expect(ends(said)).toEqual(ends(expected));
	expect(said).toEqual(expected);
}
