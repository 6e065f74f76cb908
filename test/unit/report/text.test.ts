// The log as people read it: one small log, word for word, and what is said when little or nothing is known.
import { expect, test } from "vitest";
import { type Conflict, type ConflictLog, conflictLogSchema } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import { FINDING_CODES } from "#model/finding";
import { visible } from "#model/visible";
import { findingWords } from "#report/codes";
import { describeAttribution } from "#report/evidence";
import { formatJson } from "#report/json";
import { plural } from "#report/plural";
import { formatLog, summaryLine } from "#report/text";
import { auditFolder, writeContent } from "#test/golden";
import { makeRepo } from "#test/make-repo";

const content = writeContent({
	"project.yaml": "name: Small\ncoordinator: { name: The Desk, identities: { emails: [desk@p.example] } }\n",
	"teams/team-a.yaml": 'name: Team A\nidentities: { emails: ["*@a.example"] }\nkeyFiles: [free.txt]\n',
	"teams/team-b.yaml": 'name: Team B\naliases: [B]\nidentities: { emails: ["*@b.example"], branches: ["team-b/**"] }\n',
	"ownership/team-a.yaml":
		"owner: team-a\nmode: exclusive\nrules:\n  - pattern: /api/\n  - pattern: /gone/\n  - { pattern: old.sh, purpose: delete }\n",
	"ownership/shared.yaml": "mode: shared\nrules:\n  - { pattern: deps.toml, risk: high, protocol: Ask first }\n",
});
const repo = makeRepo([
	{
		say: "Start",
		by: "The Desk <desk@p.example>",
		at: "2025-07-01T09:00",
		write: { "api/app.py": "1", "deps.toml": "a = 1", "old.sh": "1", "free.txt": "1" },
	},
	{
		say: "By mail",
		by: "Ben <ben@b.example>",
		at: "2025-07-02T09:00",
		write: { "api/app.py": "2", "deps.toml": "a = 2" },
	},
	{ say: "Claimed\n\nTeam: B", by: "Ana <ana@a.example>", at: "2025-07-03T09:00", write: { "api/app.py": "3" } },
	{
		say: "On a branch",
		on: "team-b/x",
		by: "Ben <ben@b.example>",
		at: "2025-07-04T09:00",
		write: { "api/app.py": "4" },
	},
	{ say: "Merge branch 'team-b/x'", by: "The Desk <desk@p.example>", at: "2025-07-05T09:00", merge: "team-b/x" },
	{
		say: "Evil \u202e\x1b[31m",
		by: "dev\x07 <dev@x.example>",
		at: "2025-07-06T09:00",
		write: { "api/a\nb": "x", "api/app.py": "5" },
	},
	{ say: "Again", by: "Ben <ben@b.example>", at: "2025-07-07T09:00", write: { "api/app.py": "6" } },
]);
const { log } = await auditFolder(repo.dir, content);

/** Read line by line against the history above; the ids are proved in identity.test.ts. */
test("a small log, word for word", async () => {
	await expect(formatLog(log, { isColoured: false })).toMatchFileSnapshot("small-log.txt");
});

test("colour changes nothing but colour", () => {
	const coloured = formatLog(log, { isColoured: true });

	expect(coloured).toContain("\x1b[31m2 errors\x1b[0m");
	// biome-ignore lint/suspicious/noControlCharactersInRegex: colour is made of them
	expect(coloured.replace(/\x1b\[\d+m/g, "")).toBe(formatLog(log, { isColoured: false }));
});

test("more occurrences than asked for are counted, not dropped in silence", () => {
	expect(formatLog(log, { isColoured: false, maxOccurrences: 1 })).toContain("        … and 3 more\n");
});

test("JSON reads back as the log it was, in one order, with nothing invisible", () => {
	const json = formatJson(log);

	expect(JSON.parse(json)).toEqual(log);
	expect(conflictLogSchema.parse(JSON.parse(json))).toEqual(log);
	expect(json.replaceAll("\n", "")).toBe(visible(json.replaceAll("\n", "")));
	expect(json.endsWith("}\n")).toBe(true);
});

function empty(complete: boolean): ConflictLog {
	const none = { open: 0, byLevel: {}, byCode: {}, byTeam: {} };
	return { ...log, repository: { ...log.repository, complete }, conflicts: [], summary: none };
}

test("nothing found is said plainly only of a history that was read whole", () => {
	expect(summaryLine(empty(true))).toBe("no open conflicts in 7 commits");
	expect(summaryLine(empty(false))).toBe("no open conflicts in the part that was read; the history is incomplete");
	expect(formatLog(empty(false), { isColoured: false })).not.toMatch(/no open conflicts($|\n| in \d)/);
	expect(summaryLine(empty(true), 2)).toBe("no open conflicts in 7 commits; 2 settled by a resolution");
});

test("an incomplete history is named at the top and in the summary, also where something was found", () => {
	const gaps = ["The clone is shallow: 2 commits stand without their parents.", "One tree is missing: \u202e."];
	const cut: ConflictLog = { ...log, repository: { ...log.repository, complete: false, gaps } };

	expect(formatLog(cut, { isColoured: false }).split("\n").slice(1, 5)).toEqual([
		"The history is incomplete: what follows holds for the part that was read.",
		"  - The clone is shallow: 2 commits stand without their parents.",
		"  - One tree is missing: \\u{202E}.",
		"",
	]);
	expect(summaryLine(cut)).toMatch(
		/^\d+ open: .*; the history is incomplete: The clone is shallow: 2 commits stand without their parents \(and 1 more gap\)$/,
	);
	expect(formatLog(log, { isColoured: false })).not.toContain("incomplete");
});

test("settled conflicts are counted, not listed; orphaned decisions are listed", () => {
	const settled = log.conflicts.map((conflict): Conflict => ({ ...conflict, state: "false-positive" }));
	const text = formatLog(
		{
			...empty(true),
			conflicts: settled,
			orphanedResolutions: [{ file: "content/resolutions/x.yaml", conflict: "CF-AAAAAAAAAA" }],
		},
		{ isColoured: false },
	);

	expect(settled.some(isOpen)).toBe(false);
	expect(text).not.toContain("foreign-edit");
	expect(text).toContain(
		"orphaned resolution: content/resolutions/x.yaml decides CF-AAAAAAAAAA, which the audit does not find",
	);
	expect(text).toContain(`; ${settled.length} settled by a resolution`);
});

test("evidence is named for what it is, and a trailer is a claim", () => {
	const by = (rung: "trailer" | "branch" | "merge" | "email", evidence: string) =>
		describeAttribution({ team: "team-b", by: rung, confidence: "derived", evidence });

	expect(by("trailer", "B\x1b")).toBe("team-b claimed by trailer “B\\x1B”");
	expect(by("branch", "team-b/x")).toBe("team-b derived from the branch team-b/x");
	expect(by("merge", "team-b/x")).toBe("team-b derived from the merged branch team-b/x");
	expect(by("email", "b@b")).toBe("team-b derived from the address b@b");
	expect(describeAttribution({ team: null, by: "none", confidence: "unattributed", evidence: null })).toBe(
		"unattributed",
	);
});

test("evidence that says otherwise stands beside what decided", () => {
	expect(
		describeAttribution({
			team: "team-b",
			by: "trailer",
			confidence: "declared",
			evidence: "B",
			against: [{ team: "team-a", by: "email", evidence: "ana@a.example" }],
		}),
	).toBe("team-b claimed by trailer “B”; also found: team-a derived from the address ana@a.example");
	expect(
		describeAttribution({
			team: null,
			by: "none",
			confidence: "unattributed",
			evidence: null,
			against: [{ team: null, by: "trailer", evidence: "Tema B\n" }],
		}),
	).toBe("unattributed; also found: a trailer “Tema B\\x0A” that names no team");
});

test("every code has a title, when it fires, what it reads, an example, why it matters, what to do and how not to tell it", () => {
	for (const code of FINDING_CODES) {
		const { title, fires, reads, example, why, cure, silence } = findingWords[code];
		for (const words of [title, fires, reads, example, why, cure, silence]) expect(words.length).toBeGreaterThan(10);
		// Backticks mark code, in pairs.
		for (const words of [fires, reads, example, why, cure, silence]) expect(words.split("`").length % 2, words).toBe(1);
	}
});

test("one commit, two commits", () => {
	expect([plural(1, "commit"), plural(2, "commit"), plural(0, "entry", "entries")]).toEqual([
		"1 commit",
		"2 commits",
		"0 entries",
	]);
});

test("a window of judged commits is said, and none where there is none", () => {
	expect(formatLog(log, { isColoured: false, sinceAt: "2025-07-01T00:00:00Z" }).split("\n")[0]).toMatch(
		/ changes?, judged from 2025-07-01T00:00:00Z on$/,
	);
	expect(formatLog(log, { isColoured: false, sinceAt: null })).not.toContain("judged from");
});
