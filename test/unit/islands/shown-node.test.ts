import { describe, expect, it } from "vitest";
import type { Source } from "#islands/contact.ts";
import { nodeFacts } from "#islands/node-facts.ts";
import { countWords, nodeStates, showNode } from "#islands/shown-node.ts";
import type { NodeStatus } from "#model/snapshot";
import { cluster, node, silentNode } from "./samples.ts";

const BUILD: Source = { kind: "build", takenAt: "2026-11-23T22:10:00Z", wallMs: null };

function live(sinceMs: number, change: { isDoubted?: boolean; hasSlept?: boolean } = {}): Source & { kind: "live" } {
	return { kind: "live", sinceMs, isDoubted: false, hasSlept: false, ...change };
}

function shown(status: NodeStatus, source: Source) {
	return showNode(status, cluster(status), source);
}

const refused = node({ state: "not-serving", reason: "connection refused", ageMs: 40_000, checkedMs: 1000 });

describe("a node's state", () => {
	const cases: [what: string, NodeStatus, Source, tone: string, word: string, age: string][] = [
		["fresh", node(), live(0), "good", "serving", "last seen 2 s ago"],
		["15 s old, the last moment it is fresh", node(), live(13_000), "good", "serving", "last seen 15 s ago"],
		["just over 15 s old", node(), live(13_001), "grey", "was serving", "last seen 15 s ago"],
		["5 min old, the last moment it is known", node(), live(298_000), "grey", "was serving", "last seen 5 min ago"],
		["just over 5 min old", node(), live(298_001), "grey", "unknown", "last seen 5 min ago"],
		["fresh, but the page was away", node(), live(0, { isDoubted: true }), "grey", "was serving", "last seen 2 s ago"],
		[
			"fresh, but the machine slept",
			node(),
			live(0, { isDoubted: true, hasSlept: true }),
			"grey",
			"was serving",
			"last seen at least 2 s ago",
		],
		["degraded", node({ state: "degraded" }), live(0), "warn", "degraded", "last seen 2 s ago"],
		["degraded and old", node({ state: "degraded" }), live(14_000), "grey", "was degraded", "last seen 16 s ago"],
		["asked just now and silent", refused, live(0), "bad", "not serving", "last seen 40 s ago"],
		["silent, asked 15 s ago", refused, live(14_000), "bad", "not serving", "last seen 54 s ago"],
		["silent, asked longer ago", refused, live(14_001), "grey", "was not serving", "last seen 54 s ago"],
		[
			"asked just now and silent, but the page was away",
			refused,
			live(0, { isDoubted: true }),
			"grey",
			"was not serving",
			"last seen 40 s ago",
		],
		["never asked", silentNode(), live(0), "grey", "unknown", "never seen"],
	];
	it.each(cases)("%s", (_what, status, source, tone, word, age) => {
		expect(shown(status, source)).toMatchObject({ tone, word, age });
	});

	it("of build time is never a claim about now, for any state", () => {
		for (const state of ["serving", "degraded", "not-serving", "unknown"] as const) {
			expect(shown(node({ state }), BUILD)).toMatchObject({ tone: "grey", isOld: true });
		}
		const when = "when this page was built, 2026-11-23 22:10 UTC";
		expect(shown(node(), BUILD)).toMatchObject({ word: "was serving", age: when });
		expect(shown(node({ state: "not-serving" }), BUILD)).toMatchObject({ word: "was not serving", age: when });
		expect(shown(silentNode(), BUILD)).toMatchObject({ word: "unknown", age: "" });
	});

	it("has a shape of its own, so that colour is never alone", () => {
		const states = ["serving", "degraded", "not-serving", "unknown"] as const;
		expect(new Set(states.map((state) => shown(node({ state }), live(0)).shape)).size).toBe(4);
	});

	it("greys the values of a silent node, though its silence is news", () => {
		expect(shown(refused, live(0))).toMatchObject({ tone: "bad", isOld: true, reason: "connection refused" });
		expect(shown(node(), live(0)).isOld).toBe(false);
	});
});

describe("what a node says of itself", () => {
	function facts(status: NodeStatus, source: Source = live(0)) {
		return Object.fromEntries(nodeFacts(status, cluster(status), source));
	}

	it("is shown label beside value", () => {
		expect(facts(node())).toEqual({
			Latency: "2.3 ms",
			Uptime: "4 h",
			Memory: "41 % of 16 GiB",
			GPU: "unknown",
			Chip: "Apple M1 Pro",
			Role: "worker",
			Layers: "0–11",
			Protocol: "mlx_distributed.DistributedInference",
		});
	});

	it("reads unknown where nothing was said, never 0", () => {
		expect(new Set(Object.values(facts(silentNode())))).toEqual(new Set(["unknown"]));
	});

	it("keeps a zero that was measured apart from what is unknown", () => {
		expect(facts(node({ gpuUtilizationPercent: 0, memoryUsedPercent: 0 }))).toMatchObject({
			GPU: "0 %",
			Memory: "0 % of 16 GiB",
		});
	});

	it("says which half of memory is unknown", () => {
		expect(facts(node({ memoryUsedPercent: null })).Memory).toBe("16 GiB, use unknown");
		expect(facts(node({ memoryBytes: null })).Memory).toBe("41 % used");
	});

	it("counts uptime on only while the node is seen; after that it says when it started", () => {
		expect(facts(node(), live(13_000)).Uptime).toBe("4 h");
		expect(facts(node(), live(13_001)).Uptime).toBe("started 2026-11-23 18:10 UTC");
		expect(facts(node(), BUILD).Uptime).toBe("started 2026-11-23 18:10 UTC");
	});
});

describe("the cluster in a line", () => {
	const three = cluster(node(), node({ id: "mlx-2" }), silentNode({ id: "mlx-3" }));
	const cases: [what: string, ReturnType<typeof cluster>, Source, string][] = [
		["live", three, live(0), "2 of 3 nodes serving · 1 unknown"],
		["old", three, live(14_000), "2 of 3 nodes were serving · 1 unknown"],
		["past offline", three, live(400_000), "0 of 3 nodes serving · 3 unknown"],
		["one of one", cluster(node()), live(0), "1 of 1 node serving"],
		["one of one, old", cluster(node()), live(14_000), "1 of 1 node was serving"],
		["mixed ages", cluster(node(), node({ ageMs: 20_000 })), live(0), "1 of 2 nodes serving · 1 was serving"],
		["at build time", three, BUILD, "2 of 3 nodes serving when this page was built, 2026-11-23 22:10 UTC · 1 unknown"],
		[
			"at build time, read three days later",
			three,
			{ ...BUILD, wallMs: Date.parse("2026-11-26T23:00:00Z") },
			"2 of 3 nodes serving when this page was built, 2026-11-23 22:10 UTC (3 days ago) · 1 unknown",
		],
		[
			"at build time, by a clock that runs behind",
			cluster(node()),
			{ ...BUILD, wallMs: Date.parse("2026-11-23T22:09:59Z") },
			"1 of 1 node serving when this page was built, 2026-11-23 22:10 UTC",
		],
		["never asked", cluster(silentNode()), BUILD, "1 node, not asked when this page was built"],
	];
	it.each(cases)("%s", (_what, snapshot, source, words) => {
		expect(countWords(snapshot, source)).toBe(words);
	});
});

it("tells a node's state with its reason", () => {
	expect(nodeStates(cluster(node(), { ...refused, id: "mlx-2" }), live(0))).toEqual({
		"mlx-1": "serving",
		"mlx-2": "not serving, connection refused",
	});
});
