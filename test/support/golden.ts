// Edge(fs, git). Golden cases: a folder with content, a history and what the audit must find in it.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import type { Activity } from "#model/activity";
import type { Conflict, ConflictLog } from "#model/conflict-log";
import { type AuditRequest, auditRepository } from "#scripts/lib/audit-repository";
import { fillIn } from "./expected-id.ts";
import { makeRepo, type Repo, type RepoOptions, type Step, temporaryFolder } from "./make-repo.ts";

export interface GoldenCase {
	readonly name: string;
	/** Content files; a case says only what differs from `base`. Placeholders as in `fillIn`. */
	readonly content: Readonly<Record<string, string>>;
	readonly history: readonly Step[];
	readonly options: RepoOptions & { readonly refs?: readonly string[]; readonly allowIncomplete?: boolean };
	/** One line a conflict, as `describeConflicts` writes them. */
	readonly expected: readonly string[];
	/** Text of expected-details.yaml, or null: what one line a conflict cannot say. Placeholders as in `fillIn`. */
	readonly details: string | null;
}

/** Parts of the log that must be as written; what is not written may be anything. */
export interface Details {
	/** Parts of the log beside its conflicts. */
	readonly log?: object;
	/** Parts of conflicts: of the only one with this code and resource (and actor and episode, where written). */
	readonly conflicts?: readonly (Partial<Conflict> & Pick<Conflict, "code" | "resource">)[];
}

/** The cases below a folder: each a folder of its own with content/, history.yaml and expected.yaml. */
export function readCases(root: string): GoldenCase[] {
	const base = readContent(join(root, "base"));
	return readdirSync(root, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && entry.name !== "base")
		.map(({ name }) => {
			const history = parse(readFileSync(join(root, name, "history.yaml"), "utf8"));
			const details = join(root, name, "expected-details.yaml");
			return {
				name,
				content: { ...base, ...readContent(join(root, name, "content")) },
				history: history.steps,
				options: history.options ?? {},
				expected: parse(readFileSync(join(root, name, "expected.yaml"), "utf8")) ?? [],
				details: existsSync(details) ? readFileSync(details, "utf8") : null,
			};
		});
}

/** The files of a content folder, by path; none where there is no folder. */
export function readContent(dir: string): Record<string, string> {
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

/** The audit of a repository by content, as every command makes it; read anew unless `reading` says otherwise. */
export function auditFolder(
	repo: string,
	content: string,
	refs: readonly string[] = [],
	reading: AuditRequest["reading"] = {},
): Promise<Audited> {
	const request = { contentDir: content, repo, refs, sinceAt: null, onProgress: () => {} };
	return auditRepository({ ...request, reading: { cacheDir: null, ...reading } });
}

/** A case made real: its repository and content on disk. */
export interface PreparedCase {
	/** What the log must hold beside the lines expected. */
	readonly details: Details;
	audit(reading?: AuditRequest["reading"]): Promise<Audited>;
}

/** Makes the repository and the content of a case. */
export function prepareCase({ content, history, options, details }: GoldenCase): PreparedCase {
	const { refs = [], allowIncomplete = false } = options;
	const repo = makeRepo(history, options);
	const folder = writeContent(fillInAll(content, repo));
	return {
		details: details === null ? {} : parse(fillIn(details, repo)),
		audit: (reading) => auditFolder(repo.dir, folder, refs, { allowIncomplete, ...reading }),
	};
}

/** Content files with their placeholders filled in. */
export function fillInAll(files: Readonly<Record<string, string>>, repo: Repo): Record<string, string> {
	return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, fillIn(text, repo)]));
}

/** The conflict that a part of the details is about; throws unless there is exactly one. */
export function findConflict(log: ConflictLog, wanted: NonNullable<Details["conflicts"]>[number]): Conflict {
	const keys = (["code", "resource", "actor", "owner", "episode"] as const).filter((key) => key in wanted);
	const found = log.conflicts.filter((conflict) => keys.every((key) => conflict[key] === wanted[key]));
	const [only] = found;
	if (only !== undefined && found.length === 1) return only;
	throw new Error(`${found.length} conflicts are ${keys.map((key) => wanted[key]).join(" ")}`);
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
