// Pure. What content/ports.yaml says of a port.
import type { Port } from "#model/agreement";
import type { PortUse } from "#model/tree-facts";

/** The entry that has the port; entries never overlap. Null: none. */
export function registeredPort(ports: readonly Port[], use: Pick<PortUse, "port" | "protocol">): Port | null {
	return (
		ports.find(({ from, to, protocol }) => protocol === use.protocol && from <= use.port && use.port <= to) ?? null
	);
}
