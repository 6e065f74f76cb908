// The log as SARIF 2.1.0: valid by the official schema, within code scanning's limits, text and nothing but text.
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Conflict, ConflictLog } from "#model/conflict-log";
import { FINDING_CODES } from "#model/finding";
import { formatSarif } from "#report/sarif";
import { pathUri, plainMessage } from "#report/sarif-result";
import { makeConflict, makeLog, makeOccurrence } from "#test/make-log";
import { sarifErrors } from "#test/sarif-schema";

// biome-ignore lint/suspicious/noExplicitAny: a foreign format, judged by its schema
type Any = any;

const options = { toolVersion: "1.2.3" };

function documents(log: ConflictLog, more: Partial<Parameters<typeof formatSarif>[1]> = {}): Any[] {
	return formatSarif(log, { ...options, ...more }).map((text) => JSON.parse(text));
}

function runOf(log: ConflictLog, more = {}): Any {
	const all = documents(log, more);
	expect(all).toHaveLength(1);
	expect(all[0].runs).toHaveLength(1);
	expect(sarifErrors(all[0])).toEqual([]);
	return all[0].runs[0];
}

const resultOf = (conflict: Partial<Conflict>): Any =>
	runOf(makeLog({ conflicts: [makeConflict(conflict)] })).results[0];

/** Ids that are well formed and differ. */
const idOf = (number: number) =>
	`CF-${String(number)
		.padStart(10, "0")
		.replace(/\d/g, (digit) => String.fromCharCode(65 + Number(digit)))}`;

const settled: Conflict["resolution"] = {
	file: "content/resolutions/x.yaml",
	state: "overridden",
	by: "Desk",
	at: "2025-07-21T10:00:00Z",
	reason: "agreed by both",
	until: null,
	steps: [{ step: "asked team-a", at: "2025-07-21" }],
};

test("the schema that judges is not asleep", () => {
	expect(sarifErrors({ version: "2.1.0" })).not.toEqual([]);
	expect(sarifErrors({ version: "2.0.0", runs: [] })).not.toEqual([]);
	const uri = (text: string) => ({
		version: "2.1.0",
		runs: [{ tool: { driver: { name: "x" } }, artifacts: [{ location: { uri: text } }] }],
	});
	expect(sarifErrors(uri("a%20b"))).toEqual([]);
	expect(sarifErrors(uri("a b"))).not.toEqual([]);
});

describe("a conflict is a result", () => {
	test("rule, level, message, place, fingerprint and commits", () => {
		const result = resultOf({});

		expect(result).toMatchObject({
			ruleId: "foreign-edit",
			level: "error",
			message: {
				text: "Team B changed api/app.py, which belongs to Team A alone. Team B: stop changing it and show the change to Team A.",
			},
			partialFingerprints: { "coordinationConflictId/v1": "CF-AAAAAAAAAA" },
			properties: { state: "open", actor: "team-b", owner: "team-a", commits: [{ id: "a".repeat(40) }] },
		});
		expect(result.locations).toHaveLength(1);
		expect(result.locations[0].physicalLocation).toEqual({
			artifactLocation: { uri: "api/app.py", uriBaseId: "REPOSITORY" },
			region: { startLine: 1 },
		});
		expect(result.properties.commits[0].attribution).toEqual({
			team: "team-b",
			confidence: "derived",
			evidence: "team-b derived from the address ben@b.example",
		});
		expect(result).not.toHaveProperty("suppressions");
	});

	test("the rule it points at is its code, with help made of the code's words", () => {
		const run = runOf(makeLog({ conflicts: [makeConflict({ code: "rule-unmatched" })] }));
		const { rules } = run.tool.driver;

		expect(rules.map((rule: Any) => rule.id)).toEqual([...FINDING_CODES]);
		const rule = rules[run.results[0].ruleIndex];
		expect(rule).toMatchObject({
			id: "rule-unmatched",
			shortDescription: { text: "Rule that guards nothing" },
			fullDescription: {
				text: expect.stringContaining("An ownership rule in force matches no tracked file at the head."),
			},
			properties: { tags: ["coordination", "tree"] },
		});
		expect(rule.help.text).toContain("What to do: Correct the pattern");
		expect(JSON.stringify(run)).not.toContain('"markdown"');
		for (const { fullDescription } of rules) expect(fullDescription.text.length).toBeLessThanOrEqual(1024);
	});

	test("a line is kept; one path is one location however often it was changed", () => {
		const place = (path: string, line: number) => makeOccurrence({ commit: null, path, location: { line } });
		const result = resultOf({ occurrences: [place("a.yaml", 5), place("a.yaml", 5), place("b.yaml", 7)] });

		expect(
			result.locations.map(({ physicalLocation: { artifactLocation, region } }: Any) => [
				artifactLocation.uri,
				region.startLine,
			]),
		).toEqual([
			["a.yaml", 5],
			["b.yaml", 7],
		]);
	});

	test("a finding about no file has a location that names none, and the resource in words", () => {
		const result = resultOf({
			code: "unknown-team",
			resource: "identity:dev@x.example",
			occurrences: [makeOccurrence({ path: null, change: null })],
		});

		expect(result.locations).toEqual([
			{
				physicalLocation: {
					artifactLocation: { uri: "no%20file%20associated%20with%20this%20alert", uriBaseId: "REPOSITORY" },
					region: { startLine: 1 },
				},
				logicalLocations: [{ fullyQualifiedName: "identity:dev@x.example", kind: "resource" }],
			},
		]);
	});

	test("two conflicts on one file are two alerts, also for a host that knows one fingerprint only", () => {
		const { results } = runOf(
			makeLog({ conflicts: [makeConflict(), makeConflict({ id: "CF-BBBBBBBBBB", actor: "team-c" })] }),
		);
		const hashes = results.map((result: Any) => result.partialFingerprints.primaryLocationLineHash);

		expect(new Set(hashes).size).toBe(2);
	});
});

describe("decisions", () => {
	test("a settled conflict is suppressed, with who decided and why", () => {
		expect(resultOf({ state: "overridden", resolution: settled }).suppressions).toEqual([
			{
				kind: "external",
				status: "accepted",
				justification: "overridden by Desk: agreed by both",
				properties: {
					state: "overridden",
					file: "content/resolutions/x.yaml",
					at: "2025-07-21T10:00:00Z",
					until: null,
					steps: [{ step: "asked team-a", at: "2025-07-21" }],
				},
			},
		]);
	});

	test.each(["acknowledged", "paused"] as const)("one that is %s still wants attention: no suppression", (state) => {
		const result = resultOf({ state, resolution: { ...settled, state } });

		expect(result).not.toHaveProperty("suppressions");
		expect(result.properties.state).toBe(state);
	});

	test("a later episode names the first", () => {
		expect(resultOf({ episode: 2, firstEpisode: "CF-ZZZZZZZZZZ" }).properties).toMatchObject({
			episode: 2,
			firstEpisode: "CF-ZZZZZZZZZZ",
		});
	});

	test("orphaned resolutions are told", () => {
		const orphanedResolutions = [{ file: "content/resolutions/y.yaml", conflict: "CF-ZZZZZZZZZZ" }];

		expect(JSON.stringify(runOf(makeLog({ orphanedResolutions })).invocations)).toContain(
			"content/resolutions/y.yaml decides CF-ZZZZZZZZZZ, which the audit does not find.",
		);
	});
});

describe("what was read", () => {
	test("provenance names repository, commit and ref; without an address it is left out", () => {
		const url = "https://git.example/team/code";

		expect(runOf(makeLog(), { repositoryUrl: url }).versionControlProvenance).toEqual([
			{
				repositoryUri: url,
				revisionId: "f".repeat(40),
				branch: "HEAD",
				mappedTo: { uriBaseId: "REPOSITORY" },
			},
		]);
		expect(runOf(makeLog())).not.toHaveProperty("versionControlProvenance");
	});

	test("a history that was not read whole is said, with its gaps, also when nothing was found", () => {
		const log = makeLog();
		const run = runOf({
			...log,
			repository: { ...log.repository, complete: false, gaps: ["The clone is shallow."] },
		});

		expect(run.properties.isHistoryComplete).toBe(false);
		expect(run.invocations[0].toolExecutionNotifications.map((one: Any) => [one.level, one.message.text])).toEqual([
			["error", "The history was not read whole. That nothing was found in the rest is not known."],
			["warning", "The clone is shallow."],
		]);
		expect(runOf(log).invocations[0].toolExecutionNotifications).toEqual([]);
		expect(runOf(log, { sinceAt: "2025-07-01T00:00:00Z" }).properties.judgedFrom).toBe("2025-07-01T00:00:00Z");
	});
});

describe("limits of code scanning", () => {
	test("12,001 conflicts are three parts of at most 5,000, each under its own category, each saying so", () => {
		const conflicts = Array.from({ length: 12_001 }, (_, index) => makeConflict({ id: idOf(index) }));
		const texts = formatSarif(makeLog({ conflicts }), options);
		const runs = texts.map((text) => JSON.parse(text).runs[0]);

		expect(runs.map((run) => run.results.length)).toEqual([5_000, 5_000, 2_001]);
		expect(runs.map((run) => run.automationDetails.id)).toEqual([
			"coordination-audit/",
			"coordination-audit/part-2/",
			"coordination-audit/part-3/",
		]);
		expect(runs[1].automationDetails.description.text).toMatch(/^Part 2 of 3: conflicts 5001 to 10000 of 12001/);
		expect(runs[1].invocations[0].toolExecutionNotifications[0].message.text).toMatch(/^Part 2 of 3: /);
		const ids = runs.flatMap((run) => run.results.map((result: Any) => result.properties.conflict));
		expect(new Set(ids).size).toBe(12_001);
		for (const text of texts) {
			expect(sarifErrors(JSON.parse(text))).toEqual([]);
			expect(gzipSync(text).length).toBeLessThan(10_000_000);
		}
	}, 60_000);

	test("a file ends before 10 MB whatever the text", () => {
		const heavy = Array.from({ length: 30 }, (_, index) =>
			makeConflict({ id: idOf(index), message: `${index}${"\u{1f600}".repeat(250_000)}` }),
		);
		const texts = formatSarif(makeLog({ conflicts: heavy }), options);

		expect(texts.length).toBeGreaterThan(2);
		for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThan(10_000_000);
	}, 60_000);

	test("new conflicts open new parts and leave the older parts as they were", () => {
		const conflicts = [1, 2, 3].map((day) => makeConflict({ id: idOf(day), firstAt: `2025-07-0${day}T00:00:00Z` }));
		const parts = (all: readonly Conflict[]) =>
			documents(makeLog({ conflicts: [...all].reverse() }), { limits: { results: 2 } }).map((one) =>
				one.runs[0].results.map((result: Any) => result.properties.conflict),
			);

		expect(parts(conflicts)).toEqual([[idOf(1), idOf(2)], [idOf(3)]]);
		expect(parts([...conflicts, makeConflict({ id: idOf(0), firstAt: "2025-07-09T00:00:00Z" })])).toEqual([
			[idOf(1), idOf(2)],
			[idOf(3), idOf(0)],
		]);
	});

	test("1,000 locations a result; commits beyond fifty are counted", () => {
		const occurrences = Array.from({ length: 1_500 }, (_, index) =>
			makeOccurrence({ commit: index.toString(16).padStart(40, "0"), path: `p/${index}` }),
		);
		const result = resultOf({ occurrences });

		expect(result.locations).toHaveLength(1_000);
		expect(result.properties).toMatchObject({ occurrences: 1_500, commitsNotListed: 1_450 });
	});

	test("an empty log is one document with no results", () => {
		expect(runOf(makeLog()).results).toEqual([]);
	});
});

describe("paths as URIs", () => {
	test.each([
		["src/a b.py", "src/a%20b.py"],
		["a%20b", "a%2520b"],
		["a:b/c", "a%3Ab/c"],
		["C:\\x", "C%3A%5Cx"],
		["a?b#c", "a%3Fb%23c"],
		["[id].astro", "%5Bid%5D.astro"],
		["日.py", "%E6%97%A5.py"],
		["a\nb", "a%0Ab"],
		["..a/b..", "..a/b.."],
	])("%j is %s", (path, uri) => {
		expect(pathUri(path)).toBe(uri);
		expect(decodeURIComponent(uri)).toBe(path);
	});

	test("bytes that are no UTF-8 are encoded as the bytes they are", () => {
		const bytes = Buffer.from([0x73, 0x2f, 0xff, 0xfe, 0x2e, 0x70, 0x79]);

		expect(pathUri("s/\\xFF\\xFE.py", bytes.toString("base64"))).toBe("s/%FF%FE.py");
	});

	test.each(["../x", "a/../b", "/etc/passwd", "a//b", "./a", "", "..", "a/"])(
		"%j would lead a reader elsewhere: none",
		(path) => {
			expect(pathUri(path)).toBeNull();
		},
	);
});

test("a message holds no embedded link and no placeholder; other brackets stay as they are", () => {
	expect(plainMessage("[click](https://evil.example)")).toBe("[click\\](https://evil.example)");
	expect(plainMessage("[a\\](b)")).toBe("[a\\\\\\](b)");
	expect(plainMessage("src/pages/[id]/(group)/{slug}.astro")).toBe("src/pages/[id]/(group)/{slug}.astro");
	expect(plainMessage("{0} {{1}}")).toBe("{{0}} {{{1}}}");
	expect(plainMessage("a\u202eb\x1b[31m\n")).toBe("a\\u{202E}b\\x1B[31m\\x0A");
});
