// Which ports are free, by hand: what is taken is never offered, and no two teams are told the same.
import { expect, test } from "vitest";
import type { Port } from "#model/agreement";
import { freeRanges, portOf, proposePorts } from "../../../src/components/free-ports.ts";

const port = (from: number, to = from, owner = "a", protocol: Port["protocol"] = "tcp"): Port => ({
	from,
	to,
	owner,
	protocol,
	purpose: "P",
});
const tcp = (number: number) => ({ protocol: "tcp" as const, port: number });

test("between what is registered and what is bound lies what is free; system and handed-out ports are not offered", () => {
	expect(freeRanges("tcp", [], [])).toEqual([{ from: 1024, to: 32_767 }]);
	expect(freeRanges("tcp", [port(8000), port(50_051, 50_099)], [tcp(8001), tcp(22)])).toEqual([
		{ from: 1024, to: 7999 },
		{ from: 8002, to: 32_767 },
	]);
});

test("neighbours leave nothing between them, and one free port is a range of one", () => {
	expect(freeRanges("tcp", [port(1024, 8000), port(8002, 32_767)], [])).toEqual([{ from: 8001, to: 8001 }]);
	expect(freeRanges("tcp", [port(1024, 8000), port(8001, 32_767)], [])).toEqual([]);
	expect(freeRanges("tcp", [port(1000, 32_700)], [tcp(32_705), tcp(5000)])).toEqual([
		{ from: 32_701, to: 32_704 },
		{ from: 32_706, to: 32_767 },
	]);
	expect(freeRanges("tcp", [port(30_000, 40_000)], [])).toEqual([{ from: 1024, to: 29_999 }]);
});

test("udp takes nothing of tcp", () => {
	expect(freeRanges("tcp", [port(8000, 8000, "a", "udp")], [{ protocol: "udp", port: 9000 }])).toHaveLength(1);
	expect(freeRanges("udp", [port(8000, 8000, "a", "udp")], [])).toHaveLength(2);
});

test("a team is told the first free port after its own highest, others the next ones", () => {
	const ports = [port(8000), port(9000, 9001, "b"), port(50_051, 50_099)];
	// 8001 is bound by something nobody registered; 9002 is free; c has none, so it comes after everybody's below 32768.
	expect(proposePorts(["a", "b", "c"], "tcp", ports, [tcp(8001)])).toEqual([
		{ team: "a", port: 8002, after: ports[0] },
		{ team: "b", port: 9002, after: ports[1] },
		{ team: "c", port: 9003, after: null },
	]);
});

test("no two teams are told the same; without any entry it begins at 8000; where nothing is free nothing is told", () => {
	expect(proposePorts(["a", "b"], "tcp", [], []).map((one) => one.port)).toEqual([8000, 8001]);
	expect(proposePorts(["a", "b"], "tcp", [port(1024, 32_766)], []).map((one) => one.port)).toEqual([32_767]);
	// Above its own nothing is left: the first free one from below.
	expect(proposePorts(["a"], "tcp", [port(32_766), port(32_767, 32_767, "b")], [])).toMatchObject([{ port: 1024 }]);
});

test("the port of a resource", () => {
	expect(portOf("port:udp/53")).toEqual({ protocol: "udp", port: 53 });
	expect(portOf("path:port:tcp/8000")).toBeNull();
	expect(portOf("port:tcp/8000-8010")).toBeNull();
});
