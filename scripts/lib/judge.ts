// Pure. Judges commits by the audit's own detectors before they are history: what it would say of them, and no more.
import { audit } from "#audit/audit";
import type { KeyDifferences } from "#audit/config-edits";
import type { Tip } from "#audit/lineage";
import { summarise } from "#audit/log";
import { tabulate } from "#git/tabulate";
import type { Resolution } from "#model/agreement";
import type { Catalog } from "#model/catalog";
import type { Conflict, ConflictLog } from "#model/conflict-log";
import type { Commit, Repository } from "#model/history";
import { compileExplain } from "#report/explain";

export interface Case {
	/** The commits in question, children before parents. */
	readonly commits: readonly Commit[];
	/** Commits beside them that the detectors must know of (what others do now, what is reverted), children first. */
	readonly context: readonly Commit[];
	readonly tips: readonly Tip[];
	/** What the commits in question change in configuration that namespaces name. */
	readonly differences: KeyDifferences;
	/** As it would be after the commits; its head's date is the date of judgement. */
	readonly repository: Repository;
}

/** A conflict of the last audit, as far as a new occurrence of it can be recognised by. */
export type KnownConflict = Pick<Conflict, "id" | "code" | "resource" | "actor" | "owner" | "teams" | "episode">;

/**
 * The log of these commits alone. `known` are the last audit's conflicts, null where there was none: what continues one
 * of them bears its id, and an acceptance of it still holds. Throws ContentError as the audit does.
 */
export function judge(catalog: Catalog, brought: Case, known: readonly KnownConflict[] | null): ConflictLog {
	const first = judgeBy(catalog, brought, []);
	const continued = first.conflicts.flatMap((found) => {
		const before = known?.filter((one) => isSame(one, found)).sort((a, b) => b.episode - a.episode)[0];
		return before === undefined ? [] : [{ found, before }];
	});
	if (continued.length === 0) return first;
	const accepted = continued.flatMap(({ found, before }) => {
		const decision = lastDecision(catalog.resolutions, before.id);
		// What was resolved and comes again is a new episode: that decision says nothing about it.
		return decision === null || decision.state === "resolved" ? [] : [{ ...decision, conflict: [found.id] }];
	});
	const ids = new Map(continued.map(({ found, before }) => [found.id, before.id]));
	const second = judgeBy(catalog, brought, accepted);
	return {
		...second,
		conflicts: second.conflicts.map((conflict) => ({ ...conflict, id: ids.get(conflict.id) ?? conflict.id })),
	};
}

function isSame(one: KnownConflict, other: KnownConflict): boolean {
	const key = ({ code, resource, actor, owner, teams }: KnownConflict) =>
		JSON.stringify([code, resource, actor, owner, teams]);
	return key(one) === key(other);
}

function lastDecision(resolutions: readonly Resolution[], id: string): Resolution | null {
	return (
		resolutions
			.filter(({ conflict }) => conflict.includes(id))
			.sort((a, b) => (a.atUtc < b.atUtc ? 1 : a.atUtc > b.atUtc ? -1 : a.file < b.file ? 1 : -1))[0] ?? null
	);
}

function judgeBy(catalog: Catalog, brought: Case, resolutions: readonly Resolution[]): ConflictLog {
	const asked = { ...catalog, resolutions };
	const run = (commits: readonly Commit[]) => {
		const table = tabulate(commits, brought.repository.objectFormat);
		const told = { ...brought, commits: table, tree: null, facts: null, collisions: [] };
		const options = { repositoryName: catalog.project.name, sinceAt: null, explain: compileExplain(catalog) };
		return audit(asked, told, options).log;
	};
	if (brought.context.length === 0) return run(brought.commits);
	// With the context, but of it only what the commits in question take part in.
	const log = run([...brought.commits, ...brought.context]);
	const own = new Set(brought.commits.map((commit) => commit.id));
	const explain = compileExplain(catalog);
	const conflicts = log.conflicts.flatMap((conflict) => {
		const occurrences = conflict.occurrences.filter(({ commit }) => commit !== null && own.has(commit));
		if (occurrences.length === 0) return [];
		if (conflict.code === "overlapping-edit") return [conflict];
		const narrowed = { ...conflict, occurrences };
		const { message, hint } = explain(narrowed);
		return [{ ...narrowed, message, hint }];
	});
	const commits = brought.commits.length;
	const changes = brought.commits.reduce((sum, commit) => sum + commit.changes.length, 0);
	return { ...log, repository: { ...log.repository, commits, changes }, conflicts, summary: summarise(conflicts) };
}
