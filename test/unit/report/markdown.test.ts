// The log as a comment on a pull request: true, within GitHub's length, worst first.
import { describe, expect, test } from "vitest";
import type { Conflict, ConflictLog } from "#model/conflict-log";
import { code, inert } from "#report/inert";
import { formatMarkdown } from "#report/markdown";
import { readLive } from "#test/live-markdown";
import { makeConflict, makeLog, makeOccurrence } from "#test/make-log";

const idOf = (number: number) =>
	`CF-${String(number)
		.padStart(10, "0")
		.replace(/\d/g, (digit) => String.fromCharCode(65 + Number(digit)))}`;

/** Conflicts that are stories of their own: each has its commit. */
const many = (count: number, facts: Partial<Conflict> = {}): Conflict[] =>
	Array.from({ length: count }, (_, index) =>
		makeConflict({
			id: idOf(index),
			occurrences: [makeOccurrence({ commit: (index + 1).toString(16).padStart(40, "0") })],
			...facts,
		}),
	);

const cut = (log: ConflictLog, gaps?: string[]): ConflictLog => ({
	...log,
	repository: { ...log.repository, complete: false, ...(gaps === undefined ? {} : { gaps }) },
});

const titleOf = (text: string) => text.split("\n").find((line) => line.startsWith("## "));

test("one conflict: who, what, how we know, which rule, what to do", () => {
	expect(formatMarkdown(makeLog({ conflicts: [makeConflict()] }))).toBe(`<!-- coordination-audit -->

## Coordination audit: 1 error

Read: \`Small\` at \`ffffffffff\` (\`HEAD\`; \`2025-07-31T10:00:00Z\`), 7 commits, 11 changes.

### 1 error

- **Edit of another team's path** (team-b → team-a): Team B changed \`api/app.py\`, which belongs to Team A alone. \`CF-AAAAAAAAAA\`
  - how we know: commit \`aaaaaaaaaa\` of 2025-07-20, \`a subject\` by \`Ben <ben@b.example>\`, changed \`api/app.py\`: team-b derived from the address \`ben@b.example\`
  - rule: \`/api/\` in \`content/ownership/team-a.yaml\`
  - to do: Team B: stop changing it and show the change to Team A.

Tracked files: 3 owned, 1 shared, 1 without a rule.
`);
});

describe("the headline is true", () => {
	test("nothing open in a history that was read whole", () => {
		expect(titleOf(formatMarkdown(makeLog()))).toBe("## Coordination audit: no open conflicts in 7 commits");
	});

	test("nothing found where not all was read is never no conflicts", () => {
		const text = formatMarkdown(cut(makeLog(), ["The clone is shallow."]));

		expect(titleOf(text)).toBe("## Coordination audit: nothing found in the part that was read");
		expect(text).toContain("**The history was not read whole.**");
		expect(text).toContain("- not read: The clone is shallow.");
		expect(text).not.toMatch(/no (open )?conflict/i);
		expect(formatMarkdown(cut(makeLog()))).not.toMatch(/no (open )?conflict/i);
	});

	test("what was found where not all was read", () => {
		expect(titleOf(formatMarkdown(cut(makeLog({ conflicts: many(2) }))))).toBe(
			"## Coordination audit: 2 errors, and not all was read",
		);
	});

	test("levels, settled ones and the window", () => {
		const conflicts = [...many(3, { level: "note" }), makeConflict(), makeConflict({ state: "resolved" })];

		expect(titleOf(formatMarkdown(makeLog({ conflicts })))).toBe(
			"## Coordination audit: 1 error, 3 notes, 1 settled by a resolution",
		);
		expect(titleOf(formatMarkdown(makeLog(), { sinceAt: "2025-07-01T00:00:00Z" }))).toBe(
			"## Coordination audit: no open conflicts in 7 commits judged from `2025-07-01T00:00:00Z` on",
		);
	});
});

test("twenty files of one commit are one entry that names them once", () => {
	const conflicts = Array.from({ length: 20 }, (_, index) =>
		makeConflict({
			id: idOf(index),
			resource: `path:f${index}.py`,
			occurrences: [makeOccurrence({ path: `f${index}.py` })],
		}),
	);
	const text = formatMarkdown(makeLog({ conflicts }));

	expect(text).toContain("20 conflicts that began with `aaaaaaaaaa`: Team B changed");
	expect(text).toContain("And 19 more of the kind.");
	expect(text).toMatch(/ {2}- which: `f0\.py` `CF-AAAAAAAAAA`, .*`f9\.py` `CF-AAAAAAAAAJ`, and 10 more\n/);
	expect(text.match(/how we know/g)).toHaveLength(1);
	expect(text.match(/to do/g)).toHaveLength(1);
});

test("three commits are told, the rest counted; so are places of the tree", () => {
	const occurrences = [1, 2, 3, 4, 5].map((number) => makeOccurrence({ commit: String(number).repeat(40) }));
	const places = ["a", "b", "c", "d"].map((path) => makeOccurrence({ commit: null, path, location: { line: 2 } }));

	expect(formatMarkdown(makeLog({ conflicts: [makeConflict({ occurrences })] }))).toMatch(
		/(?: {2}- how we know: commit .*\n){3} {2}- and 2 more commits\n {2}- rule/,
	);
	expect(formatMarkdown(makeLog({ conflicts: [makeConflict({ occurrences: places })] }))).toMatch(
		/(?: {2}- how we know: at the head, `[abc]:2`\n){3} {2}- and 1 more place\n/,
	);
});

test("the eleventh entry of a level and those after it are folded away", async () => {
	const text = formatMarkdown(makeLog({ conflicts: [...many(13), ...many(2, { level: "note" })] }));
	const { elements } = await readLive(text);

	expect(text).toContain("<details><summary>3 more errors</summary>");
	expect(elements.filter((name) => name === "details" || name === "summary")).toEqual(["details", "summary"]);
	expect(text.indexOf("</details>")).toBeLessThan(text.indexOf("### 2 notes"));
	expect(formatMarkdown(makeLog({ conflicts: many(10) }))).not.toContain("<details>");
});

describe("a comment of GitHub holds 65,536 characters", () => {
	const long = many(3_000, { hint: `Talk ${"about it ".repeat(20)}` });
	const log = makeLog({ conflicts: [...long, ...many(5, { level: "note" })] });

	test("the cut is said with its count; what is told and what is not make the whole", async () => {
		const text = formatMarkdown(log);
		const left = Number(/\*\*Cut here:\*\* (\d+) of 3005 open conflicts/.exec(text)?.[1]);
		const told = text.match(/^- \*\*Edit of/gm)?.length ?? 0;

		expect(text.length).toBeLessThanOrEqual(65_536);
		expect(text.length).toBeGreaterThan(60_000);
		expect(told + left).toBe(3_005);
		expect(titleOf(text)).toBe("## Coordination audit: 3000 errors, 5 notes");
		expect(text).not.toContain("### 5 notes");
		const { elements } = await readLive(text);
		expect(elements.filter((name) => name === "details")).toHaveLength(1);
		expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
	});

	test.each([16_384, 16_385, 20_000, 30_001])("at most %i when that is asked for", (maxCharacters) => {
		expect(formatMarkdown(log, { maxCharacters }).length).toBeLessThanOrEqual(maxCharacters);
	});

	test("nothing is cut where all fits", () => {
		expect(formatMarkdown(makeLog({ conflicts: many(40) }))).not.toContain("Cut here");
	});
});

describe("text from outside", () => {
	test.each([
		["Team B changed api/app.py, which is Team A's.", "Team B changed `api/app.py`, which is Team A's."],
		["by dev <dev@x.example>", "by dev `<dev@x.example>`"],
		["the branch “team-b/x”.", "the branch “`team-b/x`”."],
		["see #12 and @admin", "see `#12` and `@admin`"],
		["fixed in deadbeef now", "fixed in `deadbeef` now"],
		["a `tick` and ``two``", "a `` `tick` `` and ``` ``two`` ```"],
		["GH-12", "`GH-12`"],
		["a\nb", "`a\\x0Ab`"],
		["", "(empty)"],
		["Ünïcode ist 3 Wörter lang", "Ünïcode ist 3 Wörter lang"],
	])("%j is written %s", (text, markdown) => {
		expect(text === "" ? code(text) : inert(text)).toBe(markdown);
	});

	test("a very long text is cut, and says so", () => {
		expect(code("x".repeat(1_000))).toBe(`\`${"x".repeat(400)}… (600 more characters)\``);
	});
});

test("evidence that says otherwise, and an orphaned decision, are told", () => {
	const attribution = {
		team: "team-b",
		by: "trailer",
		confidence: "declared",
		evidence: "B",
		against: [{ team: "team-a", by: "email", evidence: "ana@a.example" }],
	} as const;
	const text = formatMarkdown(
		makeLog({
			conflicts: [
				makeConflict({
					episode: 2,
					firstEpisode: "CF-ZZZZZZZZZZ",
					occurrences: [makeOccurrence({ attribution: { ...attribution, against: [...attribution.against] } })],
				}),
			],
			orphanedResolutions: [{ file: "content/resolutions/y.yaml", conflict: "CF-YYYYYYYYYY" }],
		}),
	);

	expect(text).toContain("team-b claimed by trailer “B”; also found: team-a derived from the address `ana@a.example`");
	expect(text).toContain("`CF-AAAAAAAAAA` (episode 2 after `CF-ZZZZZZZZZZ`)");
	expect(text).toContain(
		"- orphaned resolution: `content/resolutions/y.yaml` decides `CF-YYYYYYYYYY`, which the audit does not find",
	);
});
