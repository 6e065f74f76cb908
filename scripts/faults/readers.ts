// Edge(net). Many readers of one gateway, each asking when a page would: by the product's own poll, back-off and order of answers.
import { createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-node";
import { isNewer } from "#islands/feed.ts";
import { type RunningPoll, startPoll, type World } from "#islands/poll.ts";
import { judgeNode } from "#model/age";
import { StatusService } from "#wire/gen/coordination/v1/status_pb.js";
import { type ClusterState, clusterFromWire } from "#wire/map";

export interface Readers {
	/** Nodes shown red to any of them, each once: ids. */
	reds(): readonly string[];
	/** From now on: how long until each reader holds an answer younger than now, ms. Rejects never; null: not within. */
	untilAllFresh(withinMs: number): Promise<number | null>;
	close(): void;
}

/** A page that is always looked at. */
const visible: World = {
	monotonicMs: () => performance.now(),
	wallMs: () => Date.now(),
	random: Math.random,
	later(run, ms) {
		const timer = setTimeout(run, ms);
		return () => clearTimeout(timer);
	},
	isVisible: () => true,
	isOnline: () => true,
	listen: () => () => undefined,
};

export function startReaders(url: string, count: number): Readers {
	const client = createClient(StatusService, createGrpcWebTransport({ baseUrl: url, httpVersion: "1.1" }));
	const reds = new Set<string>();
	const heldAt: number[] = new Array(count).fill(Number.NEGATIVE_INFINITY);
	const polls: RunningPoll[] = [];
	for (let index = 0; index < count; index++) {
		let held: ClusterState | null = null;
		const poll = startPoll<ClusterState>(visible, {
			async ask(signal) {
				return clusterFromWire(await client.getCluster({ knownVersion: held?.version ?? 0n }, { signal }), held);
			},
			onAnswer(answer) {
				if (isNewer(held, answer)) {
					held = answer;
					heldAt[index] = performance.now();
				}
				for (const node of answer.snapshot.nodes) {
					if (judgeNode(node, 0, answer.snapshot).state === "not-serving") reds.add(node.id);
				}
				return answer.snapshot.intervalMs * (0.9 + 0.2 * Math.random());
			},
			onFailure: () => undefined,
		});
		polls.push(poll);
	}
	return {
		reds: () => [...reds],
		async untilAllFresh(withinMs) {
			const sinceMs = performance.now();
			while (performance.now() - sinceMs < withinMs) {
				if (heldAt.every((at) => at > sinceMs)) return Math.max(...heldAt) - sinceMs;
				await new Promise((done) => setTimeout(done, 50));
			}
			return null;
		},
		close: () => {
			for (const poll of polls) poll.stop();
		},
	};
}
