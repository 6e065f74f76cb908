import { describe, expect, it } from "vitest";
import { type NodeQuery, pageOfNodes, queryFromAddress, queryToAddress } from "#islands/node-list.ts";
import { showNode } from "#islands/shown-node.ts";
import type { NodeStatus } from "#model/snapshot";
import { cluster, node, silentNode } from "./samples.ts";

const ALL: NodeQuery = { text: "", states: [], page: 1 };

function listed(...nodes: NodeStatus[]) {
	const source = { kind: "live", sinceMs: 0, isDoubted: false, hasSlept: false } as const;
	return nodes.map((each) => ({ node: each, shown: showNode(each, cluster(...nodes), source) }));
}

const four = listed(
	node({ id: "a" }),
	silentNode({ id: "b", reason: "health not offered" }),
	node({ id: "c", state: "not-serving", reason: "connection refused", checkedMs: 0, chip: "Apple M2 Ultra" }),
	node({ id: "d", state: "degraded", reason: "slow" }),
);

function ids(query: Partial<NodeQuery>) {
	return pageOfNodes(four, { ...ALL, ...query }).rows.map((row) => row.node.id);
}

describe("many nodes", () => {
	it("come worst first, in the configured order within a state", () => {
		expect(ids({})).toEqual(["c", "d", "b", "a"]);
	});

	it("are found by name, address, reason, chip and role, whatever the case", () => {
		expect(ids({ text: "REFUSED" })).toEqual(["c"]);
		expect(ids({ text: "m2 ultra" })).toEqual(["c"]);
		expect(ids({ text: ":50051" })).toEqual(["c", "d", "b", "a"]);
		expect(ids({ text: "nothing of the kind" })).toEqual([]);
	});

	it("are picked by one state or more", () => {
		expect(ids({ states: ["unknown"] })).toEqual(["b"]);
		expect(ids({ states: ["serving", "degraded"] })).toEqual(["d", "a"]);
	});

	it("are counted by state over what the text finds, whichever states are picked", () => {
		expect(pageOfNodes(four, { ...ALL, text: "worker", states: ["degraded"] }).counts).toEqual({
			serving: 1,
			degraded: 1,
			"not-serving": 1,
			unknown: 0,
		});
	});

	it("come fifty a page; a page beyond the last is the last", () => {
		const nodes = listed(...Array.from({ length: 120 }, (_, index) => node({ id: `n${index}` })));
		const last = pageOfNodes(nodes, { ...ALL, page: 9 });
		expect([last.page, last.pages, last.total, last.rows.length, last.rows[0]?.node.id]).toEqual([
			3,
			3,
			120,
			20,
			"n100",
		]);
	});
});

describe("what is asked for stands in the address", () => {
	it("and is read back from it", () => {
		const query: NodeQuery = { text: "mini 7&8", states: ["not-serving", "unknown"], page: 3 };
		const address = queryToAddress(query, "?theme=dark");
		expect(address).toBe("?theme=dark&nodes=mini+7%268&state=not-serving,unknown&page=3");
		expect(queryFromAddress(address)).toEqual(query);
	});

	it("leaves no trace where nothing is asked for", () => {
		expect(queryToAddress(ALL, "?nodes=x&state=unknown&page=2")).toBe("");
	});

	it("nonsense in it is nothing asked for", () => {
		expect(queryFromAddress("?state=nonsense&page=-2")).toEqual(ALL);
	});
});
