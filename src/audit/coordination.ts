// Pure. Evidence that a change to a shared path was agreed: a coordination trailer, or a claim.
import type { Catalog } from "#model/catalog";
import type { Commit, RawPath } from "#model/history";
import { compileWildcards, fold } from "./attribute.ts";
import { compilePattern, matchesFile } from "./pattern.ts";

/** Whether `team`'s change of `path` in `commit`, authored at `at` (ISO, UTC), was agreed beforehand. */
export type IsCoordinated = (commit: Commit, path: RawPath, team: string, at: string) => boolean;

/**
 * Agreed means: a `Coordinated-by` trailer names the coordinator or a team other than the change's own, or a claim
 * covers path, team and author date.
 */
export function compileCoordination(catalog: Pick<Catalog, "project" | "teams" | "claims">): IsCoordinated {
	const { attribution, coordinator } = catalog.project;
	const key = fold(attribution.coordinationTrailer);
	const coordinators = new Set([coordinator.name, ...coordinator.identities.trailers].map(fold));
	const isCoordinators = compileWildcards(coordinator.identities.emails);
	const teams = new Map(
		catalog.teams.flatMap((team) =>
			[team.id, team.name, ...team.aliases].map((name) => [fold(name), team.id] as const),
		),
	);
	const claims = catalog.claims
		.filter((claim) => claim.resource.startsWith("path:"))
		.map((claim) => ({ claim, pattern: compilePattern(claim.resource.slice("path:".length)) }));

	const namesAnother = (value: string, own: string): boolean => {
		const { words, email } = splitAddress(value);
		if (coordinators.has(fold(words))) return true;
		if (email !== null && isCoordinators(email)) return true;
		const team = teams.get(fold(words));
		return team !== undefined && team !== own;
	};
	return (commit, path, team, at) =>
		commit.trailers.some((trailer) => fold(trailer.key) === key && namesAnother(trailer.value, team)) ||
		claims.some(
			({ claim, pattern }) =>
				claim.team === team && at >= claim.fromAt && at < claim.untilAt && matchesFile(pattern, path),
		);
}

/** `Name <address>` in its two halves; anything else is all name. By places, so that no value can make it slow. */
function splitAddress(value: string): { words: string; email: string | null } {
	const text = value.trim();
	const open = text.endsWith(">") ? text.lastIndexOf("<") : -1;
	if (open === -1) return { words: text, email: null };
	return { words: text.slice(0, open), email: text.slice(open + 1, -1) };
}
