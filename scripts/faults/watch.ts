// Edge(net). Looks at a gateway's answers four times a second, judges them as a page does, and holds them against what is known to be so.
import { createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-node";
import { isNewer } from "#islands/feed.ts";
import { type JudgedNode, judgeNode } from "#model/age";
import type { NodeStatus } from "#model/snapshot";
import { StatusService } from "#wire/gen/coordination/v1/status_pb.js";
import { type ClusterState, clusterFromWire } from "#wire/map";

const LOOK_MS = 250;
const ANSWER_MS = 2_000;
/** Ages may be wrong by this much, in favour of a node: what an answer takes on its way, and to look at. */
const TRUTH_MS = 1_000;

export interface Seen extends JudgedNode {
	readonly id: string;
	/** Since the node was last asked, as of now; null: never. */
	readonly checkedMs: number | null;
	readonly latencyMs: number | null;
}

export interface Watch {
	/** A node as a page would show it now; null: no answer of the gateway has come yet. */
	node(id: string): Seen | null;
	/** How long until it is so, ms; null: not within `withinMs`. */
	until(id: string, isSo: (seen: Seen) => boolean, withinMs: number): Promise<number | null>;
	/** Told from now on that the node cannot give an answer since `sinceMs` (performance.now); null: it can. */
	setUnable(id: string, sinceMs: number | null): void;
	/** Told that the node is well and must never be shown otherwise; its ages are kept. */
	setWell(id: string, isWell: boolean): void;
	/** Sentences about what was shown and could not be true, of one node or of all. */
	lies(id?: string): string[];
	/** Ages of nodes told to be well, ms, as they were shown. */
	wellAges(): readonly number[];
	/** Each visible change of a node: state and reason, and when. */
	changes(id: string): readonly { readonly atMs: number; readonly shown: string }[];
	/** What the gateway says it cannot do as it should. */
	notices(): readonly string[];
	/** Kinds of answers that were of an earlier epoch or version than the one before; readers take them for no news. */
	steps(): string[];
	close(): void;
}

/** How a judged node reads. */
export function shownWords({ state, isStale, reason }: Seen): string {
	const word = isStale && state !== "not-serving" && state !== "unknown" ? `was ${state}` : state;
	return reason === "" ? word : `${word}: ${reason}`;
}

/** A claim that the node is well, now. */
export function isGreen({ state, isStale }: Seen): boolean {
	return (state === "serving" || state === "degraded") && !isStale;
}

/** What a node was shown as since a moment, in order. */
export function changesSince(watch: Watch, id: string, sinceMs: number): string[] {
	return watch
		.changes(id)
		.filter(({ atMs }) => atMs > sinceMs)
		.map(({ shown }) => shown);
}

interface Known {
	unableSinceMs: number | null;
	isWell: boolean;
	/** The first of each kind. */
	readonly lies: Map<string, string>;
	readonly changes: { atMs: number; shown: string }[];
}

function tell(facts: Known, kind: string, words: string): void {
	if (!facts.lies.has(kind)) facts.lies.set(kind, `${kind} ${words}`);
}

/** Watches until closed. */
export function watchGateway(url: string): Watch {
	const client = createClient(StatusService, createGrpcWebTransport({ baseUrl: url, httpVersion: "1.1" }));
	const known = new Map<string, Known>();
	const wellAges: number[] = [];
	const listeners = new Set<() => void>();
	const steps = new Set<string>();
	let held: { state: ClusterState; atMs: number } | null = null;
	let asking = false;

	const about = (id: string): Known => {
		const found = known.get(id) ?? { unableSinceMs: null, isWell: false, lies: new Map<string, string>(), changes: [] };
		known.set(id, found);
		return found;
	};

	async function ask(): Promise<void> {
		if (asking) return;
		asking = true;
		try {
			const knownVersion = held?.state.version ?? 0n;
			const reply = await client.getCluster({ knownVersion }, { timeoutMs: ANSWER_MS });
			const state = clusterFromWire(reply, held?.state ?? null);
			// As a page does: what is older than what it holds is no news.
			if (held === null || isNewer(held.state, state)) held = { state, atMs: performance.now() };
			else if (state.epoch < held.state.epoch) steps.add("an answer came of an earlier run of the gateway");
			else if (state.version < held.state.version) steps.add("an answer came of an earlier version");
		} catch {
			// No answer: what is held ages on, as on a page.
		} finally {
			asking = false;
		}
	}

	function judge(node: NodeStatus): Seen {
		const sinceMs = performance.now() - held!.atMs;
		const judged = judgeNode(node, sinceMs, held!.state.snapshot);
		return {
			...judged,
			id: node.id,
			latencyMs: node.latencyMs,
			checkedMs: node.checkedMs === null ? null : node.checkedMs + sinceMs,
		};
	}

	function look(): void {
		void ask();
		if (held === null) return;
		for (const node of held.state.snapshot.nodes) check(judge(node), about(node.id), held.state.snapshot.staleAfterMs);
		for (const listener of [...listeners]) listener();
	}

	function check(seen: Seen, facts: Known, staleAfterMs: number): void {
		const shown = shownWords(seen);
		if (facts.changes.at(-1)?.shown !== shown) facts.changes.push({ atMs: performance.now(), shown });
		if (facts.isWell) {
			if (seen.ageMs !== null) wellAges.push(seen.ageMs);
			if (seen.state === "not-serving") tell(facts, `false red: ${seen.id}`, `was well, and was shown ${shown}`);
		}
		if (facts.unableSinceMs === null) return;
		const deadMs = performance.now() - facts.unableSinceMs;
		if (seen.ageMs !== null && seen.ageMs < deadMs - TRUTH_MS) {
			const [age, dead] = [seen.ageMs, deadMs].map((ms) => `${(ms / 1000).toFixed(1)} s`);
			tell(facts, `false age: ${seen.id}`, `was shown to have answered ${age} ago, and could not for ${dead}`);
		}
		if (isGreen(seen) && deadMs > staleAfterMs + TRUTH_MS) {
			const dead = `${(deadMs / 1000).toFixed(1)} s`;
			tell(facts, `false green: ${seen.id}`, `was shown ${shown} though it could not answer for ${dead}`);
		}
	}

	const timer = setInterval(look, LOOK_MS);
	return {
		node(id) {
			const node = held?.state.snapshot.nodes.find((one) => one.id === id);
			return node === undefined ? null : judge(node);
		},
		until(id, isSo, withinMs) {
			const startedAt = performance.now();
			return new Promise((resolve) => {
				const listener = () => {
					const node = held!.state.snapshot.nodes.find((one) => one.id === id);
					const tookMs = performance.now() - startedAt;
					const isThere = node !== undefined && isSo(judge(node));
					if (!isThere && tookMs < withinMs) return;
					listeners.delete(listener);
					clearTimeout(end);
					resolve(isThere ? tookMs : null);
				};
				// Also where the gateway never answers.
				const end = setTimeout(() => {
					listeners.delete(listener);
					resolve(null);
				}, withinMs + LOOK_MS);
				listeners.add(listener);
			});
		},
		setUnable(id, sinceMs) {
			about(id).unableSinceMs = sinceMs;
		},
		setWell(id, isWell) {
			about(id).isWell = isWell;
		},
		lies: (id) => (id === undefined ? [...known.values()] : [about(id)]).flatMap((facts) => [...facts.lies.values()]),
		wellAges: () => wellAges,
		changes: (id) => about(id).changes,
		notices: () => held?.state.notices ?? [],
		steps: () => [...steps],
		close: () => clearInterval(timer),
	};
}
