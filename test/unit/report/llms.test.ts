// The guide as text: embeds told from data, links that hold anywhere, and a size that what is read cannot break.
import { expect, test } from "vitest";
import { readCatalog } from "#catalog/read";
import { guideMarkdown } from "#report/guide";
import { formatLlms, formatLlmsFull } from "#report/llms";
import { writeContent } from "#test/golden";
import { makeConflict, makeLog } from "#test/make-log";

const catalog = await readCatalog(
	writeContent({
		"project.yaml": "name: P\nescalation: [Stop, Talk]\n",
		"teams/team-a.yaml": "name: Team A\n",
		"teams/team-b.yaml": "name: Team B\n",
		"ownership/team-a.yaml": "owner: team-a\nmode: exclusive\nrules:\n  - pattern: /api/\n",
		"ports.yaml": "- { port: 8000, owner: team-a, purpose: API }\n",
	}),
);
const log = makeLog({ conflicts: [makeConflict()] });
const data = { catalog, log, statuses: [] };
const whole = { rules: "/r", contracts: "/c", namespaces: "/n", ports: "/p", conflicts: "/x", guide: "/guide/" };
const page = (body: string) => ({ title: "T", address: "/proj/guide/x/", body });

test("embeds become text, imports go, headings go down, links count from the host, code stays", () => {
	const body = `import Escalation from "#components/Escalation.astro";

## One

See [two](../two/#place), [all](/proj/guide/) and [out](https://example.org/).

<Escalation />
<OwnershipTable team="team-a" />
<Treemap data={x} />

\`\`\`md
## Not a heading
<Escalation />
import x
\`\`\`
`;
	expect(guideMarkdown(page(body), data)).toBe(`## T

Page: /proj/guide/x/

### One

See [two](/proj/guide/two/#place), [all](/proj/guide/) and [out](https://example.org/).

1. First: Stop
2. Then: Talk

Of Team A (\`team-a\`) alone:

- \`/api/\`

(Shown on the page itself: treemap, /proj/guide/x/)

\`\`\`md
## Not a heading
<Escalation />
import x
\`\`\``);
});

test("the whole has rules, ports and conflicts; a small one is not cut", () => {
	const text = formatLlmsFull(data, [page("Words.")], whole);

	for (const part of [
		"# P: coordination",
		"Words.",
		"- `/api/`",
		"- tcp 8000: API; Team A (`team-a`)",
		"- error `CF-AAAAAAAAAA`, Edit of",
	])
		expect(text).toContain(part);
	expect(text).not.toContain("Cut here");
});

// 20,000 rules are 20,006 lines: a heading and a blank line for each of two teams, a blank line between, `no path`.
test("of 3,000 conflicts and 20,000 rules as many are told as fit, and the rest is counted, with the place of all", () => {
	const conflicts = Array.from({ length: 3_000 }, (_, index) => makeConflict({ resource: `path:${index}` }));
	const rules = Array.from({ length: 20_000 }, () => catalog.rules[0]!);
	const text = formatLlmsFull(
		{ ...data, catalog: { ...catalog, rules }, log: makeLog({ conflicts }) },
		[page("x".repeat(300_000))],
		whole,
	);

	expect(text.length).toBeLessThan(410_000);
	expect(text.match(/\*\*Cut here:\*\* .*/g)).toEqual([
		"**Cut here:** 1 of 1 pages of the guide do not fit; all of them are at /guide/",
		expect.stringMatching(/^\*\*Cut here:\*\* \d{4,5} of 20006 lines do not fit; all of them are at \/r$/),
		expect.stringMatching(/^\*\*Cut here:\*\* 2\d{3} of 3000 conflicts do not fit; all of them are at \/x$/),
	]);
	const told = text.match(/^- error `CF-/gm)?.length ?? 0;
	expect(told).toBe(3_000 - Number(/(\d+) of 3000/.exec(text)?.[1]));
});

test("none in a part that was read is not none", () => {
	const { repository } = makeLog();
	const cut = makeLog({ repository: { ...repository, complete: false, gaps: ["The clone is shallow."] } });

	expect(formatLlmsFull({ ...data, log: cut }, [], whole)).toContain(
		"## Open conflicts\n\nNone in the part that was read.",
	);
	expect(formatLlmsFull({ ...data, log: makeLog() }, [], whole)).toContain("## Open conflicts\n\nNone.");
	expect(formatLlms(catalog, cut, [])).toContain("nothing in the part that was read");
});

test("a title in the map cannot end its link or bring one of its own", () => {
	const text = formatLlms(catalog, log, [
		{ title: "Guide", links: [{ label: "a](https://evil.example) [b", address: "/x/", text: "<img>" }] },
	]);

	expect(text).toContain("](/x/): `<img>`");
	expect(text.match(/\]\(/g)).toHaveLength(1);
});
