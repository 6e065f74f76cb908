// A gateway for tests: free ports, short interval, a folder of its own.
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NodeStatus } from "#model/snapshot";
import { type Gateway, type GatewayOptions, startGateway } from "../../src/gateway/gateway.ts";

export const INTERVAL_MS = 400;

/** An answer younger than this came from one of the last few rounds. */
export const FRESH_MS = 5 * INTERVAL_MS;

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
		updatedAt: null,
		dist: null,
		log: ({ message }) => lines.push(message),
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

/** Longest any wait may take: generous, for machines that do much else meanwhile. The promised times are measured apart. */
export const PATIENCE_MS = 15_000;

/** Waits until each of the nodes serves and has said what it is. */
export async function waitUntilServing(gateway: TestGateway, ids: readonly string[]): Promise<void> {
	const isWell = (id: string) => gateway.node(id).state === "serving" && gateway.node(id).chip !== null;
	await waitUntil(() => ids.every(isWell), gateway.cluster);
}

/** Waits until `isSo` holds; gives how long it took, ms. Throws when patience ends, saying what was there. */
export async function waitUntil(isSo: () => boolean, seen: () => unknown): Promise<number> {
	const start = performance.now();
	while (!isSo()) {
		if (performance.now() - start > PATIENCE_MS) {
			throw new Error(`not so within ${PATIENCE_MS} ms; last seen: ${JSON.stringify(seen())}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	return performance.now() - start;
}

const HEAD = "0123456789012345678901234567890123456789";

/** What an audit writes, as small as the formats allow. */
export function writeAudit(content: string, commits: number, logHead = HEAD): void {
	const headAt = "2025-07-31T16:00:00Z";
	const activity = {
		version: 1,
		head: HEAD,
		headAt,
		unattributed: 0,
		coordinator: 0,
		teams: [{ team: "team-b", commits, last: null, recentFiles: [], weeks: {}, folders: [], otherFolders: 0 }],
		edits: [],
	};
	const log = {
		version: 1,
		repository: {
			name: "r",
			head: logHead,
			headAt,
			refs: [],
			commits: 1,
			changes: 1,
			complete: true,
			objectFormat: "sha1",
		},
		rules: { digest: `sha256:${"0".repeat(64)}`, count: 0 },
		coverage: { owned: 0, shared: 0, unmatched: 0 },
		summary: { open: 0, byLevel: {}, byCode: {}, byTeam: {} },
		conflicts: [],
		orphanedResolutions: [],
	};
	writeFileSync(join(content, "activity.json"), JSON.stringify(activity));
	writeFileSync(join(content, "conflict-log.json"), JSON.stringify(log));
	const later = new Date(Date.now() + commits * 1_000);
	utimesSync(join(content, "activity.json"), later, later);
}
