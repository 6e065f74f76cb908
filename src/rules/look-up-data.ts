// Pure. What a look-up needs of the catalog and the last log.
import type { Catalog } from "#model/catalog";
import type { Conflict } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import { findingSource } from "#model/finding";
import type { LookUpConflict, LookUpData } from "#model/look-up";

/** The catalog in small, with the open conflicts of a log that stand at paths; none where there is no log. */
export function lookUpData(catalog: Catalog, conflicts: readonly Conflict[]): LookUpData {
	const { coordinator, attribution } = catalog.project;
	return {
		teams: catalog.teams.map(({ id, name }) => ({ id, name })),
		coordinator: coordinator.name,
		coordinatorWord: coordinator.identities.trailers[0] ?? null,
		trailer: attribution.trailer,
		coordinationTrailer: attribution.coordinationTrailer,
		rules: [...catalog.rules],
		sharedProtocol: [...catalog.sharedProtocol],
		claims: catalog.claims
			.filter(({ resource }) => resource.startsWith("path:"))
			.map(({ id, resource, team, agreedBy, reason, fromAt, untilAt }) => ({
				id,
				resource,
				team,
				agreedBy,
				reason,
				fromAt,
				untilAt,
			})),
		contracts: catalog.contracts.flatMap(({ id, title, from, to, source }) =>
			source === null ? [] : [{ id, title, from, to, source }],
		),
		conflicts: conflicts
			.filter(isOpen)
			.map(inSmall)
			.filter(({ paths }) => paths.length > 0),
	};
}

function inSmall({ id, code, level, state, teams, message, occurrences }: Conflict): LookUpConflict {
	const paths = new Set(occurrences.flatMap(({ path }) => (path === null ? [] : [path])));
	return { id, code, level, state, source: findingSource[code], teams: [...teams], message, paths: [...paths] };
}
