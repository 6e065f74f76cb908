// The address of a view of the log: every query survives the way there and back, and what is unknown is told.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	asksSomething,
	EVERYTHING,
	LEVELS,
	NOBODY,
	type Query,
	ROLES,
	readQuery,
	SORTS,
	STATES,
	writeQuery,
} from "../../../../src/islands/conflict-list/query.ts";

const KNOWN = { people: ["team-a", "team-b", "coordinator"], codes: ["foreign-edit", "port-foreign"] };

describe("a query as an address", () => {
	test.each<[string, Partial<Query>]>([
		["", {}],
		["?q=Adam+settings", { text: "Adam settings" }],
		["?team=team-b", { team: "team-b" }],
		["?team=team-b&as=owner", { team: "team-b", role: "owner" }],
		["?team=-", { team: NOBODY }],
		["?level=error,note", { levels: ["error", "note"] }],
		["?code=foreign-edit&state=unsettled", { code: "foreign-edit", state: "unsettled" }],
		["?path=src/**/*.py", { path: "src/**/*.py" }],
		["?from=2025-07-01&to=2025-07-31", { from: "2025-07-01", to: "2025-07-31" }],
		["?sort=most", { sort: "most" }],
		["?q=a%26b%3Dc%23d", { text: "a&b=c#d" }],
	])("%s", (address, parts) => {
		const query = { ...EVERYTHING, ...parts };

		expect(readQuery(address, KNOWN)).toEqual({ query, ignored: [] });
		expect(decodeURIComponent(writeQuery(query).replaceAll("*", "%2A"))).toBe(decodeURIComponent(address));
		expect(asksSomething(query)).toBe(address !== "");
	});

	test("any query comes back as it was sent", () => {
		const day = fc
			.integer({ min: 0, max: 20_000 })
			.map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
		const word = fc.string({ maxLength: 40, unit: "binary" }).map((text) => text.trim());
		const queries = fc.record({
			text: word,
			team: fc.constantFrom(null, ...KNOWN.people, NOBODY),
			role: fc.constantFrom(...ROLES),
			// All levels are the same as none: any.
			levels: fc.subarray([...LEVELS], { maxLength: 2 }),
			code: fc.constantFrom(null, ...KNOWN.codes),
			state: fc.constantFrom(null, ...STATES),
			path: word,
			from: fc.oneof(fc.constant(""), day),
			to: fc.oneof(fc.constant(""), day),
			sort: fc.constantFrom(...SORTS),
		});
		fc.assert(
			fc.property(queries, (sent) => {
				// A role says nothing without somebody who has it.
				const query = sent.team === null || sent.team === NOBODY ? { ...sent, role: "concerned" as const } : sent;

				expect(readQuery(writeQuery(query), KNOWN)).toEqual({ query, ignored: [] });
			}),
		);
	});
});

describe("what an address asks for and is not known", () => {
	test("is left out, each thing named", () => {
		const { query, ignored } = readQuery(
			"?team=team-x&level=error,fatal&code=nothing&state=closed&from=2025-02-30&to=soon&sort=best&as=victim",
			KNOWN,
		);

		expect(query).toEqual({ ...EVERYTHING, levels: ["error"] });
		expect(ignored).toEqual([
			{ name: "level", value: "fatal" },
			{ name: "team", value: "team-x" },
			{ name: "as", value: "victim" },
			{ name: "code", value: "nothing" },
			{ name: "state", value: "closed" },
			{ name: "from", value: "2025-02-30" },
			{ name: "to", value: "soon" },
			{ name: "sort", value: "best" },
		]);
	});

	test("near misses: an empty value, a name of somebody else's, and the same in capitals", () => {
		expect(readQuery("?team=&level=,,&utm_source=mail", KNOWN)).toEqual({ query: EVERYTHING, ignored: [] });
		expect(readQuery("?level=ERROR", KNOWN).ignored).toEqual([{ name: "level", value: "ERROR" }]);
	});

	test("a path may be as long as git takes one; what is longer is left out whole, not cut", () => {
		for (const [name, part] of [
			["q", "text"],
			["path", "path"],
		] as const) {
			expect(readQuery(`?${name}=${"a".repeat(4096)}`, KNOWN).query[part]).toHaveLength(4096);
			const { query, ignored } = readQuery(`?${name}=${"a".repeat(4097)}`, KNOWN);
			expect([query, ignored]).toEqual([EVERYTHING, [{ name, value: "a".repeat(60) }]]);
		}
	});

	test("is named in short", () => {
		expect(readQuery(`?team=${"a".repeat(5_000)}`, KNOWN).ignored[0]?.value).toHaveLength(60);
	});
});
