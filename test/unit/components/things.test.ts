// What pages of things make of the log and the catalog: conflicts at their key, at their port, by a team's part; claims by time.
import { expect, test } from "vitest";
import type { Conflict } from "#model/conflict-log";
import { claimTime, sortClaims } from "../../../src/components/claim-times.ts";
import { conflictsByKey, keyAnchor } from "../../../src/components/config-conflicts.ts";
import { portRows } from "../../../src/components/port-rows.ts";
import { openByPart, partOf } from "../../../src/components/team-conflicts.ts";

const conflict = (resource: string, more: Partial<Conflict> = {}) =>
	({ resource, state: "open", actor: null, owner: null, teams: [], ...more }) as unknown as Conflict;
const key = (name: string, ...children: ReturnType<typeof leaf>[]) => ({ ...leaf(name), children });
function leaf(name: string) {
	return { key: name, owner: "a", description: null, children: [] as never[] };
}

test("a conflict stands at the deepest key of content at or above its own", () => {
	const spaces = [key("training", leaf("sft")), key("train")];
	const at = (...resources: string[]) =>
		[
			...conflictsByKey(
				spaces,
				resources.map((one) => conflict(one)),
			),
		].map(([path, all]) => [path, all.length]);

	expect(at("config:training.sft", "config:training.sft.lr", "config:training.other")).toEqual([
		["training.sft", 2],
		["training", 1],
	]);
	// A key of nobody, a longer name that only begins alike, and what is no key at all.
	expect(at("config:rlhf", "config:trainings.sft", "path:training")).toEqual([]);
	expect(conflictsByKey(spaces, [conflict("config:train", { state: "resolved" })]).size).toBe(0);
});

test("an anchor holds no white space", () => {
	expect(keyAnchor("a b.c\td")).toBe("key-a~20~b.c~9~d");
	expect(keyAnchor("batch_size")).toBe("key-batch_size");
	const keys = ["a b", "a_b", "a\tb", "a  b", "a~20~b", "a~b"];
	expect(new Set(keys.map(keyAnchor)).size).toBe(keys.length);
});

test("ports in order, with what the log tells of each; a port that nobody registered has a line of its own", () => {
	const entry = (from: number, to: number) => ({ from, to, protocol: "tcp" as const, owner: "a", purpose: "P" });
	const told = [
		conflict("port:tcp/8100"),
		conflict("port:tcp/8000"),
		conflict("port:udp/8000", { state: "overridden" }),
		conflict("port:tcp/8100", { state: "resolved" }),
		conflict("path:x"),
	];
	const places = [
		{ use: "bind" as const, protocol: "tcp" as const, port: 8000, path: "api.py", line: 3 },
		{ use: "bind" as const, protocol: "udp" as const, port: 8000, path: "other.py", line: 4 },
		{ use: "bind" as const, protocol: "tcp" as const, port: 50_060, path: "node.py", line: 5 },
		{ use: "bind" as const, protocol: "tcp" as const, port: 50_100, path: "beyond.py", line: 6 },
	];
	const rows = portRows([entry(50_051, 50_099), entry(8000, 8000)], told, places);

	expect(
		rows.map(({ protocol, from, to, entry: has, conflicts }) => [protocol, from, to, has !== null, conflicts.length]),
	).toEqual([
		["tcp", 8000, 8000, true, 1],
		// Overridden is decided, and still bound.
		["udp", 8000, 8000, false, 0],
		["tcp", 8100, 8100, false, 1],
		["tcp", 50_051, 50_099, true, 0],
	]);
	// Where each is bound: the same port of another protocol, and the port after a range, are none of it.
	expect(rows.map(({ places: bound }) => bound.map(({ path }) => path))).toEqual([
		["api.py"],
		["other.py"],
		[],
		["node.py"],
	]);
});

test("a team's part in a conflict", () => {
	const code = "foreign-edit";
	const part = (actor: string | null, owner: string | null, ...teams: string[]) =>
		partOf({ code, actor, owner, teams }, "a");

	expect(part("b", "a", "a", "b")).toBe("as owner");
	expect(part("a", "b", "a", "b")).toBe("as actor");
	expect(part("a", null, "a")).toBe("as actor");
	expect(part("coordinator", "a", "a")).toBe("as owner");
	expect(part(null, null, "a", "b")).toBe("between");
	expect(part("b", null, "a", "b")).toBe("between");
	expect(part(null, "a", "a")).toBe("own affairs");
	// Which of two teams made it is what is asked: the same on the pages of both.
	const disputed = { code: "attribution-disagreement" as const, actor: "a", owner: null, teams: ["a", "b"] };
	expect([partOf(disputed, "a"), partOf(disputed, "b")]).toEqual(["between", "between"]);
	const all = [conflict("path:x", { teams: ["b"] }), conflict("path:y", { teams: ["a"], state: "resolved" })];
	expect(openByPart(all, "a").size).toBe(0);
});

test("a claim holds from its first instant to before its last; the bounds belong to one side only", () => {
	const claim = { fromAt: "2026-01-12T00:00:00Z", untilAt: "2026-01-17T00:00:00Z" };

	expect(claimTime(claim, "2026-01-11T23:59:59.999Z")).toBe("coming");
	expect(claimTime(claim, "2026-01-12T00:00:00.000Z")).toBe("in force");
	expect(claimTime(claim, "2026-01-16T23:59:59.999Z")).toBe("in force");
	expect(claimTime(claim, "2026-01-17T00:00:00.000Z")).toBe("ended");
});

test("what ends soonest first, what comes soonest, what ended last", () => {
	const claim = (from: number, until: number) => ({
		fromAt: `2026-01-${from}T00:00:00Z`,
		untilAt: `2026-01-${until}T00:00:00Z`,
	});
	const all = [claim(10, 30), claim(10, 25), claim(27, 28), claim(26, 29), claim(10, 11), claim(10, 12)];
	const sorted = sortClaims(all, "2026-01-20T00:00:00Z").map(({ time, claims }) => [
		time,
		claims.map((one) => all.indexOf(one)),
	]);

	expect(sorted).toEqual([
		["in force", [1, 0]],
		["coming", [3, 2]],
		["ended", [5, 4]],
	]);
});
