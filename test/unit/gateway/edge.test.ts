// Specification of the edge's rules: origins, names, limits by address, overload, settings.
import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { UsageError, WorldError } from "#model/problem";
import { projectSchema } from "#model/project";
import { addressGroup } from "../../../src/gateway/edge/connections.ts";
import { answerPreflight, corsHeaders } from "../../../src/gateway/edge/cors.ts";
import { isKnownHost, isLoopback, knownHosts } from "../../../src/gateway/edge/hosts.ts";
import { acceptsGzip } from "../../../src/gateway/edge/hot-path.ts";
import {
	LATE_MS,
	type Load,
	lookAt,
	MAX_WAITING,
	PROMISED,
	VERY_LATE_MS,
	watchOverload,
} from "../../../src/gateway/edge/overload.ts";
import { limitResets } from "../../../src/gateway/edge/reset-limit.ts";
import { codeName, rpcFailure } from "../../../src/gateway/edge/rpc-failure.ts";
import { Refusal } from "../../../src/gateway/reports/report-checks.ts";
import { readSettings } from "../../../src/gateway/settings.ts";

const READ = "/coordination.v1.StatusService/GetCluster";
const REPORT = "/coordination.v1.StatusService/ReportTeam";
const GUIDE = "https://guide.example";

describe("origins", () => {
	const asked = { path: READ, origin: GUIDE, method: "POST", isToPrivateNetwork: false };

	it("a page of a listed origin may read, and caches are told that the answer is for it", () => {
		expect(corsHeaders([GUIDE], READ, GUIDE)).toMatchObject({ "access-control-allow-origin": GUIDE, vary: "origin" });
	});

	it.each([
		["another", "https://guide.example.evil.example"],
		["another port", "https://guide.example:8443"],
		["another scheme", "http://guide.example"],
		["null", "null"],
		["none", undefined],
	])("%s gets no word of permission", (_name, origin) => {
		expect(corsHeaders([GUIDE], READ, origin)).toEqual({ vary: "origin" });
		expect(answerPreflight([GUIDE], { ...asked, origin })).toHaveProperty("refusal");
	});

	it("without a list nothing varies", () => {
		expect(corsHeaders([], READ, GUIDE)).toEqual({});
	});

	it("a preflight of a listed origin allows what clients send, and no credentials", () => {
		const answer = answerPreflight([GUIDE], asked);
		const headers = "headers" in answer ? answer.headers : {};
		expect(headers["access-control-allow-origin"]).toBe(GUIDE);
		const allowed = headers["access-control-allow-headers"]?.split(", ");
		expect(allowed).toEqual(expect.arrayContaining(["content-type", "x-grpc-web", "x-user-agent", "grpc-timeout"]));
		expect(allowed).not.toContain("authorization");
		expect(headers).not.toHaveProperty("access-control-allow-private-network");
		expect(headers).not.toHaveProperty("access-control-allow-credentials");
	});

	it("the way from a public page to a private network is opened for listed origins only", () => {
		const isToPrivateNetwork = true;
		const name = "access-control-allow-private-network";
		expect(answerPreflight([GUIDE], { ...asked, isToPrivateNetwork })).toMatchObject({ headers: { [name]: "true" } });
		expect(answerPreflight([], { ...asked, isToPrivateNetwork })).toHaveProperty("refusal");
	});

	it("no page may send a report, or ask by another method", () => {
		expect(answerPreflight([GUIDE], { ...asked, path: REPORT })).toHaveProperty("refusal");
		expect(corsHeaders([GUIDE], REPORT, GUIDE)).toEqual({});
		expect(answerPreflight([GUIDE], { ...asked, method: "DELETE" })).toHaveProperty("refusal");
	});
});

describe("names the gateway goes by", () => {
	const loopback = knownHosts("127.0.0.1", ["status.example"], [`${GUIDE}:8443`]);

	it.each([
		"localhost",
		"localhost:4321",
		"LocalHost:1",
		"127.0.0.1:4321",
		"[::1]:4321",
		"status.example",
		"status.example.:80",
		"guide.example",
	])("%s is one", (host) => {
		expect(isKnownHost(loopback!, host)).toBe(true);
	});

	it.each([
		"evil.example",
		"evil.example:4321",
		"localhost.evil.example",
		"127.0.0.1.nip.example",
		"",
		"[::2]:4321",
		undefined,
	])("%j is none", (host) => {
		expect(isKnownHost(loopback!, host)).toBe(false);
	});

	it("on another address it knows only names it was told, and answers to any where it was told none", () => {
		expect(knownHosts("0.0.0.0", [], [GUIDE])).toBeNull();
		expect(isKnownHost(knownHosts("10.0.0.5", ["status.example"], [])!, "10.0.0.5:80")).toBe(true);
		expect(isKnownHost(knownHosts("10.0.0.5", ["status.example"], [])!, "evil.example")).toBe(false);
		expect(isKnownHost(knownHosts("::1", [], [])!, "[::1]:4321")).toBe(true);
	});

	it.each([
		["127.0.0.1", true],
		["127.8.8.8", true],
		["::1", true],
		["localhost", true],
		["0.0.0.0", false],
		["10.0.0.1", false],
	])("%s is loopback: %s", (host, expected) => {
		expect(isLoopback(host)).toBe(expected);
	});
});

describe("one address", () => {
	it.each([
		["10.0.0.1", "10.0.0.1"],
		["::ffff:10.0.0.1", "10.0.0.1"],
		["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
		["2001:0db8:0001:2::9", "2001:db8:1:2"],
		["2001:db8::1", "2001:db8:0:0"],
		["::1", "0:0:0:0"],
		["fe80::1%eth0", "fe80:0:0:0"],
	])("%s counts as %s", (address, group) => {
		expect(addressGroup(address)).toBe(group);
	});
});

describe("what a reader can unpack", () => {
	it.each([
		["gzip, deflate, br, zstd", true],
		["br;q=1.0, GZIP;q=0.5", true],
		["*", true],
		["gzip;q=0", false],
		["gzip;q=0.000, *", false],
		["*;q=0", false],
		["identity", false],
		["xgzip", false],
		[undefined, false],
	])("%j takes gzip: %s", (header, expected) => {
		expect(acceptsGzip(header)).toBe(expected);
	});
});

describe("overload", () => {
	const free: Load = { limit: Number.POSITIVE_INFINITY, lagMs: 0 };
	const lateBy = (lags: readonly number[], load = free, rate = 4_000) =>
		lags.reduce((held, lagMs) => lookAt(held, lagMs, rate), load).limit;
	const held = (limit: number): Load => ({ limit, lagMs: 0 });

	it("one pause limits nothing, a long one and lateness that stays do, more and more", () => {
		expect(lateBy([4 * LATE_MS])).toBe(Number.POSITIVE_INFINITY);
		expect(lateBy([4 * LATE_MS, 0, 4 * LATE_MS])).toBe(Number.POSITIVE_INFINITY);
		expect(lateBy([VERY_LATE_MS + 1])).toBeCloseTo(2_800);
		// Seven tenths of what was let in, then of that.
		expect(lateBy([100, 100])).toBeCloseTo(2_800);
		expect(lateBy([100, 100, 100])).toBeCloseTo(1_960);
	});

	it("what is promised is let in however late it is, and whatever else makes it so", () => {
		expect(lateBy(Array<number>(100).fill(1_000))).toBe(PROMISED);
		expect(lateBy([1_000, 1_000], free, 3)).toBe(PROMISED);
	});

	it("everything is let in again within 2 s after it is over", () => {
		// A look each 50 ms.
		expect(lateBy(Array<number>(40).fill(0), held(PROMISED))).toBe(Number.POSITIVE_INFINITY);
	});

	it("between late and on time the limit stays", () => {
		expect(lateBy([0.8 * LATE_MS], held(1_000))).toBe(1_000);
	});

	it("turns away what would have to wait behind too many", () => {
		const overload = watchOverload();
		const leave = Array.from({ length: MAX_WAITING }, () => overload.enter());
		expect(overload.admit(1)).toBe(false);
		leave[0]?.();
		expect(overload.admit(1)).toBe(true);
		overload.close();
	});
});

describe("streams that are reset", () => {
	it("a hundred at once are one caller's deadlines, one more is an attack, and its address stays out for ten seconds", () => {
		let nowMs = 1_000;
		const limit = limitResets(() => nowMs);
		for (let count = 0; count < 100; count++) expect(limit.reset("10.0.0.1")).toBe(false);
		expect(limit.isBlocked("10.0.0.1")).toBe(false);
		expect(limit.reset("10.0.0.1")).toBe(true);
		expect([limit.isBlocked("10.0.0.1"), limit.isBlocked("10.0.0.2")]).toEqual([true, false]);
		nowMs += 10_000;
		expect(limit.isBlocked("10.0.0.1")).toBe(false);
	});

	it("ten a second may go on for ever", () => {
		let nowMs = 0;
		const limit = limitResets(() => nowMs);
		for (let count = 0; count < 1_000; count++, nowMs += 100) expect(limit.reset("10.0.0.1")).toBe(false);
	});
});

describe("a call that fails", () => {
	const tell = (error: unknown) => {
		const lines: string[] = [];
		const { code, rawMessage } = rpcFailure(error, "GetTeams", ({ message }) => lines.push(message));
		return { code, rawMessage, lines };
	};

	it("in a way foreseen says its own words, and the log nothing", () => {
		expect(tell(new WorldError("there is no audit"))).toEqual({
			code: Code.FailedPrecondition,
			rawMessage: "there is no audit",
			lines: [],
		});
		expect(tell(new Refusal("NotFound", "no such team"))).toMatchObject({ code: Code.NotFound, lines: [] });
	});

	it("by a bug says nothing of it, and the log all", () => {
		const { code, rawMessage, lines } = tell(new TypeError("cannot read /home/me/secret"));
		expect([code, rawMessage]).toEqual([Code.Internal, "internal error"]);
		expect(lines[0]).toMatch(/^GetTeams failed, .*cannot read \/home\/me\/secret/);
	});

	it("has its code's name as gRPC writes it", () => {
		expect([Code.ResourceExhausted, Code.Internal, Code.DeadlineExceeded].map(codeName)).toEqual([
			"RESOURCE_EXHAUSTED",
			"INTERNAL",
			"DEADLINE_EXCEEDED",
		]);
	});
});

describe("settings of the edge", () => {
	const { cluster } = projectSchema.parse({ name: "x" });
	const read = (env: Record<string, string>) => readSettings(env, cluster).edge;

	it("take lists and numbers", () => {
		expect(
			read({
				COORD_ORIGINS: " https://guide.example, http://localhost:4321 ",
				COORD_PUBLIC_HOSTS: "Status.example,[2001:db8::1]",
				COORD_CONNECTIONS: "40",
				COORD_METRICS_PORT: "9100",
				COORD_LOG: "json",
			}),
		).toEqual({
			origins: ["https://guide.example", "http://localhost:4321"],
			publicHosts: ["status.example", "[2001:db8::1]"],
			connections: 40,
			// Never more from one address than in all.
			connectionsPerAddress: 40,
			metricsPort: 9_100,
			logFormat: "json",
		});
	});

	it.each([
		[{ COORD_ORIGINS: "*" }, "COORD_ORIGINS: * would let every page"],
		[{ COORD_ORIGINS: "https://guide.example/" }, "did you mean https://guide.example?"],
		[{ COORD_ORIGINS: "HTTPS://Guide.example:443/x" }, "did you mean https://guide.example?"],
		[{ COORD_ORIGINS: "null" }, 'got "null"'],
		[{ COORD_ORIGINS: "guide.example" }, "expected https://host"],
		[{ COORD_ORIGINS: "file:///x" }, "expected https://host"],
		[{ COORD_PUBLIC_HOSTS: "status.example:80" }, "COORD_PUBLIC_HOSTS: expected a name or address without port"],
		[{ COORD_CONNECTIONS: "0" }, "COORD_CONNECTIONS: expected a whole number from 1 to 100000"],
		[{ COORD_CONNECTIONS_PER_ADDRESS: "many" }, "COORD_CONNECTIONS_PER_ADDRESS: expected a whole number"],
		[{ COORD_METRICS_PORT: "70000" }, "COORD_METRICS_PORT: expected a whole number"],
		[{ COORD_LOG: "xml" }, 'COORD_LOG: expected json or text, got "xml"'],
	])("%j is refused", (env, words) => {
		expect(() => read(env)).toThrow(UsageError);
		expect(() => read(env)).toThrow(words);
	});
});
