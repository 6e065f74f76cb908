// Pure. `port-foreign`: a file of one team binds a port that content/ports.yaml gives to another.
import { treeOccurrence } from "../finding.ts";
import { bindsOf, placeDetail, portResource } from "../port-binds.ts";
import { registeredPort } from "../registered-port.ts";
import type { TreeDetector } from "./tree.ts";

/**
 * Reads: code, scripts, what is published, and keys by which a configuration sets a server's own port. Who only names a
 * port, to reach the other team's server, does nothing wrong; nor who starts the other team's server on it, or publishes
 * what is built from its folder.
 */
export const detectPortForeign: TreeDetector = (seen) =>
	bindsOf(seen).flatMap(({ path, use, owner, program }) => {
		const registered = registeredPort(seen.catalog.ports, use);
		if (registered === null || owner === null || !program.isKnown) return [];
		if (owner === registered.owner || program.owner === registered.owner) return [];
		return [
			{
				code: "port-foreign",
				level: "error",
				resource: portResource(use),
				actor: owner,
				owner: registered.owner,
				rule: null,
				occurrence: treeOccurrence(path, use.line),
				detail: {
					...placeDetail(use),
					purpose: registered.purpose,
					from: registered.from,
					to: registered.to,
				},
				anchor: null,
			},
		];
	});
