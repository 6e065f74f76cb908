// The look-up in a browser against what else knows the answer: the audit, git, and `npm run who`.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { createPathIndex, type PathIndex } from "#islands/look-up/path-index.ts";
import { readLookUp } from "#islands/look-up/read-look-up.ts";
import { readPaths } from "#islands/look-up/read-paths.ts";
import { type LookUpFile, lookUpFileSchema } from "#model/look-up";
import type { Rule } from "#model/ownership";
import { listPaths, pathListSchema } from "#model/path-list";
import { escapeJson } from "#model/visible";
import { type AskedPath, createLookUp, lookUp } from "#rules/look-up";
import { type AuditOutcome, auditRepository } from "#scripts/lib/audit-repository";
import { tellWho, whoJson } from "#scripts/lib/who-words";
import { writeContent } from "#test/golden";
import { gitBytes, makeRepo, type Repo, temporaryFolder } from "#test/make-repo";
import { command } from "#test/product-command";
import { lookUpFile } from "../../../../src/components/look-up-file.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const content = writeContent({
	"project.yaml": "name: P\ncoordinator: { name: Desk, identities: { emails: [desk@p.example], trailers: [desk] } }\n",
	"teams/team-a.yaml": 'name: Team A\nidentities: { emails: ["*@a.example"] }\n',
	"teams/team-b.yaml": 'name: Team B\nidentities: { emails: ["*@b.example"] }\n',
	"ownership/team-a.yaml": `owner: team-a
mode: exclusive
rules:
  - pattern: api.py
    except: [vendor/]
  - pattern: /src/
    effective: { until: 2025-01-31 }
  - pattern: "*.[a-c]"
  - pattern: caf?.txt
  - pattern: "odd*"
  - pattern: libs/
`,
	"ownership/team-b.yaml": `owner: team-b
mode: exclusive
rules:
  - pattern: /src/**/deep/
  - pattern: later.md
    effective: { from: 2099-01-01 }
  - pattern: /café/
`,
	"ownership/shared.yaml": `mode: shared
protocol: [Ask the desk]
rules:
  - pattern: "*.py"
    except: [vendor/, /src/own.py]
  - pattern: deps.toml
    risk: high
    protocol: Notify before
    note: Old
`,
	"contracts/api.yaml":
		"from: team-a\nto: team-b\ntitle: The API\nsymbol: Api\nsource: api.py\nmembers:\n  - { name: run, kind: method }\n",
	"claims/now.yaml":
		"resource: path:deps.toml\nteam: team-b\nagreedBy: Desk\nfrom: 2020-01-01\nuntil: 2098-12-31\nreason: Move to 2.0\n",
});

/** Latin1 of the UTF-8 of a name, as raw paths are given. */
const raw = (name: string) => Buffer.from(name, "utf8").toString("latin1");
const FILES = ["api.py", "src/api.py", "src/own.py", "src/x/deep/y.txt", "vendor/api.py", "x.b", "x.d", "deps.toml"];
const ODD = ["later.md", "odd\u001b[31m", "odd\nname", "odd 'quoted' \"$(x)\"", "café/ß.txt", "__proto__/constructor"];
const OWNERS: readonly (readonly [string, string | null])[] = [
	["api.py", "team-a"],
	["src/api.py", "team-a"],
	// Its rule has run out, and the shared one excepts it.
	["src/own.py", null],
	["src/x/deep/y.txt", "team-b"],
	["vendor/api.py", null],
	["x.b", "team-a"],
	["x.d", null],
	["deps.toml", "shared"],
	["later.md", null],
	["odd\u001b[31m", "team-a"],
	["odd\nname", "team-a"],
	["odd 'quoted' \"$(x)\"", "team-a"],
	["café/ß.txt", "team-b"],
	["__proto__/constructor", null],
	["new.py", "shared"],
	["src/new.c", "team-a"],
	["src/x/deep", "team-b"],
	["src/x/deep/", "team-b"],
	["deep/", null],
	["libs", "team-a"],
	["libs/", "team-a"],
	["libs/new", "team-a"],
	[".", null],
	["./src/../api.py", "team-a"],
];

let repo: Repo;
let outcome: AuditOutcome;
let file: LookUpFile;
let index: PathIndex;
const now = "2026-01-01T00:00:00Z";

beforeAll(async () => {
	const submodule = { mode: "160000", text: "1111111111111111111111111111111111111111" } as const;
	repo = makeRepo([
		{
			say: "Start",
			by: "desk@p.example",
			at: "2025-07-01T09:00",
			rawPaths: true,
			write: {
				...Object.fromEntries([...FILES, ...ODD].map((path) => [raw(path), "1"])),
				"caf\xe9.txt": "1",
				"api.py": "class Api:\n    def run(self):\n        return 1\n",
				libs: submodule,
			},
		},
		{
			say: "Foreign",
			by: "ben@b.example",
			at: "2025-07-02T09:00",
			write: { "api.py": "class Api:\n    def run(self): return 2\n" },
		},
	]);
	repo.git("checkout", "--quiet", "--force", "main");
	writeFileSync(join(repo.dir, "libs/.git"), "gitdir: elsewhere\n");
	outcome = await auditRepository({
		contentDir: content,
		repo: repo.dir,
		refs: [],
		sinceAt: null,
		onProgress: () => {},
		reading: { cacheDir: null },
	});
	const realityOf = new Map(outcome.reality.contracts.map((one) => [one.contract, one]));
	const made = lookUpFile({ ...outcome, realityOf, pageOfConflict: new Map() });
	const listed = listPaths(outcome.tree);
	expect(lookUpFileSchema.parse(made)).toEqual(made);
	expect(pathListSchema.parse(listed)).toEqual(listed);
	file = readLookUp(escapeJson(JSON.stringify(made))) as LookUpFile;
	const list = readPaths(escapeJson(JSON.stringify(listed)));
	if (list === null) throw new Error("the list of paths is refused");
	index = createPathIndex(list, file.data.rules);
});

function asked(typed: string): AskedPath {
	const placed = index.place(typed, now);
	if (!("asked" in placed)) throw new Error(`${typed} is said to be ${placed.kind}`);
	return placed.asked;
}

test("each tracked path has the verdict the audit gave it", () => {
	const { judge } = createLookUp(file.data);
	expect(outcome.tree.files).toHaveLength(FILES.length + ODD.length + 2);
	for (const [path, place] of outcome.tree.files) {
		const verdict = judge(asked(path), outcome.tree.headAt);
		const rule = "rule" in verdict ? verdict.rule : null;
		expect({
			path,
			kind: verdict.kind,
			owner: verdict.kind === "owned" ? verdict.owner : null,
			rule: rule && { file: rule.file, line: rule.line, pattern: rule.pattern },
		}).toEqual({ path, ...outcome.tree.verdicts[place] });
	}
	// é as one byte is one character to a pattern; as UTF-8 it would be two.
	expect(judge(asked("caf\\xE9.txt"), now)).toMatchObject({ kind: "owned", owner: "team-a" });
});

test("each rule takes the tracked files that git check-ignore says its pattern takes", () => {
	const rules = file.data.rules.map((rule): Rule => ({ ...rule, except: [], fromAt: null, untilAt: null }));
	const paths = outcome.tree.files.map(([path]) => asked(path)).filter(({ kind }) => kind === "file");
	const dir = temporaryFolder();
	gitBytes(dir, ["init", "--quiet", "."]);
	for (const rule of rules) {
		writeFileSync(join(dir, ".gitignore"), `#\n/surely\n${rule.pattern}\n`);
		const input = Buffer.from(
			[...paths.map(({ path, raw: bytes }) => bytes ?? raw(path)), "surely", ""].join("\0"),
			"latin1",
		);
		const said = gitBytes(dir, ["check-ignore", "--no-index", "-z", "--stdin"], input).toString("latin1").split("\0");
		const { judge } = createLookUp({ ...file.data, rules: [rule] });
		const taken = paths
			.filter((path) => judge(path, now).kind !== "unmatched")
			.map(({ path, raw: bytes }) => bytes ?? raw(path));
		expect([rule.pattern, ...taken]).toEqual([
			rule.pattern,
			...said.filter((path) => path !== "" && path !== "surely"),
		]);
	}
});

test.each(OWNERS)("%s is of %s", (typed, owner) => {
	const { verdict } = lookUp(file.data, asked(typed), now);
	expect(verdict.kind === "owned" ? verdict.owner : verdict.kind === "shared" ? "shared" : null).toBe(owner);
});

test("the command answers in the same words", async () => {
	const { log } = outcome;
	writeFileSync(join(content, "conflict-log.json"), JSON.stringify(log));
	const typed = OWNERS.map(([path]) => path);
	const found = typed.map((path) => lookUp(file.data, asked(path), now));
	writeFileSync(join(content, "reality.json"), JSON.stringify(outcome.reality));
	const context = { data: file.data, log, logAgeMs: 0, whyNoPromises: null, contentDir: content, meant: [] };
	const who = (...options: string[]) => command("who", ["--content", content, ...options, ...typed], { cwd: repo.dir });

	expect((await who()).stdout).toBe(tellWho(found, context));
	expect(JSON.parse((await who("--json")).stdout).paths).toEqual(JSON.parse(whoJson(found, context)).paths);
	expect(found[0]?.conflicts).toMatchObject([{ code: "foreign-edit", source: "history" }]);
	expect(found[0]?.promises).toMatchObject([{ contract: "api", what: "Api.run", line: 2, state: "kept" }]);
	expect(found.find(({ path }) => path === "./")?.conflicts).toHaveLength(file.data.conflicts.length);
});
