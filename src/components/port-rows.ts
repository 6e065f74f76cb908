// Pure. Registered ports and those the log knows to be bound, as the lines of one table.
import type { Port } from "#model/agreement";
import type { Conflict } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import type { PortPlace } from "#model/reality";
import { type BoundPort, portOf } from "./free-ports.ts";

export interface PortRow {
	readonly protocol: Port["protocol"];
	/** Both included; equal for a single port. */
	readonly from: number;
	readonly to: number;
	/** Null: something binds it, and nobody registered it. */
	readonly entry: Port | null;
	/** Open ones about a port of the line. */
	readonly conflicts: readonly Conflict[];
	/** Where the tree binds a port of the line, or names it. */
	readonly places: readonly PortPlace[];
}

/**
 * One line an entry and one a port that the log tells of and no entry has; by port, then protocol. A decision about a
 * conflict leaves the port bound: its line stays.
 */
export function portRows(
	ports: readonly Port[],
	conflicts: readonly Conflict[],
	places: readonly PortPlace[],
): PortRow[] {
	const told = conflicts.flatMap((conflict) => {
		const bound = portOf(conflict.resource);
		return bound === null ? [] : [{ conflict, ...bound }];
	});
	const has = (row: Pick<Port, "protocol" | "from" | "to">, one: BoundPort) =>
		row.protocol === one.protocol && row.from <= one.port && one.port <= row.to;
	const entries = ports.map((entry) => ({ protocol: entry.protocol, from: entry.from, to: entry.to, entry }));
	const others = told.filter((one) => !ports.some((entry) => has(entry, one)));
	const bound = [...Map.groupBy(others, ({ protocol, port }) => `${protocol}/${port}`).values()].map((group) => {
		const { protocol, port } = group[0] as BoundPort;
		return { protocol, from: port, to: port, entry: null };
	});
	return [...entries, ...bound]
		.map((row) => ({
			...row,
			places: places.filter((one) => has(row, one)),
			conflicts: told.filter((one) => has(row, one) && isOpen(one.conflict)).map(({ conflict }) => conflict),
		}))
		.sort((a, b) => a.from - b.from || (a.protocol < b.protocol ? -1 : a.protocol > b.protocol ? 1 : 0));
}
