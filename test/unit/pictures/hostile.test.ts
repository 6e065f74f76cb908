// Names that attack a page, a picture or a reader's eye are drawn as what they are: text.
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { paceBars, paceOf } from "#pictures/activity-chart";
import { contractGraph, type GraphContract } from "#pictures/contract-graph";
import { editMatrix } from "#pictures/edit-matrix";
import { ganttChart, ganttOf } from "#pictures/gantt";
import { layerChart } from "#pictures/layers";
import { ownershipMap } from "#pictures/ownership-map";
import { element, percent } from "#pictures/svg";
import { treeCells } from "#pictures/tree-cells";
import { initials } from "#pictures/words";

const HOSTILE = [
	'<script>alert("1")</script>',
	"</title></svg><img src=x onerror=alert(1)>",
	`" onload="alert(1)' x='`,
	"a\u202Eb\u0000c\u2028d",
	"\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627",
	'n0"]; n1 -> n2 [URL="javascript:alert(1)"',
	"]]>&lt;b>&#60;i>",
	"x".repeat(5_000),
];

/** Elements that a picture may hold; any other would be somebody else's. */
const DRAWN = "svg g title text rect circle line path defs pattern a".split(" ");

function expectInert(svg: string): void {
	const { document } = parseHTML(`<!doctype html><html><body>${svg}</body></html>`);
	for (const node of document.querySelectorAll("body *")) {
		expect(DRAWN).toContain(node.localName.toLowerCase());
		for (const { name, value } of node.attributes) {
			expect(name).not.toMatch(/^on/);
			expect(value).not.toMatch(/^\s*javascript:/i);
		}
	}
	expect(document.body.children).toHaveLength(1);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
	expect(svg).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069\u2028]/);
}

test("text and attributes hold what was given and no more", () => {
	expect(element("text", { x: 1 / 3, y: undefined, class: `a"b` }, `<b>&'`).source).toBe(
		'<text x="0.33" class="a&#34;b">&#60;b&#62;&#38;&#39;</text>',
	);
	expect(percent(1 / 3)).toBe("33.33%");
	expect(percent(-0)).toBe("0%");
});

test.each(HOSTILE)("%# in every picture", async (name) => {
	const teams = [
		{ id: "a", name, short: initials([name, "B"])[0] ?? "", ink: "ink-1", href: "/a/" },
		{ id: "b", name: "B", short: "B", ink: "ink-2", href: "/b/" },
	];
	const pace = paceOf([{ team: "a", commits: 1, weeks: { "2025-07-28": 1 } }]);
	if (pace === null) throw new Error("there is a commit");
	expectInert(paceBars(pace, "a", name, true));

	const contract: GraphContract = {
		from: "a",
		to: "b",
		title: name,
		href: "/c/",
		state: "kept",
		verdict: "as promised",
	};
	expectInert(await contractGraph([contract], teams, "/all/", "LR"));
	expectInert(await contractGraph([contract], teams, "/all/", "TB"));

	const gantt = ganttOf(
		[{ title: name, from: null, to: null, fromAt: null, untilAt: null, teams: ["a"] }],
		[name],
		"2025-08-01T00:00:00Z",
		"UTC",
		() => name,
	);
	if (gantt === null) throw new Error("there is a phase");
	expectInert(ganttChart(gantt));

	expectInert(
		layerChart({ last: 3, rows: [{ first: 0, last: 3, lane: 0, name, words: name }], gaps: [], words: name }),
	);

	const path = `${name}/file`;
	const verdicts = [{ kind: "owned" as const, owner: "a", rule: null }];
	expectInert(ownershipMap(treeCells({ files: [[path, 0]], verdicts }, [[path]]), teams, "id"));

	const matrix = editMatrix([{ team: "a", kind: "owned", owner: "b", changes: 1 }], teams, () => name);
	expect(matrix.finding).toBe(`${name} made 1 change to files of B; no other team changed those of ${name}.`);
});
