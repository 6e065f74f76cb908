// What does not fit together between files that are each fine.
import { expect, test } from "vitest";
import { catalogOf, type Files, problemsOf } from "./check-content.ts";

const CONTRACT = "from: team-a\nto: team-b\ntitle: T\nsymbol: S\nmembers:\n  - name: f\n";
const ONE_NAME = "    hint: One name leads to one team: keep it in one place.";

const bad: [law: string, files: Files, printed: string[]][] = [
	[
		"a team that is nowhere, wherever it is named",
		{
			"ownership/x.yaml": "mode: exclusive\nowner: team-x\nrules: [{ pattern: a }]\n",
			"contracts/c.yaml": "from: team-x\nto: team-b\ntitle: T\nsymbol: S\nmembers: [{ name: f }]\n",
			"namespaces/n.yaml": "key: n\nowner: team-a\nchildren:\n  - { key: m, owner: team-x }\n",
			"ports.yaml": "- { port: 1, owner: team-x, purpose: p }\n",
			"claims/c.yaml":
				"resource: path:a\nteam: team-x\nagreedBy: Ann\nfrom: 2025-08-01\nuntil: 2025-08-02\nreason: r\n",
			"schedule/1.yaml": "title: T\nteams: [team-a, team-x]\n",
			"notes/n.md": "---\ntitle: T\nat: 2025-08-01\nteams:\n  - team-x\n---\n",
			"guide/p.mdx": '---\ntitle: T\n---\n\n<TeamStatus team="team-x" />\n',
		},
		[
			"claims/c.yaml:2:7  team",
			"contracts/c.yaml:1:7  from",
			"guide/p.mdx:5:19  <TeamStatus>",
			"namespaces/n.yaml:4:22  children.0.owner",
			"notes/n.md:5:5  teams.0",
			"ownership/x.yaml:2:8  owner",
			"ports.yaml:1:21  0.owner",
			"schedule/1.yaml:2:17  teams.1",
		].map((place) => `${place}  there is no team "team-x"\n    hint: Did you mean "team-a"?`),
	],
	[
		"a team far from every known one",
		{ "ports.yaml": "- { port: 1, owner: zebra, purpose: p }\n" },
		['ports.yaml:1:21  0.owner  there is no team "zebra"\n    hint: Teams: team-a, team-b.'],
	],
	[
		"a contract of the guide that is nowhere",
		{ "contracts/sft.yaml": CONTRACT, "guide/p.mdx": '---\ntitle: T\n---\n<Contract id="stf" />\n' },
		['guide/p.mdx:4:15  <Contract>  there is no contract "stf"\n    hint: Did you mean "sft"?'],
	],
	[
		"a promise to oneself",
		{ "contracts/c.yaml": CONTRACT.replace("team-b", "team-a") },
		["contracts/c.yaml:2:5  to  a team promises something to itself\n    hint: A contract stands between two teams."],
	],
	[
		"one id in two endings",
		{ "teams/team-b.yml": "name: B\n" },
		['teams/team-b.yml:1:1  "team-b" is already the id of teams/team-b.yaml\n    hint: Keep one of the two files.'],
	],
	[
		"two pages at one address",
		{ "guide/teams.mdx": "---\ntitle: T\n---\n", "guide/teams/index.mdx": "---\ntitle: T\n---\n" },
		['guide/teams/index.mdx:1:1  "teams" is already the id of guide/teams.mdx\n    hint: Keep one of the two files.'],
	],
	[
		"one alias, e-mail pattern or branch pattern for two teams; case does not tell them apart",
		{
			"teams/team-a.yaml": 'name: A\naliases: [Back]\nidentities: { emails: ["*@x.example"], branches: ["a/**"] }\n',
			"teams/team-b.yaml": 'name: B\naliases: [back]\nidentities: { emails: ["*@X.example"], branches: ["a/**"] }\n',
		},
		[
			`teams/team-b.yaml:2:11  aliases.0  the alias "back" is also named by teams/team-a.yaml\n${ONE_NAME}`,
			`teams/team-b.yaml:3:24  identities.emails.0  the e-mail pattern "*@X.example" is also named by teams/team-a.yaml\n${ONE_NAME}`,
			`teams/team-b.yaml:3:51  identities.branches.0  the branch pattern "a/**" is also named by teams/team-a.yaml\n${ONE_NAME}`,
		],
	],
	[
		"an alias that is another team's id",
		{ "teams/team-a.yaml": "name: A\naliases: [team-b]\n" },
		[`teams/team-a.yaml:2:11  aliases.0  the alias "team-b" is also named by teams/team-b.yaml\n${ONE_NAME}`],
	],
	[
		"the coordinator's trailer as a team's alias",
		{
			"project.yaml": "name: P\ncoordinator: { identities: { trailers: [boss] } }\n",
			"teams/team-a.yaml": "name: A\naliases: [Boss]\n",
		},
		[`teams/team-a.yaml:2:11  aliases.0  the alias "Boss" is also named by project.yaml\n${ONE_NAME}`],
	],
	[
		"a member promised twice",
		{ "contracts/c.yaml": `${CONTRACT}  - name: g\n  - name: f\n`, "contracts/d.yaml": CONTRACT },
		[
			"contracts/c.yaml:8:11  members.2.name  S.f is already promised above\n    hint: Keep one of the two promises.",
			"contracts/d.yaml:6:11  members.0.name  S.f is already promised in contracts/c.yaml\n    hint: Keep one of the two promises.",
		],
	],
	[
		"a key of the configuration twice",
		{
			"namespaces/n.yaml":
				"key: n\nowner: team-a\nchildren:\n  - { key: m, owner: team-a }\n  - { key: m, owner: team-b }\n",
			"namespaces/o.yaml": "key: n\nowner: team-b\n",
		},
		[
			'namespaces/n.yaml:5:12  children.1.key  the key "n.m" is already there above\n    hint: Keep one of the two.',
			'namespaces/o.yaml:1:6  key  the key "n" is already there in namespaces/n.yaml\n    hint: Keep one of the two.',
		],
	],
	[
		"ports that overlap, and a range that runs backwards",
		{
			"ports.yaml": [
				"- { from: 100, to: 200, owner: team-a, purpose: p }",
				"- { port: 200, owner: team-b, purpose: p }",
				"- { from: 9, to: 8, owner: team-b, purpose: p }",
				"",
			].join("\n"),
		},
		[
			"ports.yaml:2:3  1  overlaps tcp ports 100 to 200 above\n    hint: A port is registered once.",
			"ports.yaml:3:18  2.to  the range ends before it begins: 9 to 8\n    hint: Swap the two ports.",
		],
	],
	[
		"a node listed twice",
		{ "project.yaml": "name: P\ncluster:\n  nodes: [a:1, { id: n, address: 'A:1' }]\n" },
		[
			'project.yaml:3:34  cluster.nodes.1.address  the address "A:1" is already there above\n    hint: A node is listed once.',
		],
	],
	[
		"two teams that own one pattern, also where it is spelled differently",
		{
			"ownership/a.yaml": "mode: exclusive\nowner: team-a\nrules:\n  - pattern: src/x.py\n",
			"ownership/b.yaml": "mode: exclusive\nowner: team-b\nrules:\n  - pattern: y.py\n  - pattern: /src/x.py\n",
		},
		[
			"ownership/b.yaml:5:14  rules.1.pattern  /src/x.py has two owners: team-b, and team-a at ownership/a.yaml:4\n    hint: Keep one rule, or give each its time in `effective`.",
		],
	],
	[
		"a rule said twice",
		{ "ownership/s.yaml": "mode: shared\nrules:\n  - pattern: x\n  - pattern: x\n" },
		[
			"ownership/s.yaml:4:14  rules.1.pattern  the rule for x is already at ownership/s.yaml:3\n    hint: Keep one rule, or give each its time in `effective`.",
		],
	],
	[
		"ages in an order that makes no sense",
		{ "project.yaml": "name: P\ncluster: { intervalMs: 20000, staleAfterMs: 15000, offlineAfterMs: 10000 }\n" },
		[
			"project.yaml:2:45  cluster.staleAfterMs  15000 ms is less than intervalMs, 20000 ms\n    hint: Every value would be stale before the next is asked for.",
			"project.yaml:2:68  cluster.offlineAfterMs  10000 ms is less than staleAfterMs, 15000 ms\n    hint: A value grows stale first, then unknown.",
		],
	],
	[
		"an embed of a node that the content does not list",
		{
			"project.yaml": "name: P\ncluster: { nodes: [{ id: mini-1, address: 'a:1' }] }\n",
			"guide/p.mdx": '---\ntitle: T\n---\n<NodeStatus id="mini-2" /> and <NodeStatus id="mini-1" />\n',
		},
		[
			'guide/p.mdx:4:17  <NodeStatus>  cluster.nodes of project.yaml lists no node "mini-2"\n    hint: Did you mean "mini-1"?',
		],
	],
	[
		"a gateway's address that is no origin",
		{ "project.yaml": "name: P\ncluster: { gateway: 'https://gw.example/status' }\n" },
		['project.yaml:2:21  cluster.gateway  expected an origin without a path, got "https://gw.example/status"'],
	],
	[
		"no project and no team",
		{ "project.yaml": null, "teams/team-a.yaml": null, "teams/team-b.yaml": null },
		[
			"project.yaml:1:1  missing file\n    hint: Write it with at least `name: …`.",
			"teams:1:1  there is no team\n    hint: Write teams/team-a.yaml with at least `name: …`.",
		],
	],
	[
		"files nobody knows",
		{
			"projekt.yaml": "",
			"teams/readme.md": "",
			"teams/old/team-z.yaml": "name: Z\n",
			"teams/Team D.yaml": "name: D\n",
			"teams/coordinator.yaml": "name: D\n",
			"guide/page.md": "",
			"guide/My Page.mdx": "",
		},
		[
			"guide/My Page.mdx:1:1  the file's name is its id: expected lower-case letters, digits and dashes\n    hint: Rename the file.",
			"guide/page.md:1:1  guide/ holds .mdx files only\n    hint: Rename the file or move it away.",
			'projekt.yaml:1:1  unknown file\n    hint: Did you mean "project.yaml"?',
			"teams/Team D.yaml:1:1  the file's name is its id: expected lower-case letters, digits and dashes\n    hint: Rename the file.",
			'teams/coordinator.yaml:1:1  no team can be called "coordinator"\n    hint: Rename the file: the coordinator stands in project.yaml.',
			"teams/old/team-z.yaml:1:1  teams/ has no folders of its own\n    hint: Move the file to teams/.",
			"teams/readme.md:1:1  teams/ holds .yaml files only\n    hint: Rename the file or move it away.",
		],
	],
];

test.each(bad)("%s", (_law, files, printed) => {
	expect(problemsOf(files)).toEqual(printed);
});

const fine: [law: string, files: Files][] = [
	[
		"ports that touch, and one number in two protocols",
		{
			"ports.yaml":
				"- { from: 1, to: 2, owner: team-a, purpose: p }\n- { port: 3, owner: team-a, purpose: p }\n- { port: 2, protocol: udp, owner: team-a, purpose: p }\n",
		},
	],
	[
		"a member's name in another symbol",
		{ "contracts/c.yaml": CONTRACT, "contracts/d.yaml": CONTRACT.replace("symbol: S", "symbol: R") },
	],
	[
		"a key's name at another level",
		{ "namespaces/n.yaml": "key: n\nowner: team-a\nchildren: [{ key: n, owner: team-b }]\n" },
	],
	["a team whose alias is its own id", { "teams/team-a.yaml": "name: A\naliases: [Team-A]\n" }],
	[
		"a path that is owned and shared: owned wins",
		{
			"ownership/a.yaml": "mode: exclusive\nowner: team-a\nrules: [{ pattern: x }]\n",
			"ownership/s.yaml": "mode: shared\nrules: [{ pattern: x }]\n",
		},
	],
	[
		"a name at any depth beside the same name at the root",
		{ "ownership/a.yaml": "mode: exclusive\nowner: team-a\nrules: [{ pattern: x }, { pattern: /x }]\n" },
	],
	[
		"a path handed over: the old rule ends the day before the new begins",
		{
			"ownership/a.yaml": "mode: exclusive\nowner: team-a\nrules: [{ pattern: x, effective: { until: 2025-07-31 } }]\n",
			"ownership/b.yaml": "mode: exclusive\nowner: team-b\nrules: [{ pattern: x, effective: { from: 2025-08-01 } }]\n",
		},
	],
	["a part of pages is no page", { "guide/_part.mdx": "No front matter\n" }],
	[
		"an embed of a node where the content lists none, or some behind a DNS name",
		{
			"project.yaml": "name: P\ncluster: { nodes: ['a:1', 'srv:_mlx._tcp.example.org'] }\n",
			"guide/p.mdx": '---\ntitle: T\n---\n<NodeStatus id="mini-2" />\n',
		},
	],
	["a gateway at another origin", { "project.yaml": "name: P\ncluster: { gateway: 'https://gw.example/' }\n" }],
	["an embed shown as code", { "guide/p.mdx": '---\ntitle: T\n---\n```mdx\n<Contract id="x" />\n```\n' }],
];

test.each(fine)("fine: %s", (_law, files) => {
	expect(problemsOf(files)).toEqual([]);
});

test("a file that does not fit its schema can still be referred to: one mistake, one problem", () => {
	expect(
		problemsOf({ "teams/team-b.yaml": "name: 5\n", "ports.yaml": "- { port: 1, owner: team-b, purpose: p }\n" }),
	).toEqual(['teams/team-b.yaml:1:7  name  expected text, got 5\n    hint: Put it in quotes: "5".']);
});

test("the smallest project has every default", () => {
	const { project, teams, ...rest } = catalogOf({});
	expect(project).toMatchObject({
		timezone: "UTC",
		attribution: { trailer: "Team", coordinationTrailer: "Coordinated-by" },
		atomic: { maxOtherPaths: 5 },
		cluster: { gateway: null, nodes: [], intervalMs: 5000, staleAfterMs: 15000, offlineAfterMs: 300000 },
	});
	expect(teams.map(({ id, file, status }) => [id, file, status.state])).toEqual([
		["team-a", "content/teams/team-a.yaml", "unknown"],
		["team-b", "content/teams/team-b.yaml", "unknown"],
	]);
	expect(Object.values(rest).every((list) => list.length === 0)).toBe(true);
});

test("rules are flat, by file and line; ports are ranges, by protocol and number", () => {
	const { rules, ports, sharedProtocol } = catalogOf({
		"ownership/z.yaml": "mode: shared\nprotocol: [Ask]\nrules:\n  - { pattern: s, risk: high, protocol: Tell }\n",
		"ownership/a.yaml":
			"mode: exclusive\nowner: team-a\nrules:\n  - pattern: x\n    purpose: delete\n  - pattern: y\n    except: [y/z]\n",
		"ports.yaml": "- { from: 20, to: 30, owner: team-a, purpose: p }\n- { port: 7, owner: team-b, purpose: q }\n",
	});
	expect(
		rules.map((rule) => [rule.file, rule.line, rule.mode, rule.owner, rule.pattern, rule.purpose, rule.risk]),
	).toEqual([
		["content/ownership/a.yaml", 4, "exclusive", "team-a", "x", "delete", null],
		["content/ownership/a.yaml", 6, "exclusive", "team-a", "y", "own", null],
		["content/ownership/z.yaml", 4, "shared", null, "s", "own", "high"],
	]);
	expect(rules[1]!.except).toEqual(["y/z"]);
	expect(sharedProtocol).toEqual(["Ask"]);
	expect(ports.map(({ from, to }) => [from, to])).toEqual([
		[7, 7],
		[20, 30],
	]);
});
