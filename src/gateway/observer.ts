// Pure. What the gateway's parts tell of their work so that it can be counted. Who is told nothing loses nothing.

/** Handed to each part; every method returns at once and never throws. */
export interface Observer {
	/** A question to a node was sent; `probeEnded` follows once for each. */
	probeStarted(): void;
	/** It ended after `elapsedMs`; `failure` is the kind of failure (`refused`, `no-answer`, …), null for a good answer. */
	probeEnded(elapsedMs: number, failure: string | null): void;
	/** A team's report was judged; `code` is the gRPC code's name: `OK`, `PERMISSION_DENIED`, … */
	reportJudged(code: string): void;
	/** A call to the gateway itself ended; names as in the .proto, `code` as above. */
	callEnded(service: string, method: string, code: string, elapsedMs: number): void;
	/** A request was turned away unread, because the gateway is behind with its work. */
	shed(): void;
	/** A connection was refused: `total` and `address` name the limit. */
	connectionRefused(limit: "total" | "address"): void;
}

/** Counts nothing. */
export const noObserver: Observer = {
	probeStarted() {},
	probeEnded() {},
	reportJudged() {},
	callEnded() {},
	shed() {},
	connectionRefused() {},
};
