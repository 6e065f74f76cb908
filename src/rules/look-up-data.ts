// Pure. What a look-up needs of the catalog and the last log.
import type { Catalog } from "#model/catalog";
import type { Conflict } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import { findingSource } from "#model/finding";
import type { LookUpConflict, LookUpData, LookUpPromise } from "#model/look-up";
import type { ContractReality } from "#model/reality";

/**
 * The catalog in small, with the open conflicts of a log that stand at paths (none where there is no log), and where the
 * tree holds what contracts promise. `reality` null: not known; a catalog without contracts needs none.
 */
export function lookUpData(
	catalog: Catalog,
	conflicts: readonly Conflict[],
	reality: readonly ContractReality[] | null,
): LookUpData {
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
		promises: promises(catalog, reality),
		conflicts: conflicts
			.filter(isOpen)
			.map(inSmall)
			.filter(({ paths }) => paths.length > 0),
	};
}

/** Null where a contract is among them that nobody looked for. */
function promises({ contracts }: Catalog, reality: readonly ContractReality[] | null): LookUpPromise[] | null {
	const found: LookUpPromise[] = [];
	for (const { id, title, from, to, symbol } of contracts) {
		const members = reality?.find(({ contract }) => contract === id)?.members;
		if (members === undefined) return null;
		for (const { name, places } of members) {
			for (const { path, line, state, unproved } of places) {
				const isProved = state === "kept" && unproved.length === 0;
				found.push({ contract: id, title, from, to, what: `${symbol}.${name}`, path, line, state, isProved });
			}
		}
	}
	return found;
}

function inSmall({ id, code, level, state, teams, message, occurrences }: Conflict): LookUpConflict {
	const paths = new Set(
		occurrences.flatMap(({ path, previousPath }) => [path, previousPath].filter((one) => one !== null)),
	);
	return { id, code, level, state, source: findingSource[code], teams: [...teams], message, paths: [...paths] };
}
