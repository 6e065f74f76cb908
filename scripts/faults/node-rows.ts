// Edge(processes, net). Faults of one node that this machine can make without a network of their own.
import { setTimeout as sleep } from "node:timers/promises";
import { type Peer, startGarbagePeer, startHttp1Peer, startTlsPeer } from "#test/fault-peers";
import { pythonMissing, startPythonNode } from "#test/python-node";
import { type Scripted, startScriptedNode } from "#test/scripted-node";
import { startFaultProxy } from "#test/tcp-fault-proxy";
import {
	breakAndMend,
	DOWN_MS,
	INTERVAL_MS,
	type NodeRow,
	type Stage,
	type Subject,
	UP_MS,
	untilWell,
	wordsOf,
} from "./node-row.ts";
import type { Run } from "./row.ts";
import { changesSince, type Seen } from "./watch.ts";

const isDown = (seen: Seen) => seen.state === "not-serving";
const isBadReply = (seen: Seen) => isDown(seen) && seen.reason.startsWith("bad reply");

const down: NodeRow = {
	id: "node down",
	fault: "SIGKILL of a Python node; another is started at its port",
	promised: { shows: "not serving, connection refused", showMs: DOWN_MS, recoverMs: UP_MS },
	missing: pythonMissing,
	async open(run) {
		let node = await startPythonNode(run % 2 === 0 ? "distributed" : "inference");
		return {
			address: node.address,
			run: (stage) =>
				breakAndMend(stage, {
					start: () => node.close(),
					async end() {
						node = await startPythonNode("distributed", node.port);
					},
					isShown: (seen) => isDown(seen) && seen.reason === "connection refused",
					isUnable: true,
				}),
			close: () => node.close(),
		};
	},
};

const hung: NodeRow = {
	id: "hung",
	fault: "SIGSTOP of a Python node, then SIGCONT",
	promised: { shows: "not serving: no answer in 2 s", showMs: DOWN_MS, recoverMs: UP_MS },
	missing: pythonMissing,
	async open(run) {
		const node = await startPythonNode(run % 2 === 0 ? "distributed" : "inference");
		return {
			address: node.address,
			run: (stage) =>
				breakAndMend(stage, {
					start: () => node.signal("SIGSTOP"),
					end: () => node.signal("SIGCONT"),
					isShown: (seen) => isDown(seen) && seen.reason === "no answer in 2 s",
					isUnable: true,
				}),
			close: () => node.close(),
		};
	},
};

const slow: NodeRow = {
	id: "slow",
	fault: "a proxy delays all a Python node says by 1.5 s",
	promised: { shows: "degraded: slow", showMs: DOWN_MS, recoverMs: UP_MS },
	missing: pythonMissing,
	async open() {
		const node = await startPythonNode("distributed");
		const proxy = await startFaultProxy(node.port);
		return {
			address: proxy.address,
			run: (stage) =>
				breakAndMend(stage, {
					start: () => proxy.set({ delayMs: 1_500 }),
					end: () => proxy.set({}),
					isShown: (seen) =>
						seen.state === "degraded" && seen.reason.startsWith("slow") && (seen.latencyMs ?? 0) > 1_400,
					isUnable: false,
				}),
			async close() {
				await proxy.close();
				await node.close();
			},
		};
	},
};

const FLAP_MS = 150_000;

const flapping: NodeRow = {
	id: "flapping 1:1",
	fault: "every second answer of a scripted node fails; or a Python node is stopped and continued every 7 s",
	promised: { shows: "one degraded, at most one visible change a minute", showMs: 60_000, recoverMs: 65_000 },
	missing: pythonMissing,
	async open(run) {
		return run % 2 === 0 ? scriptedFlapper() : await stoppedFlapper();
	},
};

async function scriptedFlapper(): Promise<Subject> {
	let isFlapping = false;
	const script = (question: number): Scripted => (isFlapping && question % 2 === 1 ? "fail" : "well");
	const node = await startScriptedNode(script);
	return {
		address: node.address,
		run: (stage) =>
			flap(stage, (on) => {
				isFlapping = on;
			}),
		close: () => node.close(),
	};
}

async function stoppedFlapper(): Promise<Subject> {
	const node = await startPythonNode("distributed");
	let timer: NodeJS.Timeout | undefined;
	return {
		address: node.address,
		run: (stage) =>
			flap(stage, (on) => {
				clearInterval(timer);
				node.signal("SIGCONT");
				let isStopped = false;
				if (on) {
					timer = setInterval(() => {
						isStopped = !isStopped;
						node.signal(isStopped ? "SIGSTOP" : "SIGCONT");
					}, 7_000);
				}
			}),
		async close() {
			clearInterval(timer);
			await node.close();
		},
	};
}

async function flap(stage: Stage, set: (on: boolean) => void): Promise<Run> {
	const { watch, id, promised } = stage;
	watch.setWell(id, false);
	const startedAt = performance.now();
	set(true);
	const showMs = await watch.until(id, (seen) => seen.state === "degraded", promised.showMs! + 30_000);
	await sleep(FLAP_MS);
	const shown = wordsOf(watch, id);
	set(false);
	const changes = watch.changes(id).filter(({ atMs }) => atMs > startedAt);
	const most = Math.max(
		0,
		...changes.map(({ atMs }) => changes.filter((other) => other.atMs >= atMs && other.atMs < atMs + 60_000).length),
	);
	const recoverMs = await untilWell(stage);
	const problems =
		most > 1 ? [`${most} visible changes within a minute: ${changes.map((change) => change.shown).join(" / ")}`] : [];
	return { shown, showMs, recoverMs, problems };
}

/** What once strikes a reply in the middle: one failure, which nobody sees, and the next question is answered. */
function onceMidReply(
	id: string,
	fault: string,
	set: (proxy: Awaited<ReturnType<typeof startFaultProxy>>, run: number) => void,
): NodeRow {
	return {
		id,
		fault,
		promised: {
			shows: "serving all the while: it counts as one failure",
			showMs: null,
			recoverMs: INTERVAL_MS + 2_000,
		},
		missing: pythonMissing,
		async open(run) {
			const node = await startPythonNode("distributed");
			const proxy = await startFaultProxy(node.port);
			return {
				address: proxy.address,
				async run(stage) {
					const { watch, id: nodeId, random } = stage;
					await sleep(random.between(0, INTERVAL_MS));
					watch.setWell(nodeId, true);
					const sinceMs = performance.now();
					set(proxy, run);
					while (proxy.struck() === 0) await sleep(5);
					proxy.set({});
					const recoverMs = await untilWell(stage);
					await sleep(2 * INTERVAL_MS);
					const shown = ["serving", ...changesSince(watch, nodeId, sinceMs)].join(", then ");
					const problems = shown === "serving" ? [] : [`it was shown ${shown}`];
					return { shown, showMs: null, recoverMs, problems: [...problems, ...watch.lies(nodeId)] };
				},
				async close() {
					await proxy.close();
					await node.close();
				},
			};
		},
	};
}

const reset = onceMidReply("reset mid-reply", "a proxy resets the connection within a reply, once", (proxy, run) =>
	proxy.set({ cutAfterBytes: 5 + run * 7, cutBy: "reset" }),
);
const damaged = onceMidReply("damaged reply", "a proxy turns one bit of a reply's frame, once", (proxy) =>
	proxy.set({ flipByte: 3 }),
);

/** Something else answers at a node's port: the connection is reset, and new ones lead there. */
function otherPeer(
	id: string,
	fault: string,
	start: () => Promise<Peer>,
	shows: string,
	isShown: (seen: Seen) => boolean,
): NodeRow {
	return {
		id,
		fault,
		promised: { shows, showMs: DOWN_MS, recoverMs: UP_MS },
		missing: pythonMissing,
		async open() {
			const [node, peer] = await Promise.all([startPythonNode("distributed"), start()]);
			const proxy = await startFaultProxy(node.port);
			const lead = (port: number) => {
				proxy.retarget(port);
				proxy.cut();
			};
			return {
				address: proxy.address,
				run: (stage) =>
					breakAndMend(stage, {
						start: () => lead(Number(peer.address.split(":")[1])),
						end: () => lead(node.port),
						isShown,
						isUnable: true,
					}),
				async close() {
					await proxy.close();
					await Promise.all([node.close(), peer.close()]);
				},
			};
		},
	};
}

const NO_HEALTH = "a gRPC server that offers no health service known here";

export const nodeRows: readonly NodeRow[] = [
	down,
	hung,
	slow,
	flapping,
	reset,
	damaged,
	otherPeer(
		"garbage bytes",
		"bytes of no protocol at the node's port",
		startGarbagePeer,
		"not serving: bad reply",
		isBadReply,
	),
	otherPeer(
		"HTTP/1 page",
		"a web server at the node's port",
		startHttp1Peer,
		"not serving: bad reply, a web server",
		(seen) => isBadReply(seen) && seen.reason.includes("HTTP/1"),
	),
	otherPeer(
		"TLS on a plain port",
		"a TLS server at the node's port",
		startTlsPeer,
		"not serving: bad reply, TLS",
		(seen) => isBadReply(seen) && seen.reason.includes("TLS"),
	),
	otherPeer(
		"wrong proto, no Health",
		"a gRPC server with other services at the node's port",
		() => startPythonNode("bare"),
		`unknown: ${NO_HEALTH}`,
		(seen) => seen.state === "unknown" && seen.reason === NO_HEALTH,
	),
];
