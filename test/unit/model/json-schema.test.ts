// The schemas that are published of content/, judged by another validator than the one they are made from.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { contentSchemas } from "#model/content-schemas";
import { answerJsonSchema, contentJsonSchema } from "#model/json-schema";
import { schemaErrors } from "#test/json-schema";

const TITLE = { title: "A file", id: null };
const content = join(import.meta.dirname, "../../../content");
const schemaOf = (kind: keyof typeof contentSchemas) => contentJsonSchema(contentSchemas[kind], TITLE);

const yamlFiles = readdirSync(content, { recursive: true, encoding: "utf8" })
	.filter((file) => file.endsWith(".yaml"))
	.map((file) => [file, file.replace(/\.yaml$/, "").split("/")[0] as keyof typeof contentSchemas] as const);

test("the project's own files are found", () => expect(yamlFiles.length).toBeGreaterThan(10));

test.each(yamlFiles)("content/%s is valid by the schema of %s", (file, kind) => {
	expect(schemaErrors(schemaOf(kind), parse(readFileSync(join(content, file), "utf8")))).toEqual([]);
});

test.each([
	["a team's key file as a bare pattern", "teams", { name: "A", keyFiles: ["src/", { pattern: "x.py", note: "NEW" }] }],
	["a critical port", "teams", { name: "A", critical: [{ resource: "port:tcp/8000" }, "x.py"] }],
	["a node as a bare address", "project", { name: "P", cluster: { nodes: ["10.0.0.5:50051", { address: "a:1" }] } }],
	[
		"one conflict",
		"resolutions",
		{ conflict: "CF-ABCDEFGHIJ", state: "paused", by: "C", at: "2025-07-31", reason: "r" },
	],
	["nested keys", "namespaces", { key: "a", owner: "t", children: [{ key: "b", owner: "t", children: [] }] }],
] as const)("valid: %s", (_what, kind, value) => {
	expect(schemaErrors(schemaOf(kind), value)).toEqual([]);
});

test.each([
	["no name", "teams", { title: "T" }, " must have required property 'name'"],
	["a key nobody knows", "teams", { name: "A", nmae: "B" }, " must NOT have additional properties"],
	["a number for a pattern", "teams", { name: "A", keyFiles: [7] }, "/keyFiles/0 must be string"],
	["a port beyond the last", "ports", [{ port: 70_000, owner: "a", purpose: "x" }], "/0/port must be <= 65535"],
	[
		"no such mode",
		"ownership",
		{ mode: "mine", owner: "a", rules: [{ pattern: "x" }] },
		"/mode must be equal to constant",
	],
	[
		"a date in words",
		"claims",
		{ resource: "path:x", team: "a", agreedBy: "C", from: "today", until: "2025-01-01", reason: "r" },
		"/from must match pattern",
	],
	[
		"a key of a key",
		"namespaces",
		{ key: "a", owner: "t", children: [{ key: "b" }] },
		"/children/0 must have required property 'owner'",
	],
] as const)("refused: %s", (_what, kind, value, message) => {
	expect(schemaErrors(schemaOf(kind), value).some((error) => error.startsWith(message))).toBe(true);
});

test("an answer's schema lets fields be added and refuses what is missing or of another type", () => {
	const schema = answerJsonSchema(
		z.strictObject({ at: z.iso.datetime(), list: z.array(z.strictObject({ n: z.int() })).readonly() }),
		TITLE,
	);

	expect(schemaErrors(schema, { at: "2025-07-31T14:45:00Z", list: [{ n: 1, new: true }], more: {} })).toEqual([]);
	expect(schemaErrors(schema, { at: "yesterday", list: [] })).not.toEqual([]);
	expect(schemaErrors(schema, { at: "2025-07-31T14:45:00Z", list: [{ n: 1.5 }] })).toEqual([
		"/list/0/n must be integer",
	]);
	expect(schemaErrors(schema, { list: [] })).toEqual([" must have required property 'at'"]);
	expect(JSON.stringify(schema)).not.toMatch(/readOnly|9007199254740991/);
});

test("a schema is called by its address where that is known", () => {
	const id = "https://example.org/api/v1/schemas/x.schema.json";
	expect(answerJsonSchema(z.string(), { title: "X", id })).toEqual({
		$schema: "https://json-schema.org/draft/2020-12/schema",
		$id: id,
		title: "X",
		type: "string",
	});
});
