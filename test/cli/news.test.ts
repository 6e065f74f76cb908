// content/news.json as audits leave it: told once, kept while the log stays as it is, and never told of another history.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { News } from "#model/news";
import { audit } from "#test/audit-command";
import { writeContent } from "#test/golden";
import { cloneRepo, makeRepo, type Step } from "#test/make-repo";

vi.setConfig({ testTimeout: 60_000 });

const files = {
	"project.yaml": "name: P\n",
	"teams/team-a.yaml": "name: Team A\nidentities: { emails: ['*@a.example'] }\n",
	"teams/team-b.yaml": "name: Team B\nidentities: { emails: ['*@b.example'] }\n",
	"ownership/team-a.yaml": "owner: team-a\nmode: exclusive\nrules:\n  - pattern: /a/\n",
};
const first: Step = { say: "One", by: "Ann <ann@a.example>", at: "2025-07-01T10:00", write: { "a/x": "1" } };
const foreign: Step = { say: "Two", by: "Ben <ben@b.example>", at: "2025-07-05T10:00", write: { "a/x": "2" } };

const newsIn = (content: string): News => JSON.parse(readFileSync(join(content, "news.json"), "utf8"));
const kindsIn = (content: string) => newsIn(content).changes.map(({ kind, code }) => `${kind} ${code}`);

test("none at first; the new conflict once; kept while nothing changes; gone when it goes", async () => {
	const content = writeContent(files);
	const [clean, dirty] = [makeRepo([first]), makeRepo([first, foreign])];
	expect((await audit(["--repo", clean.dir, "--content", content])).stderr).toBe("");
	expect(newsIn(content).previous).toBeNull();

	expect((await audit(["--repo", dirty.dir, "--content", content])).stderr).toBe("");
	expect(kindsIn(content)).toEqual(["new foreign-edit"]);
	expect(newsIn(content).previous?.head).toBe(clean.oids[0]);

	await audit(["--repo", dirty.dir, "--content", content]);
	expect(kindsIn(content)).toEqual(["new foreign-edit"]);

	writeFileSync(join(content, "ownership/team-a.yaml"), files["ownership/team-a.yaml"].replace("/a/", "/b/"));
	await audit(["--repo", dirty.dir, "--content", content]);
	expect(kindsIn(content)).toEqual(["gone foreign-edit", "new rule-unmatched"]);
});

test("a shallow clone of the same head: nothing is gone, and nothing new when it is whole again", async () => {
	const content = writeContent(files);
	const whole = makeRepo([first, foreign, { ...first, say: "Three", at: "2025-07-09T10:00" }]);
	const shallow = cloneRepo(whole, "--depth=1");
	await audit(["--repo", whole.dir, "--content", content]);
	const args = ["--repo", shallow.dir, "--content", content, "--allow-incomplete"];
	await audit(args);
	expect(newsIn(content)).toMatchObject({ previous: { head: whole.oids[2], complete: true }, changes: [] });
	await audit(["--repo", whole.dir, "--content", content]);
	expect(newsIn(content)).toMatchObject({ previous: { head: whole.oids[2], complete: false }, changes: [] });
});

test("a log that goes elsewhere replaces none, and tells no news", async () => {
	const content = writeContent(files);
	await audit(["--repo", makeRepo([first]).dir, "--content", content]);
	const before = newsIn(content);
	await audit(["--repo", makeRepo([first, foreign]).dir, "--content", content, "--format", "json", "--out", "-"]);
	expect(newsIn(content)).toEqual(before);
});

test.each([
	["of another repository", "is of P", { "project.yaml": "name: Q\n" }],
	["of another history", "names no commit of this history", {}],
])("a log %s is said and not compared", async (_what, reason, changed: Record<string, string>) => {
	const content = writeContent(files);
	const strange: Step = { ...first, at: "2024-01-01T10:00" };
	await audit(["--repo", makeRepo([strange]).dir, "--content", content]);
	for (const [name, text] of Object.entries(changed)) writeFileSync(join(content, name), text);

	const { stderr, code } = await audit(["--repo", makeRepo([first, foreign]).dir, "--content", content]);
	expect({ stderr, code }).toEqual({
		stderr: `no news are told of this log: the one it replaces ${reason}\n`,
		code: 0,
	});
	expect(newsIn(content)).toMatchObject({ previous: null, changes: [] });
});

test.each([
	["no JSON", "<!doctype html>"],
	["a log of another version", '{"version":2,"repository":{},"conflicts":[]}'],
])("%s in its place is said, and replaced", async (_what, text) => {
	const content = writeContent(files);
	writeFileSync(join(content, "conflict-log.json"), text);
	writeFileSync(join(content, "news.json"), text);
	const { stderr, code } = await audit(["--repo", makeRepo([first]).dir, "--content", content]);
	expect(code).toBe(0);
	expect(stderr).toBe("no news are told of this log: the one it replaces cannot be read as one of this version\n");
	expect(newsIn(content)).toMatchObject({ version: 1, previous: null });
});
