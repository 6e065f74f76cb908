// A repository watched as the gateway watches it, with a content of two teams, and everything quick.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { LiveRepository, RepositoryNow } from "#gateway/repository/live-repository";
import { openLiveRepository } from "#scripts/lib/live/repository";
import { writeContent } from "#test/golden";
import { cleanEnvironment, makeRepo, type Repo, type RepoOptions, type Step, temporaryFolder } from "#test/make-repo";

export const content = {
	"project.yaml": "name: P\ncollision: { windowHours: 24 }\n",
	"teams/team-a.yaml": 'name: Team A\nidentities: { emails: ["*@a.example"], branches: ["team-a/**"] }\n',
	"teams/team-b.yaml": 'name: Team B\nidentities: { emails: ["*@b.example"], branches: ["team-b/**"] }\n',
	"ownership/team-a.yaml": "owner: team-a\nmode: exclusive\nrules:\n  - pattern: a/\n",
	"ownership/team-b.yaml": "owner: team-b\nmode: exclusive\nrules:\n  - pattern: b/\n",
	"ownership/shared.yaml": "mode: shared\nrules:\n  - pattern: deps.toml\n",
};

export const story: readonly Step[] = [
	{ say: "Ours", by: "ana@a.example", write: { "a/api.py": "1\n", "deps.toml": "x = 1\n" } },
	{ say: "Theirs", by: "ben@b.example", write: { "b/train.py": "1\n" } },
];

export interface CommitStep {
	readonly on?: string;
	readonly by: string;
	readonly say: string;
	readonly write: Record<string, string>;
	/** Author and committer date, `seconds zone`. */
	readonly at?: string;
}

export interface Watched extends LiveRepository {
	readonly repo: Repo;
	readonly contentDir: string;
	readonly lines: string[];
	/** Waits until a reading is as asked for, and gives it. */
	until(isSo: (now: RepositoryNow) => boolean): Promise<RepositoryNow>;
	untilTrouble(isSo: (trouble: string | null) => boolean): Promise<string | null>;
	/** Writes files into the content and says so to nobody. */
	write(files: Record<string, string>): void;
	/** A new commit by plumbing on a branch, without a work tree; its id. */
	commit(step: CommitStep): string;
	/** A linked worktree of a new branch. */
	link(branch: string, name: string): string;
}

/** Foreign edits with their state. */
export function foreignEdits({ log }: Pick<RepositoryNow, "log">): { id: string; state: string }[] {
	return log.conflicts.filter(({ code }) => code === "foreign-edit").map(({ id, state }) => ({ id, state }));
}

/** Longest wait for what is promised within seconds: the machine may be busy. */
const PATIENCE_MS = 25_000;

/** Quick, also where the machine is not. */
const PACE_MS = { marks: 50, files: 150, filesAtLeast: 400, limit: 60_000 };

export function watch(
	steps: readonly Step[] = story,
	{ files = content, ...options }: RepoOptions & { files?: Record<string, string> } = {},
	paceMs = PACE_MS,
): Watched {
	const repo = makeRepo(steps, options);
	return watchRepo(repo, writeContent(files), paceMs);
}

export function watchRepo(repo: Repo, contentDir: string, paceMs = PACE_MS, allowIncomplete = false): Watched {
	const lines: string[] = [];
	const log = ({ message }: { message: string }) => lines.push(message);
	const live = openLiveRepository({ repo: repo.dir, contentDir, allowIncomplete, excludes: "", log, paceMs });
	onTestFinished(() => live.close());
	const until = async <T>(read: () => T, isSo: (value: T) => boolean): Promise<T> => {
		const start = performance.now();
		for (;;) {
			const value = read();
			if (isSo(value)) return value;
			if (performance.now() - start > PATIENCE_MS) {
				throw new Error(`not so within ${PATIENCE_MS} ms: ${JSON.stringify([live.now(), live.trouble(), lines])}`);
			}
			await new Promise((done) => setTimeout(done, 20));
		}
	};
	return {
		...live,
		repo,
		contentDir,
		lines,
		until: async (isSo) => (await until(live.now, (now) => now !== null && isSo(now))) as RepositoryNow,
		untilTrouble: (isSo) => until(live.trouble, isSo),
		write(changed) {
			for (const [path, text] of Object.entries(changed)) writeFileSync(join(contentDir, path), text);
		},
		commit: (step) => commitTo(repo, step),
		link(branch, name) {
			const folder = join(temporaryFolder(), name);
			repo.git("worktree", "add", "--quiet", "-b", branch, folder, "main");
			return folder;
		},
	};
}

/** Through an index of its own, so that no work tree and no other index is touched. */
function commitTo(repo: Repo, { on = "main", by, say, write, at }: CommitStep): string {
	const index = join(temporaryFolder(), "index");
	// Later than what the steps of a test commit.
	const env = {
		GIT_INDEX_FILE: index,
		GIT_AUTHOR_EMAIL: by,
		GIT_AUTHOR_DATE: at ?? "1751400000 +0000",
		GIT_COMMITTER_DATE: at ?? "1751400000 +0000",
	};
	const run = (...args: string[]) => repoGit(repo, env, args);
	run("read-tree", on);
	for (const [path, text] of Object.entries(write)) {
		const file = join(temporaryFolder(), "blob");
		writeFileSync(file, text);
		run("update-index", "--add", "--cacheinfo", `100644,${run("hash-object", "-w", file)},${path}`);
	}
	const id = run("commit-tree", "-p", on, "-m", say, run("write-tree"));
	run("update-ref", `refs/heads/${on}`, id);
	return id;
}

function repoGit({ dir }: Repo, env: Record<string, string>, args: readonly string[]): string {
	return execFileSync("git", args, { cwd: dir, env: { ...cleanEnvironment, ...env }, encoding: "utf8" }).trimEnd();
}
