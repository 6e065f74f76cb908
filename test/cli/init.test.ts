// `npm run init` as people run it: what it makes of real repositories, that the result is content at once, and refusals.
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { parse } from "yaml";
import { readCatalog } from "#catalog/read";
import { audit, type Outcome, projectRoot } from "#test/audit-command";
import { makeRepo, type RepoOptions, type Step, temporaryFolder } from "#test/make-repo";

vi.setConfig({ testTimeout: 60_000 });

function init(...args: string[]): Promise<Outcome> {
	const { COORD_REPO: _repo, ...inherited } = process.env;
	const env = { ...inherited, COORD_CACHE: cache };
	const options = { cwd: projectRoot, env };
	return new Promise((resolve) => {
		execFile(process.execPath, [join(projectRoot, "scripts/init.ts"), ...args], options, (error, stdout, stderr) => {
			resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
		});
	});
}
const cache = temporaryFolder();

/** The scaffold of a repository; it must be content, and pass an audit, at once. */
async function scaffold(steps: readonly Step[], options: RepoOptions & { remote?: string } = {}) {
	const { remote, ...made } = options;
	const repo = makeRepo(steps, made);
	if (remote !== undefined) repo.git("config", "remote.origin.url", remote);
	const dir = join(temporaryFolder(), "content");
	const outcome = await init(dir, "--repo", repo.dir);
	expect([outcome.stderr, outcome.code]).toEqual(["", 0]);
	const catalog = await readCatalog(dir);
	const found = await audit(["--repo", repo.dir, "--content", dir], { env: { COORD_CACHE: cache } });
	expect([found.stderr, found.code]).toEqual(["", 0]);
	const yaml = (name: string) => readFileSync(join(dir, name), "utf8");
	return { repo, dir, ...outcome, catalog, yaml };
}

const times = (count: number, step: (index: number) => Step) =>
	Array.from({ length: count }, (_, index) => step(index));

/** Ten o'clock on the day so many days after 2025-07-01. */
const day = (number: number) => `${new Date(Date.UTC(2025, 6, 1 + number)).toISOString().slice(0, 10)}T10:00`;

test("from CODEOWNERS: teams, rules in any order, exactness on every tracked file, the reason beside each", async () => {
	const { dir, repo, stdout, catalog, yaml } = await scaffold(
		[
			{
				by: "Ann <ann@a.example>",
				at: "2025-07-01T10:00",
				say: "One",
				write: {
					".github/CODEOWNERS": "* @org/core\n/web/ @bea\n/web/legacy/\n",
					"core/a.py": "1",
					"web/b.js": "1",
					"web/legacy/c.js": "1",
					"package-lock.json": "{}",
				},
			},
			...times(20, (index) => ({
				by: "Ann <ann@a.example>",
				at: day(index + 1),
				say: `More ${index}`,
				write: { "core/a.py": `${index}` },
			})),
			{
				by: "dependabot[bot] <49+dependabot[bot]@users.noreply.github.com>",
				say: "Bump",
				write: { "package-lock.json": "{ }" },
			},
		],
		{ remote: "git@github.com:org/shop.git" },
	);

	expect(stdout).toBe(`${dir}: 8 files for org/shop, from 22 commits
teams      core, bea; 3 addresses
rules      2 rules for one team, 0 shared; 0 ports
set aside  1 bot, 0 shared addresses
checked    .github/CODEOWNERS and the rules agree on 5 of 5 tracked files

Look at first:
  ${dir}/teams/       are these the teams, and is everybody in the right one?
  ${dir}/ownership/   is it theirs alone? Each rule says what it follows from
  ${dir}/project.yaml who coordinates

Then:
  npm run validate -- --content ${dir}
  npm run audit -- --content ${dir} --repo ${repo.dir}
  npm start -- --content ${dir} --repo ${repo.dir}
`);
	expect(catalog.project.repository).toMatchObject({ url: "https://github.com/org/shop", refs: ["HEAD"] });
	// Ninety days before 2025-07-21.
	expect(catalog.project.repository.window.since).toBe("2025-04-22T00:00:00Z");
	expect(catalog.project.attribution.exempt).toEqual([{ email: "*[bot]@users.noreply.github.com", reason: "bot" }]);
	expect(catalog.rules.map(({ owner, pattern, except }) => [owner, pattern, except])).toEqual([
		["bea", "/web/", ["/web/legacy/"]],
		["core", "*", ["/web/", "/web/legacy/"]],
	]);
	expect(catalog.teams.map(({ id, identities }) => [id, identities.emails])).toEqual([
		["bea", ["*+bea@users.noreply.github.com", "bea@users.noreply.github.com"]],
		["core", ["ann@a.example"]],
	]);
	expect(yaml("ownership/bea.yaml")).toContain("  # .github/CODEOWNERS:2 @bea; decides about 1 tracked file\n");
	// The first commit, which touched web/ too, one in twenty-one, and twenty more; the bot's is no work of people.
	expect(yaml("teams/core.yaml")).toContain("    # Ann: made 100 % of 21 commits there\n");
	expect(yaml(".gitignore")).toContain("\n/conflict-log.json\n");
});

test("one author, no remote; names of files and people that would steer YAML, Markdown or a terminal", async () => {
	const hostile = "- {{x}}: '\"#\u202e\u0007`";
	const write = { [`${hostile}/a`]: "1", "日本/ü.py": "app.run(port=8123)\n", "<script>/b": "1", "bad\u00ff/c": "1" };
	const { catalog, yaml, stdout } = await scaffold([
		{ by: `${hostile} <one@x.example>`, say: "1", write },
		...times(12, (index) => ({
			by: "one@x.example",
			at: day(index + 1),
			say: `${index}`,
			write: { [`${hostile}/a`]: `${index}`, "日本/ü.py": `app.run(port=8123)\n# ${index}\n` },
		})),
	]);
	expect(catalog.teams.map(({ id, identities }) => [id, identities.emails])).toEqual([
		["maintainers", ["one@x.example"]],
	]);
	// The folder whose name holds a bell cannot be a pattern; the others have too few changes.
	expect(catalog.rules.map(({ pattern }) => pattern)).toEqual(["/日本/"]);
	expect(catalog.ports).toMatchObject([{ from: 8123, to: 8123, owner: "maintainers" }]);
	expect(stdout).toContain("covered    1 of 4 tracked files by a rule\n");
	expect(yaml("project.yaml")).toContain("its name cannot be written as a pattern");
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
	expect(yaml("project.yaml") + stdout).not.toMatch(/[\u0007\u202e]/);
});

test("two teams by folder; second addresses by mailmap and name; a folder where both work has no rule and accuses nobody", async () => {
	const edit = (by: string, path: string, from: number) =>
		times(24, (index) => ({
			...{ by, at: day(from + index * 5), say: `${path} ${from + index}`, write: { [path]: `${by} ${index}` } },
		}));
	const { catalog, yaml, stdout, dir, repo } = await scaffold([
		{
			by: "Max Ray <max@x.example>",
			at: day(0),
			say: "0",
			write: { ".mailmap": "<max@x.example> <mr@old.example>\n" },
		},
		...edit("Wei Liu <wei@x.example>", "web/a.js", 0),
		...edit("Wei Liu <wei@home.example>", "web/a.js", 1),
		...edit("Max Ray <max@x.example>", "core/b.py", 2),
		...edit("mr <mr@old.example>", "core/b.py", 3),
		...edit("Max Ray <max@x.example>", "docs/c.md", 4),
		...edit("Cy <cy@x.example>", "docs/c.md", 4),
	]);
	// Of docs/ both made half. Cy's folder is no more theirs than Max's, so that Cy is of the whole, as Max is.
	expect(catalog.teams.map(({ id, identities }) => [id, identities.emails])).toEqual([
		["maintainers", ["max@x.example", "mr@old.example", "cy@x.example"]],
		["web", ["wei@home.example", "wei@x.example"]],
	]);
	expect(catalog.rules.map(({ owner, pattern }) => [owner, pattern])).toEqual([
		["maintainers", "/core/"],
		["maintainers", "/docs/"],
		["web", "/web/"],
	]);
	expect(yaml("teams/web.yaml")).toContain("    # Wei Liu: the same full name\n");
	expect(yaml("teams/maintainers.yaml")).toContain('    # Max Ray: .mailmap says so\n    - "mr@old.example"\n');
	expect(yaml("ownership/web.yaml")).toContain("  # web made 100 % of 48 commits, on 48 days\n");
	expect(stdout).toContain("covered    3 of 4 tracked files by a rule\n");
	const { stdout: found } = await audit(["--repo", repo.dir, "--content", dir, "--format", "json"], {
		env: { COORD_CACHE: cache },
	});
	expect(JSON.parse(found).summary.byLevel).toEqual({});
});

test("a thousand authors", async () => {
	const { catalog } = await scaffold(
		times(1000, (index) => ({
			by: `P${index} <p${index}@${index % 2 === 0 ? "a" : "b"}.io>`,
			say: `${index}`,
			write: { [`f${index % 7}/x`]: `${index}` },
		})),
	);
	expect(catalog.teams.map(({ identities }) => identities.emails)).toEqual([["*@a.io"], ["*@b.io"]]);
});

test("a scaffold beside other files; nothing is overwritten", async () => {
	const repo = makeRepo([{ say: "1", write: { "a/x": "1" } }]);
	const dir = temporaryFolder();
	mkdirSync(join(dir, "notes"));
	const note = join(dir, "notes/2025-07-01-a.md");
	writeFileSync(note, "---\ntitle: A note\nat: 2025-07-01\nby: Ann\n---\n\nOurs.\n");
	expect((await init(dir, "--repo", repo.dir)).code).toBe(0);
	const before = readFileSync(join(dir, "project.yaml"), "utf8");
	const again = await init(dir, "--repo", repo.dir);
	expect(again.code).toBe(2);
	expect(again.stderr).toContain("nothing was written: ");
	expect(again.stderr).toContain("would be overwritten\n    hint: give a folder of its own, or move these away\n");
	expect(readFileSync(join(dir, "project.yaml"), "utf8")).toBe(before);
	expect(parse(readFileSync(note, "utf8").split("---")[1] as string)).toMatchObject({ title: "A note" });
});

test("content that does not fit what is there: nothing stays", async () => {
	const repo = makeRepo([{ say: "1", write: { "a/x": "1" } }]);
	const dir = temporaryFolder();
	writeFileSync(join(dir, "strange.txt"), "?");
	const { code, stderr } = await init(dir, "--repo", repo.dir);
	expect(code).toBe(2);
	expect(stderr).toContain("strange.txt");
	expect(existsSync(join(dir, "project.yaml"))).toBe(false);
});

test.each([
	["no commits", [], {}, "has no commits yet"],
	[
		"a shallow clone",
		times(3, (index) => ({ say: `${index}`, write: { x: `${index}` } })),
		{ shallow: 1 },
		"is shallow",
	],
])("%s: exit 3, nothing written", async (_what, steps: readonly Step[], options: RepoOptions, words) => {
	const dir = join(temporaryFolder(), "content");
	const { code, stdout, stderr } = await init(dir, "--repo", makeRepo(steps, options).dir);
	expect([code, stdout]).toEqual([3, ""]);
	expect(stderr).toContain(words);
	expect(existsSync(dir)).toBe(false);
});

test.each([
	["no folder", ["--repo", "."], "where to?"],
	["no repository", ["some-folder"], "which repository?"],
	["two folders", ["a", "b", "--repo", "."], "one folder, not 2"],
	["an address", ["a", "--repo", "https://github.com/o/n"], "is an address"],
	["an unknown option", ["a", "--force"], "Unknown option"],
])("%s: exit 2", async (_what, args, words) => {
	const { code, stderr } = await init(...args);
	expect(code).toBe(2);
	expect(stderr).toContain(words);
});

test("--help", async () => {
	const { code, stdout } = await init("--help");
	expect(code).toBe(0);
	expect(stdout).toMatch(/^npm run init -- DIR --repo PATH\n/);
});
