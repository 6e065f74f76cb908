// Edge(process). A gateway in a process of its own, to be killed: starts when it is told to, and tells its address.
import { startGateway } from "../../src/gateway/gateway.ts";
import type { StateOptions } from "../../src/gateway/state.ts";
import { teamSchema } from "../../src/model/team.ts";

/** What the parent sends. */
export interface Start {
	readonly teams: readonly string[];
	readonly content: string;
	readonly state: StateOptions;
	/** Address of a node to ask; null: none. */
	readonly node: string | null;
}

process.once("message", async ({ teams, content, state, node }: Start) => {
	const gateway = await startGateway({
		nodes: node === null ? [] : [{ id: "node", address: node, isSample: false }],
		host: "127.0.0.1",
		port: 0,
		grpcPort: null,
		intervalMs: 500,
		staleAfterMs: 2_500,
		offlineAfterMs: 300_000,
		deadlineMs: 500,
		content,
		teams: teams.map((id) => ({ ...teamSchema.parse({ name: id }), id, file: `${id}.yaml` })),
		updatedAt: null,
		dist: null,
		state,
		log: ({ event, message }) => process.send?.({ event, message }),
	});
	process.send?.({ event: "url", message: gateway.url });
});
// A parent that is gone needs no gateway.
process.once("disconnect", () => process.exit());
