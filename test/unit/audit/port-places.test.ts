// Where ports are bound, as the pages are told.
import { expect, test } from "vitest";
import { portPlaces, showPlaces } from "#audit/port-binds";
import { rawPath } from "#model/history";
import type { PortUse } from "#model/tree-facts";

const place = (
	path: string,
	port: number,
	line: number,
	protocol: PortUse["protocol"] = "tcp",
	use: PortUse["use"] = "bind",
) => ({
	path: rawPath(path),
	use: { port, protocol, line, use, how: "call", starts: null } satisfies PortUse,
});

test("each place once, by port, protocol, path and line; paths as they are shown", () => {
	const binds = [
		place("b.py", 8000, 2),
		place("a.py", 8000, 10),
		place("a.py", 8000, 9),
		place("a.py", 8000, 9),
		place("z.py", 80, 1),
		place("a.py", 80, 1, "udp"),
		place("über.py", 9000, 1),
		place("a.py", 9000, 1, "tcp", "mention"),
	];
	expect(
		showPlaces(binds).map(({ use, port, protocol, path, line }) => `${port}/${protocol} ${path}:${line} ${use}`),
	).toEqual([
		"80/tcp z.py:1 bind",
		"80/udp a.py:1 bind",
		"8000/tcp a.py:9 bind",
		"8000/tcp a.py:10 bind",
		"8000/tcp b.py:2 bind",
		"9000/tcp über.py:1 bind",
		"9000/tcp a.py:1 mention",
	]);
	expect(showPlaces([])).toEqual([]);
});

test("a registered port is told where it is named, a port that nobody registered only where it is bound", () => {
	const entry = { from: 8000, to: 8001, protocol: "tcp" as const, owner: "a", purpose: "P" };
	const mention = (port: number, line: number, how: PortUse["how"]): PortUse => {
		return { port, protocol: "tcp", line, use: "mention", how, starts: null };
	};
	const uses = [mention(8000, 1, "assignment"), mention(8001, 2, "prose"), mention(8002, 3, "assignment")];
	const ports = new Map([["a.py", { uses, listens: false }]]);
	const seen = { facts: { ports }, catalog: { ports: [entry] } } as unknown as Parameters<typeof portPlaces>[0];
	expect(portPlaces(seen, [])).toEqual([{ use: "mention", protocol: "tcp", port: 8000, path: "a.py", line: 1 }]);
});
