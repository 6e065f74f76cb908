// Pure. `port-foreign`: a file of one team binds a port that content/ports.yaml gives to another.
import type { PortUse } from "#model/tree-facts";
import { treeOccurrence } from "../finding.ts";
import { bindsOf, portResource } from "../port-binds.ts";
import { registeredPort } from "../registered-port.ts";
import type { TreeDetector } from "./tree.ts";

/**
 * Reads: code, scripts, what is published, and keys by which a configuration sets a server's own port. Who only names a
 * port, to reach the other team's server, does nothing wrong; nor who starts the other team's server on it, or publishes
 * what is built from its folder.
 */
export const detectPortForeign: TreeDetector = (seen) =>
	bindsOf(seen).flatMap(({ path, use, owner, programOwner }) => {
		const registered = registeredPort(seen.catalog.ports, use);
		if (registered === null || owner === null || isForAnybody(use)) return [];
		if (owner === registered.owner || programOwner === registered.owner) return [];
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
					use: use.use,
					how: use.how,
					starts: use.starts,
					purpose: registered.purpose,
					from: registered.from,
					to: registered.to,
				},
				anchor: null,
			},
		];
	});

/** Whose program it is that an image from elsewhere holds, the tree does not say. */
function isForAnybody({ how, starts }: PortUse): boolean {
	return how === "publish" && starts?.endsWith("/") !== true;
}
