// What is said about content that cannot be used: place, field, words and hint, exactly as printed.
import { expect, test } from "vitest";
import { type Files, problemsOf } from "./check-content.ts";

/** Lines and columns were counted by hand in the text beside them. */
const bad: [law: string, files: Files, printed: string[]][] = [
	[
		"a wrong type is shown at the value",
		{ "teams/team-b.yaml": 'name: B\nwindow: "two"\n' },
		['teams/team-b.yaml:2:9  window  expected a number, got "two"\n    hint: Write digits without quotes.'],
	],
	[
		"a number where text is wanted",
		{ "teams/team-b.yaml": "name: 7\n" },
		['teams/team-b.yaml:1:7  name  expected text, got 7\n    hint: Put it in quotes: "7".'],
	],
	[
		"half a window",
		{ "teams/team-b.yaml": "name: B\nwindow: 1.5\n" },
		["teams/team-b.yaml:2:9  window  expected a whole number, got 1.5"],
	],
	[
		"a number below its limit",
		{ "teams/team-b.yaml": "name: B\nwindow: 0\n" },
		["teams/team-b.yaml:2:9  window  expected at least 1, got 0"],
	],
	[
		"text where a list is wanted",
		{ "teams/team-b.yaml": "name: B\naliases: B\n" },
		[
			'teams/team-b.yaml:2:10  aliases  expected a list, got "B"\n    hint: Write a list: one `- ` line an entry, or [a, b].',
		],
	],
	[
		"a missing field is shown at its parent",
		{
			"claims/x.yaml":
				"# a claim\nresource: path:a.py\nteam: team-a\nagreedBy: Ann\nfrom: 2025-08-01\nuntil: 2025-08-02\n",
		},
		["claims/x.yaml:2:1  reason  missing: text\n    hint: Add `reason: …`."],
	],
	[
		"a missing field of a list's entry is shown at the entry",
		{ "ownership/a.yaml": "owner: team-a\nmode: exclusive\nrules:\n  - pattern: x\n  - note: n\n" },
		["ownership/a.yaml:5:5  rules.1.pattern  missing: text\n    hint: Add `pattern: …`."],
	],
	[
		"a field left empty is shown at its key",
		{ "teams/team-b.yaml": "window: 2\nname:\n" },
		["teams/team-b.yaml:2:1  name  expected text, got nothing"],
	],
	[
		"an unknown key is shown at the key, with the nearest known one",
		{ "teams/team-b.yaml": "name: B\nfocsu: x\n" },
		['teams/team-b.yaml:2:1  focsu  unknown key\n    hint: Did you mean "focus"?'],
	],
	[
		"an unknown key deep inside, and nothing near it",
		{ "teams/team-b.yaml": "name: B\nidentities:\n  emails: []\n  zebras: []\n" },
		["teams/team-b.yaml:4:3  identities.zebras  unknown key\n    hint: Known keys: emails, branches."],
	],
	[
		"__proto__ is an unknown key like any other",
		{ "teams/team-b.yaml": "name: B\n__proto__: {}\n" },
		[
			"teams/team-b.yaml:2:1  __proto__  unknown key\n    hint: Known keys: name, title, window, focus, aliases, identities, keyFiles, critical, monitors, highlights, status.",
		],
	],
	[
		"a word outside a choice",
		{ "teams/team-b.yaml": "name: B\nstatus: { state: actve }\n" },
		[
			'teams/team-b.yaml:2:18  status.state  expected awaiting-start, active, paused, blocked, done or unknown, got "actve"\n    hint: Did you mean "active"?',
		],
	],
	[
		"an unknown mode of ownership",
		{ "ownership/a.yaml": "owner: team-a\nmode: exclusiv\nrules: [{ pattern: x }]\n" },
		['ownership/a.yaml:2:7  mode  expected exclusive or shared, got "exclusiv"\n    hint: Did you mean "exclusive"?'],
	],
	[
		"an empty list of rules",
		{ "ownership/a.yaml": "owner: team-a\nmode: exclusive\nrules: []\n" },
		["ownership/a.yaml:3:8  rules  expected at least 1 entry, got 0"],
	],
	[
		"a malformed pattern",
		{ "ownership/a.yaml": 'owner: team-a\nmode: exclusive\nrules:\n  - pattern: "!x"\n' },
		["ownership/a.yaml:4:14  rules.0.pattern  a pattern may not start with `!`: list the exception under `except`"],
	],
	[
		"of two ways to write a port the one that was begun is explained",
		{ "ports.yaml": "- { port: 8000, ownr: team-a, owner: team-a, purpose: API }\n" },
		['ports.yaml:1:17  0.ownr  unknown key\n    hint: Did you mean "owner"?'],
	],
	[
		"a value that fits no alternative's type",
		{ "resolutions/x.yaml": "conflict: 5\nstate: resolved\nby: Ann\nat: 2025-08-01\nreason: r\n" },
		["resolutions/x.yaml:1:11  conflict  expected text or a list, got 5"],
	],
	[
		"a resource that is none",
		{ "teams/team-b.yaml": 'name: B\ncritical:\n  - resource: "prt:tcp/1"\n' },
		['teams/team-b.yaml:3:15  critical.0.resource  expected a resource such as port:tcp/8000, got "prt:tcp/1"'],
	],
	[
		"a date in words",
		{ "project.yaml": "name: P\nupdatedAt: yesterday\n" },
		['project.yaml:2:12  updatedAt  expected a date such as 2025-07-31 or 2025-07-31T14:45, got "yesterday"'],
	],
	[
		"a zone nobody lives in",
		{ "project.yaml": "name: P\ntimezone: Mars/Olympus\n" },
		['project.yaml:2:11  timezone  expected a time zone such as UTC or Europe/Amsterdam, got "Mars/Olympus"'],
	],
	[
		"a repository's address that is not https",
		{ "project.yaml": "name: P\nrepository: { url: nowhere }\n" },
		['project.yaml:2:20  repository.url  expected an address such as https://example.org/project, got "nowhere"'],
	],
	[
		"a node's address",
		{ "project.yaml": "name: P\ncluster:\n  nodes: [nonsense]\n" },
		['project.yaml:3:11  cluster.nodes.0  expected host:port, e.g. 127.0.0.1:50051, got "nonsense"'],
	],
	[
		"a node's address written out",
		{ "project.yaml": "name: P\ncluster:\n  nodes: [{ address: 'x:70000' }]\n" },
		['project.yaml:3:22  cluster.nodes.0.address  expected a port from 1 to 65535, got "x:70000"'],
	],
	[
		"a pattern written short",
		{ "teams/team-b.yaml": "name: B\nkeyFiles: ['a[']\n" },
		["teams/team-b.yaml:2:12  keyFiles.0  a character class `[` without its `]`"],
	],
	[
		"front matter counts its lines from the top of the file",
		{ "notes/n.md": "---\ntitle: T\nat: 2025-08-01\nauthor: Ann\n---\n\nText\n" },
		["notes/n.md:4:1  author  unknown key\n    hint: Known keys: title, at, by, teams, historical."],
	],
	[
		"front matter of a page of the guide",
		{ "guide/deep/page.mdx": "---\ntitel: T\n---\n" },
		[
			"guide/deep/page.mdx:2:1  title  missing: text\n    hint: Add `title: …`.",
			'guide/deep/page.mdx:2:1  titel  unknown key\n    hint: Did you mean "title"?',
		],
	],
	[
		"a page without front matter",
		{ "guide/page.mdx": "# Page\n" },
		["guide/page.mdx:1:1  no front matter\n    hint: Begin the file with `---`, `title: …`, `---`, a line each."],
	],
	[
		"an empty file",
		{ "ports.yaml": "# none yet\n" },
		["ports.yaml:1:1  the file is empty\n    hint: Write its fields, or delete the file."],
	],
];

test.each(bad)("%s", (_law, files, printed) => {
	expect(problemsOf(files)).toEqual(printed);
});

test("all problems of all files come at once, in reading order", () => {
	expect(
		problemsOf({
			"project.yaml": "nam: P\n",
			"teams/team-a.yaml": "name: [A]\nwindow: x\n",
			"ownership/z.yaml": "owner: team-z\nmode: exclusive\nrules: [{ pattern: a }]\n",
			"teams/team-b.yaml": "name: B\nx: [\n",
		}),
	).toEqual([
		'ownership/z.yaml:1:8  owner  there is no team "team-z"\n    hint: Did you mean "team-a"?',
		"project.yaml:1:1  name  missing: text\n    hint: Add `name: …`.",
		'project.yaml:1:1  nam  unknown key\n    hint: Did you mean "name"?',
		"teams/team-a.yaml:1:7  name  expected text, got a list",
		'teams/team-a.yaml:2:9  window  expected a number, got "x"\n    hint: Write digits without quotes.',
		expect.stringMatching(/^teams\/team-b\.yaml:3:1 {2}a bracket/),
	]);
});

const fine: [law: string, files: Files][] = [
	["the smallest project", {}],
	["a single team", { "teams/team-b.yaml": null }],
	["a file called .yml", { "teams/team-b.yaml": null, "teams/team-b.yml": "name: B\n" }],
	[
		"a byte order mark is nobody's business, lines may end as on Windows",
		{ "teams/team-b.yaml": "name: B\r\nwindow: 2\r\n" },
	],
	["`yes`, `no` and dates are text in YAML 1.2", { "teams/team-b.yaml": "name: no\ntitle: yes\nfocus: 2025-07-31\n" }],
	["an alias used with measure", { "teams/team-b.yaml": "name: &n B\naliases: [*n]\n" }],
	[
		"the same key in two maps",
		{ "ports.yaml": "- { port: 1, owner: team-a, purpose: x }\n- { port: 2, owner: team-a, purpose: x }\n" },
	],
	[
		"a pattern with a note or without",
		{ "teams/team-b.yaml": "name: B\nkeyFiles: [a.py, { pattern: b.py, note: NEW }]\n" },
	],
	[
		"files of the build and dot files",
		{
			"conflict-log.json": "{",
			"activity.json": "{",
			"reality.json": "{",
			"tree.json": "{",
			"news.json": "{",
			"changed.json": "{",
			"cluster.json": "{",
			".keep": "",
		},
	],
	["three dashes inside front matter's text", { "notes/n.md": "---\ntitle: a --- b\nat: 2025-08-01\n---\n---\n" }],
];

test.each(fine)("fine: %s", (_law, files) => {
	expect(problemsOf(files)).toEqual([]);
});
