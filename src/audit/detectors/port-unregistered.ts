// Pure. `port-unregistered`: something in the tree binds a port that content/ports.yaml does not have.
import { type Finding, treeOccurrence } from "../finding.ts";
import { bindsOf, placeDetail, portResource } from "../port-binds.ts";
import { registeredPort } from "../registered-port.ts";
import type { TreeDetector, TreeSeen } from "./tree.ts";

/**
 * Reads: as `port-foreign`, and everything that names such a port, because it has to follow when the port changes. Only
 * where content/ports.yaml has entries: a project that registers no ports misses none.
 */
export const detectPortUnregistered: TreeDetector = (seen) => {
	const { ports } = seen.catalog;
	if (ports.length === 0) return [];
	const binds = bindsOf(seen).filter(({ use }) => registeredPort(ports, use) === null);
	const mentions = mentionsOf(seen);
	return [...Map.groupBy(binds, ({ use }) => portResource(use))].flatMap(([resource, places]) => {
		const teams = [...new Set(places.flatMap(({ owner }) => (owner === null ? [] : [owner])))].sort();
		return [...places, ...(mentions.get(resource) ?? [])].map(
			({ path, use }) =>
				({
					code: "port-unregistered",
					level: "warning",
					resource,
					actor: null,
					owner: null,
					teams,
					rule: null,
					occurrence: treeOccurrence(path, use.line),
					detail: placeDetail(use),
					anchor: null,
				}) satisfies Finding,
		);
	});
};

/** Places that name each port. */
function mentionsOf({ facts }: TreeSeen) {
	const named = [...facts.ports].flatMap(([path, { uses }]) =>
		uses.filter(({ use }) => use === "mention").map((use) => ({ path, use })),
	);
	return Map.groupBy(named, ({ use }) => portResource(use));
}
