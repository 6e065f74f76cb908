// Pure. What content/ports.yaml says of a port.
import type { Port } from "#model/agreement";
import type { PortUse } from "#model/tree-facts";

/** The entry that has the port, the narrowest first: one port within another's range is the exception. Null: none. */
export function registeredPort(ports: readonly Port[], use: Pick<PortUse, "port" | "protocol">): Port | null {
	const [narrowest] = ports
		.filter(({ from, to, protocol }) => protocol === use.protocol && from <= use.port && use.port <= to)
		.sort((a, b) => a.to - a.from - (b.to - b.from));
	return narrowest ?? null;
}
