// Pure. What the gateway tells its operator: events with fields, made into lines at the edge.

export interface LogEvent {
	readonly level: "info" | "warn" | "error";
	/** What happened, as a name: `node-state`, `nodes-file`, `report`, `git`, `store`. */
	readonly event: string;
	/** The same in words. */
	readonly message: string;
	readonly fields?: Readonly<Record<string, string | number | boolean | null>>;
}

export type Log = (event: LogEvent) => void;
