// Pure. What the processes of a load run tell each other. A child says "ready", gets a job, says what came of it.

export interface NodesJob {
	readonly count: number;
}
export interface NodesReady {
	readonly addresses: readonly string[];
}

/** So many requests a second for so long, whatever becomes of them. */
export interface Phase {
	readonly rate: number;
	readonly seconds: number;
}

export interface ViewersJob {
	readonly port: number;
	/** Port of the gateway whose version they hold, where it is another. */
	readonly versionFrom?: number;
	readonly phases: readonly Phase[];
	/** Of the requests, how many ask for the whole reply, 0 to 1; the others hold the newest version. */
	readonly wholeShare: number;
	readonly isGzip: boolean;
	/** From how many addresses of this machine they come. */
	readonly addresses: number;
	/** Most connections at once; who finds none free waits, and the wait counts. */
	readonly connections: number;
}

/** What came of the requests that were due within one second. */
export interface Second {
	readonly due: number;
	readonly answered: number;
	readonly shed: number;
	readonly failed: number;
	/** Of those answered, ms from the moment they were due; null: none was. */
	readonly p99: number | null;
}

export interface ViewersOutcome {
	readonly due: number;
	readonly answered: number;
	readonly shed: number;
	/** By what went wrong. */
	readonly failures: Readonly<Record<string, number>>;
	/** Of those answered, ms from the moment they were due: what a reader waits, also for a connection. */
	readonly p50: number;
	readonly p99: number;
	readonly max: number;
	readonly bytes: number;
	readonly seconds: readonly Second[];
}

export const ATTACKS = ["slow-headers", "slow-bodies", "idle", "large-bodies", "gzip-bombs", "rapid-resets"] as const;
export type Attack = (typeof ATTACKS)[number];

export interface AttackJob {
	readonly attack: Attack;
	readonly port: number;
	readonly grpcPort: number;
	readonly seconds: number;
}

export interface AttackOutcome {
	/** Connections that were made. */
	readonly opened: number;
	/** How long the gateway left the slowest of them open, ms; null: this attack does not wait for that. */
	readonly longestMs: number | null;
	/** Still open when it ended. */
	readonly left: number;
	/** Requests or resets sent. */
	readonly sent: number;
}

export interface BareJob {
	/** The bytes to answer with, base64, and what is said of them. */
	readonly body: string;
	readonly contentType: string;
}
export interface BareReady {
	readonly port: number;
}

/** An address of this machine, another for each number. */
export function loopbackAddress(network: number, index: number): string {
	return `127.${network}.${Math.floor(index / 250)}.${1 + (index % 250)}`;
}
