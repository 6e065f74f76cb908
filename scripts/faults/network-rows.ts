// Edge(processes). Faults of the network itself, in network namespaces made for the purpose.
import { type Namespace, namespaceMissing, openNamespace } from "#test/network-namespace";
import { type PythonNode, pythonMissing, startPythonNode } from "#test/python-node";
import { bear, breakAndMend, DOWN_MS, type NodeRow, type Subject, UP_MS } from "./node-row.ts";

const PORT = 50051;
const LOSS_MS = 90_000;
let opened = 0;

const missing = () => pythonMissing() ?? namespaceMissing();

async function inNamespace(run: (node: PythonNode, space: Namespace) => Subject["run"]): Promise<Subject> {
	const space = openNamespace(opened++);
	try {
		const node = await startPythonNode("distributed", PORT, [], space);
		return {
			address: node.address,
			run: run(node, space),
			async close() {
				await node.close();
				space.close();
			},
		};
	} catch (error) {
		space.close();
		throw error;
	}
}

const halfOpen: NodeRow = {
	id: "half-open TCP",
	fault: "nft drops every packet to a connected node in its namespace; then only those of the old connections",
	promised: { shows: "not serving: no answer; the dead connection is replaced", showMs: DOWN_MS, recoverMs: UP_MS },
	missing,
	open: () =>
		inNamespace((_node, space) => (stage) => {
			let dead: number[] = [];
			return breakAndMend(stage, {
				start() {
					dead = space.peersOf(PORT);
					space.setRules(["drop"]);
				},
				// The old connection stays dead for good: only a new one can bring an answer.
				end: () => space.setRules(dead.map((peer) => `tcp sport ${peer} drop`)),
				isShown: (seen) => seen.state === "not-serving" && /no answer|not reachable/.test(seen.reason),
				isUnable: true,
			});
		}),
};

/** Share of packets lost on their way to the node, percent, by run. */
const LOSSES = [10, 20, 30];

const loss: NodeRow = {
	id: "random loss 10-30 %",
	fault: "nft drops 10, 20 or 30 % of the packets to a node at random, for 90 s",
	promised: { shows: "serving or degraded, never unknown", showMs: null, recoverMs: null },
	missing,
	open: (run) =>
		inNamespace((_node, space) => async (stage) => {
			const percent = LOSSES[run % LOSSES.length];
			stage.watch.setWell(stage.id, false);
			space.setRules([`numgen random mod 100 < ${percent} drop`]);
			const isFine = (seen: { state: string }) => seen.state === "serving" || seen.state === "degraded";
			const { shown, problems } = await bear(stage, LOSS_MS, isFine, 15_000);
			return { shown, showMs: null, recoverMs: null, problems: problems.map((problem) => `${percent} %: ${problem}`) };
		}),
};

const resetByNetwork: NodeRow = {
	id: "reset by the network",
	fault: "nft answers every packet to a connected node with a TCP reset",
	promised: { shows: "not serving, connection refused", showMs: DOWN_MS, recoverMs: UP_MS },
	missing,
	open: () =>
		inNamespace(
			(_node, space) => (stage) =>
				breakAndMend(stage, {
					start: () => space.setRules([`tcp dport ${PORT} reject with tcp reset`]),
					end: () => space.setRules([]),
					isShown: (seen) => seen.state === "not-serving",
					isUnable: true,
				}),
		),
};

export const networkRows: readonly NodeRow[] = [halfOpen, loss, resetByNetwork];
