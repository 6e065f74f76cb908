// A gateway for tests: free ports, short interval, a folder of its own.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NodeStatus } from "#model/snapshot";
import { type Gateway, type GatewayOptions, startGateway } from "../../src/gateway/gateway.ts";

export const INTERVAL_MS = 400;

export interface TestGateway extends Gateway {
	readonly content: string;
	readonly lines: string[];
	node(id: string): NodeStatus;
}

/** Starts a gateway over nodes given as `id: address`; the content folder is empty. */
export async function gatewayOver(
	nodes: Record<string, string>,
	change: Partial<GatewayOptions> = {},
): Promise<TestGateway> {
	const content = mkdtempSync(join(tmpdir(), "gateway-content-"));
	const lines: string[] = [];
	const gateway = await startGateway({
		nodes: Object.entries(nodes).map(([id, address]) => ({ id, address, isSample: false })),
		host: "127.0.0.1",
		port: 0,
		grpcPort: 0,
		intervalMs: INTERVAL_MS,
		staleAfterMs: 3 * INTERVAL_MS,
		offlineAfterMs: 60_000,
		deadlineMs: INTERVAL_MS,
		content,
		teams: [],
		dist: null,
		log: (line) => lines.push(line),
		...change,
	});
	return {
		...gateway,
		content,
		lines,
		node: (id) => gateway.cluster().nodes.find((node) => node.id === id)!,
		async close() {
			await gateway.close();
			rmSync(content, { recursive: true, force: true });
		},
	};
}

/** Waits until `isSo` holds; gives how long it took, ms. Throws after `withinMs`, saying what was there. */
export async function waitUntil(isSo: () => boolean, withinMs: number, seen: () => unknown): Promise<number> {
	const start = performance.now();
	while (!isSo()) {
		if (performance.now() - start > withinMs) {
			throw new Error(`not so within ${withinMs} ms; last seen: ${JSON.stringify(seen())}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	return performance.now() - start;
}
