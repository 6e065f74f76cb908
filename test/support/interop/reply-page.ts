// Browser. The site's own client against a server that answers as it was told: what the client makes of each answer.
import { createAsk, failureKind } from "#islands/client.ts";
import { askCluster } from "#islands/cluster-feed.ts";

export interface Verdict {
	/** `fresh`: taken as an answer of now. */
	readonly verdict: "fresh" | ReturnType<typeof failureKind>;
	/** Ids of the nodes it would show. */
	readonly nodes: readonly string[];
	readonly message: string;
}

/** `shape` is the part of the address under which the server answers so. */
async function judge(shape: string): Promise<Verdict> {
	const ask = createAsk(`${location.origin}/${shape}`, 1_000);
	try {
		const { snapshot } = await askCluster(ask, null, AbortSignal.timeout(3_000));
		return { verdict: "fresh", nodes: snapshot.nodes.map(({ id }) => id), message: "" };
	} catch (error) {
		return { verdict: failureKind(error), nodes: [], message: error instanceof Error ? error.message : String(error) };
	}
}

Object.assign(globalThis, { judge });
