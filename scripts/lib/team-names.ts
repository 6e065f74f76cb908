// Pure. The words by which a person may name a team on a command line or in COORD_TEAM.
import { COORDINATOR, fold } from "#audit/attribute";
import type { Catalog } from "#model/catalog";
import { onlyNearest } from "#model/nearest";
import { UsageError } from "#model/problem";

/**
 * The id of the team that `word` names by id or alias, as a trailer would; `coordinator` for the coordinator. Throws
 * UsageError that names the known ones. `source` says where the word was typed, e.g. `COORD_TEAM`.
 */
export function findTeam(catalog: Pick<Catalog, "teams" | "project">, word: string, source: string): string {
	const wanted = fold(word);
	const team = catalog.teams.find(({ id, aliases }) => [id, ...aliases].some((name) => fold(name) === wanted));
	if (team !== undefined) return team.id;
	if (catalog.project.coordinator.identities.trailers.some((name) => fold(name) === wanted)) return COORDINATOR;
	const known = catalog.teams.map(({ id }) => id);
	const match = onlyNearest(word, known);
	const guess = match === null ? "" : `did you mean ${match}? `;
	throw new UsageError(`${source} “${word}” names no team`, `${guess}the teams are ${known.join(", ")}`);
}

/** Name of a team or of the coordinator, for people; a null team is nobody known. */
export function teamName({ teams, project }: Pick<Catalog, "teams" | "project">, team: string | null): string {
	if (team === null) return "nobody known";
	if (team === COORDINATOR) return project.coordinator.name;
	return teams.find(({ id }) => id === team)?.name ?? team;
}
