// Edge(fs, git). Golden cases: a folder with content, a history and what the audit must find in it.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import type { Activity } from "#model/activity";
import type { ConflictLog } from "#model/conflict-log";
import { auditRepository } from "#scripts/lib/audit-repository";
import { makeRepo, type RepoOptions, type Step, temporaryFolder } from "./make-repo.ts";

export interface GoldenCase {
	readonly name: string;
	/** Content files; a case says only what differs from `base`. */
	readonly content: Readonly<Record<string, string>>;
	readonly history: readonly Step[];
	readonly options: RepoOptions & { refs?: readonly string[] };
	/** One line a conflict, as `describeConflict` writes them, sorted. */
	readonly expected: readonly string[];
}

/** The cases below a folder: each a folder of its own with content/, history.yaml and expected.yaml. */
export function readCases(root: string): GoldenCase[] {
	const base = readContent(join(root, "base"));
	return readdirSync(root, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && entry.name !== "base")
		.map(({ name }) => {
			const history = parse(readFileSync(join(root, name, "history.yaml"), "utf8"));
			return {
				name,
				content: { ...base, ...readContent(join(root, name, "content")) },
				history: history.steps,
				options: history.options ?? {},
				expected: parse(readFileSync(join(root, name, "expected.yaml"), "utf8")) ?? [],
			};
		});
}

function readContent(dir: string): Record<string, string> {
	const found: Record<string, string> = {};
	if (!existsSync(dir)) return found;
	for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue;
		const file = join(entry.parentPath, entry.name);
		found[file.slice(dir.length + 1)] = readFileSync(file, "utf8");
	}
	return found;
}

/** Content as a folder. */
export function writeContent(files: Readonly<Record<string, string>>): string {
	const dir = join(temporaryFolder(), "content");
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(dir, path)), { recursive: true });
		writeFileSync(join(dir, path), text);
	}
	return dir;
}

export interface Audited {
	readonly log: ConflictLog;
	readonly activity: Activity;
}

/** The audit of a repository by content, as every command makes it. */
export function auditFolder(repo: string, content: string, refs: readonly string[] = []): Promise<Audited> {
	return auditRepository({ contentDir: content, repo, refs, sinceAt: null, onProgress: () => {} });
}

export async function auditCase({ content, history, options }: GoldenCase): Promise<Audited> {
	const repo = makeRepo(history, options);
	return auditFolder(repo.dir, writeContent(content), options.refs ?? []);
}

/** `error foreign-edit path:x  team-b -> team-a  [team-a team-b]  2x  open`; nobody and none are `-`. */
export function describeConflicts(log: ConflictLog): string[] {
	return log.conflicts
		.map(({ level, code, resource, actor, owner, teams, occurrences, state, episode }) =>
			[
				`${level} ${code} ${resource}`,
				`${actor ?? "-"} -> ${owner ?? "-"}`,
				`[${teams.join(" ")}]`,
				`${occurrences.length}x`,
				episode === 1 ? state : `${state}, episode ${episode}`,
			].join("  "),
		)
		.sort();
}
