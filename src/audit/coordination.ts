// Pure. Evidence that a change to what is shared, or another team's, was agreed: a coordination trailer, or a claim.
import type { Claim } from "#model/agreement";
import type { Catalog } from "#model/catalog";
import type { Commit, RawPath } from "#model/history";
import { compilePattern, matchesFile } from "#rules/pattern";
import { COORDINATOR, compileWildcards, fold } from "./attribute.ts";

/** Whether `team`'s change of `path` in `commit`, authored at `at` (ISO, UTC), was agreed beforehand. */
export type IsCoordinated = (commit: Commit, path: RawPath, team: string, at: string) => boolean;

/**
 * Agreed means: a `Coordinated-by` trailer names the coordinator or a team other than the change's own, or a claim
 * covers path, team and author date.
 */
export function compileCoordination(catalog: Agreements): IsCoordinated {
	const agreedWith = compileTrailers(catalog);
	const isClaimed = compilePathClaims(catalog.claims);
	return (commit, path, team, at) => agreedWith(commit).some((other) => other !== team) || isClaimed(path, team, at);
}

/** A key of a configuration file, with the keys above it, and the team that content gives it to. */
export interface AgreedKey {
	/** Joined by dots. */
	readonly key: string;
	readonly owner: string;
}

/** Whether `team`'s change of a key of `owner`'s in the file at `path`, authored at `at` (ISO, UTC), was agreed beforehand. */
export type IsKeyAgreed = (commit: Commit, path: RawPath, key: AgreedKey, team: string, at: string) => boolean;

/**
 * Agreed means: a `Coordinated-by` trailer names the coordinator or the owner (a third team has no say), or a claim covers
 * team, author date and either the file's path or the key: by its own name, or one above it.
 */
export function compileKeyAgreement(catalog: Agreements): IsKeyAgreed {
	const agreedWith = compileTrailers(catalog);
	const isClaimed = compilePathClaims(catalog.claims);
	const ofKeys = catalog.claims
		.filter((claim) => claim.resource.startsWith("config:"))
		.map((claim) => ({ claim, key: claim.resource.slice("config:".length) }));
	return (commit, path, { key, owner }, team, at) =>
		agreedWith(commit).some((other) => other === COORDINATOR || other === owner) ||
		isClaimed(path, team, at) ||
		ofKeys.some((one) => holds(one.claim, team, at) && (key === one.key || key.startsWith(`${one.key}.`)));
}

function compilePathClaims(claims: readonly Claim[]): (path: RawPath, team: string, at: string) => boolean {
	const ofPaths = claims
		.filter((claim) => claim.resource.startsWith("path:"))
		.map((claim) => ({ claim, pattern: compilePattern(claim.resource.slice("path:".length)) }));
	return (path, team, at) => ofPaths.some(({ claim, pattern }) => holds(claim, team, at) && matchesFile(pattern, path));
}

function holds(claim: Claim, team: string, at: string): boolean {
	return claim.team === team && at >= claim.fromAt && at < claim.untilAt;
}

type Agreements = Pick<Catalog, "project" | "teams" | "claims">;

/** Whom the coordination trailers of a commit name: teams by their ids, and the coordinator. */
function compileTrailers(catalog: Pick<Catalog, "project" | "teams">): (commit: Commit) => string[] {
	const { attribution, coordinator } = catalog.project;
	const key = fold(attribution.coordinationTrailer);
	const coordinators = new Set([coordinator.name, ...coordinator.identities.trailers].map(fold));
	const isCoordinators = compileWildcards(coordinator.identities.emails);
	const teams = new Map(
		catalog.teams.flatMap((team) =>
			[team.id, team.name, ...team.aliases].map((name) => [fold(name), team.id] as const),
		),
	);
	const named = (value: string): string | null => {
		const { words, email } = splitAddress(value);
		if (coordinators.has(fold(words))) return COORDINATOR;
		if (email !== null && isCoordinators(email)) return COORDINATOR;
		return teams.get(fold(words)) ?? null;
	};
	return (commit) =>
		commit.trailers.flatMap((trailer) => (fold(trailer.key) === key ? (named(trailer.value) ?? []) : []));
}

/** `Name <address>` in its two halves; anything else is all name. By places, so that no value can make it slow. */
function splitAddress(value: string): { words: string; email: string | null } {
	const text = value.trim();
	const open = text.endsWith(">") ? text.lastIndexOf("<") : -1;
	if (open === -1) return { words: text, email: null };
	return { words: text.slice(0, open), email: text.slice(open + 1, -1) };
}
