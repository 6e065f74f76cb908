// What the built site says to machines: every answer by its published schema and an independent validator.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import type { z } from "zod";
import { type AnswerName, answers } from "#model/published";
import { formatJson } from "#report/json";
import { schemaErrors } from "#test/json-schema";

const DIST = process.env["COORD_DIST"] ?? "dist";
const read = (path: string): string => readFileSync(join(DIST, path), "utf8");
const readJson = (path: string) => JSON.parse(read(path));
const names = Object.keys(answers) as AnswerName[];

interface Listed {
	readonly answers: readonly { readonly name: string; readonly address: string; readonly schema: string }[];
	readonly contentSchemas: readonly { readonly schema: string }[];
}

for (const name of names) {
	test(`${name}.json is as its published schema says, holds nothing else, and reads back to the same bytes`, () => {
		const text = read(`api/v1/${name}.json`);
		const value = JSON.parse(text);
		expect(schemaErrors(readJson(`api/v1/schemas/${name}.schema.json`), value)).toEqual([]);
		const schema: z.ZodType = answers[name].schema;
		expect(JSON.stringify(schema.parse(value))).toBe(JSON.stringify(value));
		if (!["look-up", "paths"].includes(name)) expect(formatJson(value)).toBe(text);
		// The list of paths tells the head alone.
		const { head, headAt, complete } = name === "paths" ? { ...value, complete: value.isRead } : value.repository;
		expect({ version: value.version, headAt, complete }).toEqual({
			version: 1,
			headAt: "2025-07-31T15:05:00Z",
			complete: true,
		});
		expect(head).toMatch(/^[0-9a-f]{40}$/);
	});
}

test("the schemas refuse what is broken", () => {
	const { repository: _gone, ...headless } = readJson("api/v1/rules.json");
	expect(schemaErrors(readJson("api/v1/schemas/rules.schema.json"), headless)).toEqual([
		" must have required property 'repository'",
	]);
	const conflicts = readJson("api/v1/conflicts.json");
	conflicts.conflicts[0].level = "fatal";
	expect(schemaErrors(readJson("api/v1/schemas/conflicts.schema.json"), conflicts)).toEqual([
		"/conflicts/0/level must be equal to one of the allowed values",
	]);
});

test("the index lists every file below /api/v1/, and nothing that is not there", () => {
	const index: Listed = readJson("api/v1/index.json");
	const there = readdirSync(join(DIST, "api/v1"), { recursive: true, encoding: "utf8" }).filter((file) =>
		file.endsWith(".json"),
	);
	const listed = [
		...index.answers.flatMap(({ address, schema }) => [address, schema]),
		...index.contentSchemas.map(({ schema }) => schema),
	];
	expect(listed.sort()).toEqual(there.map((file) => `/api/v1/${file}`).sort());
});

test("log.json is byte for byte conflict-log.json, and conflicts.json tells the same conflicts", () => {
	expect(read("api/v1/log.json")).toBe(read("conflict-log.json"));
	const log = readJson("conflict-log.json");
	const compact = readJson("api/v1/conflicts.json");
	const told = (conflict: { id: string; state: string }) => [conflict.id, conflict.state];
	expect(compact.conflicts.map(told)).toEqual(log.conflicts.map(told));
	expect(compact.conflicts[0].occurrences).toBe(log.conflicts[0].occurrences.length);
});
