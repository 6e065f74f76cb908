// What is fetched is believed only if the published schema would: anything else is no answer.
import { expect, test } from "vitest";
import type { z } from "zod";
import { readLookUp } from "#islands/look-up/read-look-up.ts";
import { readPaths } from "#islands/look-up/read-paths.ts";
import { answerJsonSchema } from "#model/json-schema";
import { type LookUpFile, lookUpFileSchema } from "#model/look-up";
import { type PathList, pathListSchema } from "#model/path-list";
import { schemaTest } from "#test/json-schema";

const at = "2025-07-31T15:05:00Z";
const lookUp: LookUpFile = {
	version: 1,
	repository: { name: "P", head: "abc", headAt: at, complete: true, isSample: false },
	data: {
		teams: [{ id: "team-a", name: "Team A" }],
		coordinator: "Desk",
		coordinatorWord: "desk",
		trailer: "Team",
		coordinationTrailer: "Coordinated-by",
		rules: [
			{
				file: "content/ownership/team-a.yaml",
				line: 4,
				mode: "exclusive",
				owner: "team-a",
				pattern: "*.py",
				except: ["vendor/"],
				fromAt: at,
				untilAt: at,
				purpose: "own",
				risk: "high",
				protocol: "Ask",
				note: "n",
			},
		],
		sharedProtocol: ["Ask"],
		claims: [{ id: "c", resource: "path:x", team: "team-a", agreedBy: "Desk", reason: "r", fromAt: at, untilAt: at }],
		contracts: [{ id: "api", title: "API", from: "team-a", to: "team-b", source: "api.py" }],
		promises: [
			{
				contract: "api",
				title: "API",
				from: "team-a",
				to: "team-b",
				what: "Api.run",
				path: "api.py",
				line: 3,
				state: "kept",
				isProved: true,
			},
		],
		conflicts: [
			{
				id: "CF-ABCDEFGHIJ",
				code: "foreign-edit",
				level: "error",
				state: "open",
				source: "history",
				teams: ["team-a"],
				message: "m",
				paths: ["api.py"],
			},
		],
	},
	pages: { teams: { "team-a": "/t" }, contracts: { api: "/c" }, conflicts: { x: "/x" }, rules: { y: "/y" } },
	edit: { y: "https://example.org/y" },
};
const paths: PathList = {
	version: 1,
	head: "abc",
	headAt: at,
	isRead: true,
	count: 1,
	folders: { "src/": ["x"] },
	pathBytes: { "src/x": "c3JjL3g=" },
};

/** The document with one thing in it taken away, made another type, or added, for everything in it. */
function* damaged(whole: unknown): Generator<{ path: string; json: string }> {
	const places = function* (value: unknown, path: string[]): Generator<string[]> {
		yield path;
		if (typeof value !== "object" || value === null) return;
		for (const [name, inner] of Object.entries(value)) yield* places(inner, [...path, name]);
	};
	for (const path of places(whole, [])) {
		for (const wrong of [undefined, null, 7.5, {}, [[7]], [{}]]) {
			const copy = structuredClone(whole) as Record<string, unknown>;
			const last = path.at(-1);
			const holder = path.slice(0, -1).reduce((inner, name) => inner[name] as Record<string, unknown>, copy);
			if (last === undefined) continue;
			if (wrong === undefined) delete holder[last];
			else holder[last] = wrong;
			yield { path: path.join("."), json: JSON.stringify(copy) };
		}
		yield { path: path.join("."), json: addTo(whole, path) };
	}
}

function addTo(whole: unknown, path: readonly string[]): string {
	const copy = structuredClone(whole) as Record<string, unknown>;
	const holder = path.reduce((inner, name) => inner[name] as Record<string, unknown>, copy);
	if (typeof holder === "object" && holder !== null && !Array.isArray(holder)) holder["more"] = 7.5;
	return JSON.stringify(copy);
}

const published = (schema: z.ZodType) => schemaTest(answerJsonSchema(schema, { title: "x", id: null }));

test.each([
	["look-up.json", lookUp, readLookUp, published(lookUpFileSchema)],
	["paths.json", paths, readPaths, published(pathListSchema)],
] as const)(
	"%s: whatever is wrong in its shape, or was added to it, the browser sees it as the published schema does",
	(_name, whole, read, isValid) => {
		expect(read(JSON.stringify(whole))).toEqual(whole);
		let refused = 0;
		let added = 0;
		for (const { path, json } of damaged(whole)) {
			const isGood = isValid(JSON.parse(json));
			if (!isGood) refused++;
			else if (json.includes('"more"')) added++;
			if (!isGood) expect([path, json, read(json)]).toEqual([path, json, null]);
			else if (path !== "count" && !path.startsWith("folders")) expect([path, read(json)]).not.toEqual([path, null]);
		}
		expect(refused).toBeGreaterThan(20);
		expect(added).toBeGreaterThan(0);
	},
);

test("a field that a later build adds is no damage; a version that is another is", () => {
	const later = { ...lookUp, since: "2026", data: { ...lookUp.data, more: [1] } };
	expect(readLookUp(JSON.stringify(later))).toEqual(later);
	expect(readLookUp(JSON.stringify({ ...lookUp, version: 2 }))).toBeNull();
});

test("half a file, a page of an error and a list that lost paths are refused", () => {
	const json = JSON.stringify(lookUp);
	expect(readLookUp(json.slice(0, -1))).toBeNull();
	expect(readLookUp("<!doctype html>")).toBeNull();
	expect(readPaths(JSON.stringify({ ...paths, count: 2 }))).toBeNull();
	expect(readPaths(JSON.stringify({ ...paths, folders: { src: ["x"] } }))).toBeNull();
});
