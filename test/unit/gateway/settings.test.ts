// Specification of the gateway's settings.
import { describe, expect, it } from "vitest";
import { UsageError } from "#model/problem";
import { projectSchema } from "#model/project";
import { DEFAULT_EDGE } from "../../../src/gateway/edge/edge-settings.ts";
import { parseNodes, readSettings } from "../../../src/gateway/settings.ts";

const { cluster } = projectSchema.parse({ name: "x", cluster: { nodes: ["10.0.0.1:50051"] } });

describe("settings", () => {
	it("without any variable: the content's cluster, loopback, 4321 and the port after it", () => {
		expect(readSettings({}, cluster)).toEqual({
			nodes: [{ id: "10.0.0.1:50051", address: "10.0.0.1:50051" }],
			watching: { files: [], ports: [{ from: 50_051, to: 50_099 }], isLoopbackAllowed: false, tls: null },
			host: "127.0.0.1",
			port: 4321,
			grpcPort: 4322,
			intervalMs: 5_000,
			staleAfterMs: 15_000,
			offlineAfterMs: 300_000,
			deadlineMs: 2_000,
			dist: "dist",
			liveAudit: "on",
			state: { folder: ".state", isShared: false },
			edge: DEFAULT_EDGE,
		});
	});

	it("variables win over the content; an empty one is not set", () => {
		const env = { COORD_NODES: " a:1, [::1]:2 ", COORD_PORT: "8080", COORD_GRPC_PORT: "off", COORD_HOST: "" };
		expect(readSettings(env, cluster)).toMatchObject({
			nodes: [
				{ id: "a:1", address: "a:1" },
				{ id: "[::1]:2", address: "[::1]:2" },
			],
			host: "127.0.0.1",
			port: 8080,
			grpcPort: null,
		});
	});

	it("nodes: further files, ports, this machine, TLS", () => {
		const env = {
			COORD_NODES: "a:1, srv:_mlx._tcp.example.org",
			COORD_NODES_FILES: "/etc/nodes.json, sd/*.yaml",
			COORD_NODE_PORTS: "50051-50060, 6000",
			COORD_NODE_LOOPBACK: "allow",
			COORD_NODE_TLS: "on",
			COORD_NODE_CA: "ca.pem",
		};
		expect(readSettings(env, cluster)).toMatchObject({
			nodes: [{ id: "a:1", address: "a:1" }, { srv: "_mlx._tcp.example.org" }],
			watching: {
				files: ["/etc/nodes.json", "sd/*.yaml"],
				ports: [
					{ from: 50_051, to: 50_060 },
					{ from: 6_000, to: 6_000 },
				],
				isLoopbackAllowed: true,
				tls: { ca: "ca.pem", cert: null, key: null, serverName: null },
			},
		});
	});

	it.each([
		[{ COORD_NODES: "srv:example.org" }, 'COORD_NODES: "srv:example.org": expected an SRV name'],
		[{ COORD_NODES_FILES: "sd/*/nodes.json" }, "* may stand in the last part only"],
		[
			{ COORD_NODE_PORTS: "50099-50051" },
			'COORD_NODE_PORTS: expected ports such as 50051-50099,6000, got "50099-50051"',
		],
		[{ COORD_NODE_LOOPBACK: "yes" }, 'COORD_NODE_LOOPBACK: expected allow or refuse, got "yes"'],
		[{ COORD_NODE_TLS: "1" }, 'COORD_NODE_TLS: expected on or off, got "1"'],
		[{ COORD_NODE_TLS: "on", COORD_NODE_CERT: "c.pem" }, "COORD_NODE_CERT and COORD_NODE_KEY belong together"],
		[{ COORD_NODE_CA: "ca.pem" }, "need COORD_NODE_TLS=on"],
	])("%o is refused", (env, words) => {
		expect(() => readSettings(env, cluster)).toThrow(words);
	});

	it("a state folder that is named is shared; without, reports are kept in one of their own", () => {
		expect(readSettings({}, cluster).state).toEqual({ folder: ".state", isShared: false });
		expect(readSettings({ COORD_STATE: "/srv/state" }, cluster).state).toEqual({
			folder: "/srv/state",
			isShared: true,
		});
		expect(readSettings({ COORD_STATE: " " }, cluster).state).toEqual({ folder: ".state", isShared: false });
	});

	it("the deadline never exceeds the interval", () => {
		expect(readSettings({ COORD_INTERVAL_MS: "500" }, cluster).deadlineMs).toBe(500);
		expect(() => readSettings({ COORD_INTERVAL_MS: "500", COORD_DEADLINE_MS: "501" }, cluster)).toThrow(
			"COORD_DEADLINE_MS: 501 is longer than the interval of 500",
		);
	});

	it("says everything that is wrong at once", () => {
		const env = { COORD_NODES: "nonsense,h:0,a:1,a:1", COORD_PORT: "http", COORD_INTERVAL_MS: "1" };
		const read = () => readSettings(env, cluster);
		expect(read).toThrow(UsageError);
		expect(read).toThrow(
			[
				'COORD_PORT: expected a whole number from 0 to 65535, got "http"',
				'COORD_INTERVAL_MS: expected a whole number from 500 to 3600000, got "1"',
				'COORD_NODES: "nonsense": expected host:port, e.g. 127.0.0.1:50051',
				'COORD_NODES: "h:0": expected a port from 1 to 65535',
				'COORD_NODES: "a:1": given twice',
			].join("\n"),
		);
	});

	it.each([
		[{ COORD_PORT: "65535" }, "there is no port after 65535"],
		[{ COORD_PORT: "9", COORD_GRPC_PORT: "9" }, "9 is COORD_PORT already"],
		[{ COORD_GRPC_PORT: "yes" }, "a port from 0 to 65535, or off"],
		[{ COORD_LIVE_AUDIT: "no" }, 'COORD_LIVE_AUDIT: expected on, incomplete, off, got "no"'],
	])("%o is refused", (env, words) => {
		expect(() => readSettings(env, cluster)).toThrow(words);
	});
});

describe("parseNodes", () => {
	it.each(["127.0.0.1:50051", "mini-1.local:50051", "[::1]:50051", "under_score:1"])("takes %s", (address) => {
		expect(parseNodes(address, "--nodes")).toEqual([{ id: address, address }]);
	});

	it.each(["", "host", "host:", ":50051", "host:70000", "::1:50051", "unix:/tmp/x", "http://host:1", "a b:1"])(
		"refuses %j and names it",
		(address) => {
			expect(() => parseNodes(address, "--nodes")).toThrow(`--nodes: ${JSON.stringify(address)}`);
		},
	);
});
