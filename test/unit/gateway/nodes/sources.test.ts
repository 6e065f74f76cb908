// Specification of how the places nodes come from are joined.
import { describe, expect, it } from "vitest";
import type { ConfiguredNode, ConfiguredSrv } from "#model/project";
import { projectSchema } from "#model/project";
import { addressRules, knownNodes, nodeSources } from "../../../../src/gateway/nodes/node-settings.ts";
import { joinNodes } from "../../../../src/gateway/nodes/sources.ts";

const typed = (id: string, address = id) => ({ id, address, isSample: false, tls: null });
const found = (id: string, address = id) => ({ ...typed(id, address), isDiscovered: true });
const srvState = (name: string, ...addresses: string[]) => ({
	name,
	nodes: addresses.map((address) => ({ id: address, address })),
	problem: null,
});
const fileState = (file: string, ...nodes: { id: string; address: string }[]) => ({ file, nodes, problem: null });

describe("joinNodes", () => {
	it("keeps the order: what was written, SRV names where they stand, then the files", () => {
		const listed = [typed("a:1"), { srv: "_m._tcp.x", tls: null }, typed("z:1")];
		const srv = [srvState("_m._tcp.x", "b:1", "c:1")];
		const files = [
			fileState("1.json", { id: "mini", address: "d:1" }),
			fileState("2.json", { id: "e:1", address: "e:1" }),
		];
		expect(joinNodes(listed, srv, files, null)).toEqual({
			nodes: [typed("a:1"), found("b:1"), found("c:1"), typed("z:1"), found("mini", "d:1"), found("e:1")],
			duplicates: [],
		});
	});

	it("of an id or an address given twice the first counts, and the second is told", () => {
		const listed = [typed("n", "a:1")];
		const files = [
			fileState("1.json", { id: "m", address: "A:1" }, { id: "n", address: "b:1" }, { id: "o", address: "c:1" }),
		];
		expect(joinNodes(listed, [], files, null)).toEqual({
			nodes: [typed("n", "a:1"), found("o", "c:1")],
			duplicates: ["m (A:1)", "n (b:1)"],
		});
	});

	it("a source that never said anything gives nothing", () => {
		const never = { name: "_m._tcp.x", nodes: null, problem: "DNS knows no such name" };
		expect(joinNodes([{ srv: "_m._tcp.x", tls: null }], [never], [], null)).toEqual({ nodes: [], duplicates: [] });
	});
});

describe("nodeSources", () => {
	const settings = { files: ["sd/*.json"], ports: [], isLoopbackAllowed: false, tls: null };
	const secure = { ca: "/etc/ca.pem", cert: null, key: null, serverName: null };
	const parse = (nodes: unknown): readonly (ConfiguredNode | ConfiguredSrv)[] =>
		projectSchema.parse({ name: "x", cluster: { nodes } }).cluster.nodes;

	it("takes entries as the content writes them; files of certificates lie in the content folder", () => {
		const nodes = parse([
			"a:1",
			{ id: "b", address: "b:1", tls: { ca: "tls/ca.pem", serverName: "node-b" } },
			{ address: "c:1", tls: true },
			"srv:_mlx._tcp.example.org",
			{ srv: "_mlx._tcp.example.net", tls: { cert: "c.pem", key: "k.pem" } },
		]);
		const none = { ca: null, cert: null, key: null, serverName: null };
		expect(nodeSources(nodes, settings, "/content")).toEqual({
			listed: [
				typed("a:1"),
				{ ...typed("b", "b:1"), tls: { ...none, ca: "/content/tls/ca.pem", serverName: "node-b" } },
				{ ...typed("c:1"), tls: none },
				{ srv: "_mlx._tcp.example.org", tls: null },
				{ srv: "_mlx._tcp.example.net", tls: { ...none, cert: "/content/c.pem", key: "/content/k.pem" } },
			],
			files: ["sd/*.json"],
			filesTls: null,
		});
	});

	it("TLS for all holds where an entry says nothing; `tls: false` is plaintext", () => {
		const nodes = parse(["a:1", { address: "b:1", tls: false }, { address: "c:1", tls: {} }]);
		const { listed, filesTls } = nodeSources(nodes, { ...settings, tls: secure }, "/content");
		expect(listed.map(({ tls }) => tls)).toEqual([secure, null, { ...secure, ca: null }]);
		expect(filesTls).toEqual(secure);
	});

	it("known without asking anybody are those with an address", () => {
		const sources = nodeSources(parse(["a:1", "srv:_m._tcp.x"]), settings, "/content");
		expect(knownNodes(sources)).toEqual([typed("a:1")]);
	});

	it.each([
		[{}, "expected an address (host:port), or srv (a DNS name)"],
		[{ address: "a:1", srv: "_m._tcp.x" }, "a node has an address, or is found through srv: not both"],
		[{ id: "n", srv: "_m._tcp.x" }, "nodes found through srv are named by their addresses"],
		["srv:example.org", "expected an SRV name, e.g. _mlx._tcp.example.org"],
		[{ address: "a:1", tls: { cert: "c.pem" } }, "cert and key belong together"],
	])("%o is refused", (node, words) => {
		const issues = projectSchema.safeParse({ name: "x", cluster: { nodes: [node] } }).error?.issues ?? [];
		expect(JSON.stringify(issues)).toContain(words);
	});
});

it.each([
	[true, false, true],
	[false, true, true],
	[false, false, false],
])("nodes on this machine: gateway reached from here only %s, setting %s -> %s", (isOwnOnly, isSet, expected) => {
	const settings = { files: [], ports: [], isLoopbackAllowed: isSet, tls: null };
	expect(addressRules(settings, isOwnOnly).isLoopbackAllowed).toBe(expected);
});
