// One node's client for tests, and the rules under which nodes on loopback may be asked.

import type { GatewayNode } from "../../src/gateway/cluster/snapshot.ts";
import { type NodeClient, type NodeEdges, openNode } from "../../src/gateway/cluster/upstream.ts";
import type { AddressRules } from "../../src/gateway/nodes/address-rules.ts";
import { openNames } from "../../src/gateway/nodes/names.ts";
import { openTlsFiles } from "../../src/gateway/nodes/tls.ts";

export const ON_LOOPBACK: AddressRules = { isLoopbackAllowed: true, discoveredPorts: [{ from: 1, to: 65_535 }] };

/** A client for a node at an address, or for a node with settings of its own. */
export function openTestNode(
	node: string | (Partial<GatewayNode> & { address: string }),
	deadlineMs: number,
	change: Partial<NodeEdges> = {},
): NodeClient {
	const settings = typeof node === "string" ? { address: node } : node;
	const edges = { deadlineMs, rules: ON_LOOPBACK, names: openNames(), tls: openTlsFiles(), ...change };
	return openNode({ id: "n", isSample: false, ...settings }, edges);
}
