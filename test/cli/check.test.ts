// `npm run check` as people run it: exact words and exit codes, in real repositories.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { conflictLogSchema } from "#model/conflict-log";
import { writeContent } from "#test/golden";
import { temporaryFolder } from "#test/make-repo";
import { command, productRoot } from "#test/product-command";
import { newWorkRepo, type WorkRepo, workRepoAt } from "#test/work-repo";

vi.setConfig({ testTimeout: 120_000 });

const files = {
	"project.yaml": [
		"name: P",
		"coordinator: { name: Desk, identities: { emails: [desk@p.example], trailers: [desk] } }",
		"atomic: { maxOtherPaths: 1 }",
		"attribution: { exempt: [{ email: bot@p.example, reason: bot }] }",
		"",
	].join("\n"),
	"teams/team-a.yaml": 'name: Team A\nidentities: { emails: ["*@a.example"], branches: ["team-a/**"] }\n',
	"teams/team-b.yaml": 'name: Team B\naliases: [B]\nidentities: { emails: ["*@b.example"], branches: ["team-b/**"] }\n',
	"ownership/team-a.yaml": "owner: team-a\nmode: exclusive\nrules:\n  - pattern: api.py\n  - pattern: /a/\n",
	"ownership/shared.yaml":
		"mode: shared\nrules:\n  - pattern: deps.toml\n    risk: high\n    protocol: Ask first\n  - pattern: notes.txt\n",
};
const content = writeContent(files);

function check(repo: WorkRepo, args: readonly string[] = [], env: Record<string, string> = {}) {
	return command("check", ["--repo", repo.dir, "--content", content, ...args], { env });
}

/** A repository in which the coordinator has committed one file of each kind. */
function started(): WorkRepo {
	const repo = newWorkRepo();
	repo.write({ "api.py": "1", "deps.toml": "1", "notes.txt": "1", "free.txt": "1" });
	repo.git("add", ".");
	repo.git("commit", "--quiet", "--author=Desk <desk@p.example>", "-m", "Start");
	return repo;
}

function stage(repo: WorkRepo, ...paths: string[]): WorkRepo {
	repo.write(Object.fromEntries(paths.map((path) => [path, "2"])));
	repo.git("add", "--", ...paths);
	return repo;
}

test("another team's file: whose it is, which rule says so, what to do instead; exit 1", async () => {
	const repo = stage(started(), "api.py");

	expect(await check(repo, ["--team", "b"])).toEqual({
		code: 1,
		stderr: "",
		stdout: `check: 1 staged path, as Team B (--team): 1 error

error foreign-edit  Team B changed api.py, which belongs to Team A alone.
    rule: ${content}/ownership/team-a.yaml:4  api.py
    do: Take it out of this commit (git restore --staged -- api.py) and ask Team A to make the change; if it has to be yours, ask Desk for a shared rule, an exception or an override first.
`,
	});
});

test("a shared file of high risk: an error that says how to agree, and none once that is said", async () => {
	const repo = stage(started(), "deps.toml");

	expect(await check(repo, [], { COORD_TEAM: "team-b" })).toEqual({
		code: 1,
		stderr: "",
		stdout: `check: 1 staged path, as Team B (COORD_TEAM): 1 error

error shared-edit-uncoordinated  Team B changed deps.toml, which is shared, and nothing says it was agreed.
    rule: ${content}/ownership/shared.yaml:3  deps.toml  (risk: high)
    do: The rule asks: Ask first. Agree it with Desk or another team, then commit with COORD_COORDINATED_BY=Desk, which ends the message with “Coordinated-by:”; or have a claim made in the content.
`,
	});
	const fine = { code: 0, stderr: "", stdout: "check: 1 staged path, as Team B (COORD_TEAM): nothing in the way\n" };
	expect(await check(repo, [], { COORD_TEAM: "team-b", COORD_COORDINATED_BY: "Desk" })).toEqual(fine);
	expect(await check(repo, ["--coordinated-by", "team-a"], { COORD_TEAM: "team-b" })).toEqual(fine);
	expect((await check(repo, ["--coordinated-by", "team-b"], { COORD_TEAM: "team-b" })).code).toBe(1);
});

test("a claim is an agreement too", async () => {
	const claim =
		"resource: path:deps.toml\nteam: team-b\nagreedBy: Desk\nfrom: 2020-01-01\nuntil: 2099-01-01\nreason: r\n";
	const claimed = writeContent({ ...files, "claims/one.yaml": claim });
	const repo = stage(started(), "deps.toml");
	const outcome = await command("check", ["--repo", repo.dir, "--content", claimed, "--team", "team-b"]);
	expect(outcome.stdout).toBe("check: 1 staged path, as Team B (--team): nothing in the way\n");
});

test("without a team said the branch says, then the e-mail, then nobody does", async () => {
	const repo = stage(started(), "free.txt");
	const asked = async (env: Record<string, string> = {}) => (await check(repo, [], env)).stdout;

	expect(await asked()).toBe("check: 1 staged path, as no known team: nothing in the way\n");
	expect(await asked({ GIT_AUTHOR_EMAIL: "x@a.example" })).toBe(
		"check: 1 staged path, as Team A (by the e-mail x@a.example): nothing in the way\n",
	);
	repo.git("checkout", "--quiet", "-b", "team-b/x");
	expect(await asked()).toBe("check: 1 staged path, as Team B (by the branch team-b/x): nothing in the way\n");
});

test("the e-mail is the one git would use, from the repository's or the person's configuration", async () => {
	const repo = stage(started(), "free.txt");
	const home = temporaryFolder();
	const env = { HOME: home, GIT_AUTHOR_NAME: undefined, GIT_AUTHOR_EMAIL: undefined, GIT_AUTHOR_DATE: undefined };
	const asked = async () => (await command("check", ["--repo", repo.dir, "--content", content], { env })).stdout;

	writeFileSync(join(home, ".gitconfig"), "[user]\n\tname = Ana\n\temail = ana@a.example\n");
	expect(await asked()).toBe("check: 1 staged path, as Team A (by the e-mail ana@a.example): nothing in the way\n");
	repo.git("config", "user.email", "ben@b.example");
	expect(await asked()).toBe("check: 1 staged path, as Team B (by the e-mail ben@b.example): nothing in the way\n");
	repo.git("config", "--unset", "user.email");
	writeFileSync(join(home, ".gitconfig"), "[user]\n\tuseConfigOnly = true\n");
	expect(await asked()).toBe("check: 1 staged path, as no known team: nothing in the way\n");
});

test("a team that is none: exit 2 and the known ones", async () => {
	const repo = stage(started(), "free.txt");
	const words = (source: string) => `error: ${source} “team-z” names no team\n    hint: the teams are team-a, team-b\n`;

	expect(await check(repo, ["--team", "team-z"])).toEqual({ code: 2, stdout: "", stderr: words("--team") });
	expect(await check(repo, [], { COORD_TEAM: "team-z" })).toEqual({ code: 2, stdout: "", stderr: words("COORD_TEAM") });
});

test("branch and COORD_TEAM that disagree are a warning, which stops nothing unless asked to", async () => {
	const repo = started();
	repo.git("checkout", "--quiet", "-b", "team-a/x");
	stage(repo, "free.txt");

	const outcome = await check(repo, [], { COORD_TEAM: "team-b" });
	expect(outcome.code).toBe(0);
	expect(outcome.stdout).toContain("warning attribution-disagreement  ");
	expect((await check(repo, ["--fail-on", "warning"], { COORD_TEAM: "team-b" })).code).toBe(1);
});

test("the first commit, a detached head and a linked worktree are judged alike", async () => {
	const first = stage(newWorkRepo(), "api.py");
	expect((await check(first, ["--team", "team-b"])).stdout).toContain("(git rm --cached -- api.py)");

	const repo = started();
	const linked = workRepoAt(join(temporaryFolder(), "linked"));
	repo.git("worktree", "add", "--quiet", "--detach", linked.dir);
	stage(linked, "api.py");
	expect((await check(linked, ["--team", "team-b"])).code).toBe(1);
	expect((await check(repo, ["--team", "team-b"])).stdout).toBe(
		"check: 0 staged paths, as Team B (--team): nothing in the way\n",
	);
});

test("a deletion, a rename and a change of mode are changes; a path cannot steer a terminal or a shell", async () => {
	const repo = started();
	repo.git("mv", "api.py", "it's mine.py");
	const { stdout, code } = await check(repo, ["--team", "team-b"]);
	expect(code).toBe(1);
	expect(stdout).toContain("check: 2 staged paths");
	expect(stdout).toContain("(git restore --staged -- api.py)");

	repo.git("reset", "--quiet", "--hard");
	repo.write({ "a/x y'\u001b[31m\n.py": "1", "a/x y'.py": "1" });
	repo.git("add", ".");
	const odd = await check(repo, ["--team", "team-b"]);
	expect(odd.stdout).toContain("Team B changed a/x y'\\x1B[31m\\x0A.py, which belongs");
	expect(odd.stdout).toContain("(git restore --staged)");
	expect(odd.stdout).toContain("(git restore --staged -- 'a/x y'\\''.py')");
	// biome-ignore lint/suspicious/noControlCharactersInRegex: that none is there is the point
	expect(odd.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
});

test("a shared path among more others than the project allows", async () => {
	const repo = stage(started(), "notes.txt", "x", "y");
	const { stdout, code } = await check(repo, ["--team", "team-b", "--coordinated-by", "Desk"]);
	expect(code).toBe(0);
	expect(stdout).toContain("warning shared-edit-not-atomic  ");
	expect(stdout).toContain(
		"    do: Commit the shared path apart from the rest: at most 1 other path may come with it.\n",
	);
});

test("what another team committed on another branch within the window is a warning", async () => {
	const repo = started();
	const hoursAgo = (hours: number) => `${Math.floor(Date.now() / 1000) - hours * 3600} +0000`;
	const commitAt = (branch: string, path: string, hours: number) => {
		repo.git("checkout", "--quiet", "-b", branch, "main");
		repo.write({ [path]: branch });
		repo.git("add", path);
		const date = hoursAgo(hours);
		repo.say({ GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }, "commit", "--quiet", "-m", `On ${branch}`);
	};
	commitAt("team-a/near", "free.txt", 23);
	commitAt("team-a/far", "far.txt", 30);
	repo.git("checkout", "--quiet", "main");
	stage(repo, "free.txt", "far.txt");

	const { stdout, code } = await check(repo, ["--team", "team-b"], { GIT_AUTHOR_DATE: "" });
	expect(code).toBe(0);
	const oid = repo.git("rev-parse", "team-a/near").slice(0, 10);
	expect(stdout).toContain("check: 2 staged paths, as Team B (--team): 1 warning\n\nwarning overlapping-edit  ");
	expect(stdout).toContain(`    commit ${oid}  “On team-a/near” by Test\n`);
	expect(stdout).not.toContain("far.txt");
});

test("a merge in progress is not blamed for what it brings in", async () => {
	const repo = started();
	repo.git("checkout", "--quiet", "-b", "team-a/x");
	stage(repo, "api.py");
	repo.git("commit", "--quiet", "-m", "By its owner", "-m", "Team: team-a");
	repo.git("checkout", "--quiet", "main");
	repo.git("merge", "--quiet", "--no-ff", "--no-commit", "team-a/x");

	expect((await check(repo, ["--team", "team-b"])).stdout).toBe(
		"check: 0 staged paths, as Team B (--team): nothing in the way\n",
	);
});

test("a foreign edit taken back is a note", async () => {
	const repo = stage(started(), "api.py");
	repo.git("commit", "--quiet", "-m", "Foreign", "-m", "Team: team-b");
	repo.git("revert", "--no-commit", "HEAD");

	const { stdout, code } = await check(repo, ["--team", "team-b", "--fail-on", "warning"]);
	expect({ code, head: stdout.split("\n")[0] }).toEqual({
		code: 0,
		head: "check: 1 staged path, as Team B (--team): 1 note",
	});
	expect(stdout).toContain("note exempt-edit  ");
});

test("a range: each commit by its own evidence; A..B and A...B as git means them", async () => {
	const repo = started();
	repo.git("tag", "start");
	repo.git("checkout", "--quiet", "-b", "team-b/x");
	stage(repo, "api.py");
	repo.git("commit", "--quiet", "-m", "Foreign");
	const foreign = repo.git("rev-parse", "HEAD").slice(0, 10);
	stage(repo, "free.txt");
	repo.git("commit", "--quiet", "-m", "Fine");

	expect(await check(repo, ["--range", "start..HEAD"])).toEqual({
		code: 1,
		stderr: "",
		stdout: `check: 2 commits with 2 changes: 1 error

error foreign-edit  Team B changed api.py, which belongs to Team A alone.
    rule: ${content}/ownership/team-a.yaml:4  api.py
    commit ${foreign} api.py  “Foreign” by Test
    do: Take it out of these commits and ask Team A to make the change; if it has to be yours, ask Desk for a shared rule, an exception or an override first.
`,
	});
	expect((await check(repo, ["--range", "HEAD^..HEAD"])).stdout).toBe(
		"check: 1 commit with 1 change: nothing in the way\n",
	);
	repo.git("checkout", "--quiet", "main");
	stage(repo, "deps.toml");
	repo.git("commit", "--quiet", "-m", "Main");
	expect((await check(repo, ["--range", "main..team-b/x"])).stdout).toContain("check: 2 commits with 2 changes");
	expect((await check(repo, ["--range", "main...team-b/x"])).stdout).toContain("check: 3 commits with 3 changes");
});

test("a bare repository is judged by range, and by nothing else", async () => {
	const repo = stage(started(), "free.txt");
	repo.git("commit", "--quiet", "-m", "Second");
	const bare = join(temporaryFolder(), "bare.git");
	repo.git("clone", "--quiet", "--bare", repo.dir, bare);

	expect((await check(workRepoAt(bare), ["--range", "HEAD^..HEAD"])).stdout).toBe(
		"check: 1 commit with 1 change: nothing in the way\n",
	);
	expect(await check(workRepoAt(bare))).toEqual({
		code: 2,
		stdout: "",
		stderr: `error: the repository ${bare} is bare: nothing can be staged in it\n    hint: judge its commits with --range A..B\n`,
	});
});

test("what cannot be meant is refused", async () => {
	const repo = started();
	expect(await check(repo, ["--range", "HEAD"])).toMatchObject({
		code: 2,
		stderr: "error: --range HEAD is no range\n    hint: write it as A..B or A...B, e.g. main..HEAD\n",
	});
	expect(await check(repo, ["--range", "nope..HEAD"])).toMatchObject({
		code: 3,
		stderr: "error: the repository has no commit named nope\n    hint: `git branch -a` lists its branches\n",
	});
	expect((await check(repo, ["--range", "HEAD..HEAD", "--team", "team-b"])).code).toBe(2);
	expect((await check(repo, ["--range=--all..HEAD"])).code).toBe(3);
	expect((await check(repo, ["--format", "xml"])).code).toBe(2);
});

test("JSON is a conflict log of what is staged, and nothing else", async () => {
	const repo = stage(started(), "api.py");
	const { stdout, stderr, code } = await check(repo, ["--team", "team-b", "--format", "json"]);
	const log = conflictLogSchema.parse(JSON.parse(stdout));

	expect({ stderr, code }).toEqual({ stderr: "", code: 1 });
	expect(log.repository).toMatchObject({ name: "P", commits: 1, changes: 1, head: "0".repeat(40) });
	expect(log.summary).toEqual({
		open: 1,
		byLevel: { error: 1 },
		byCode: { "foreign-edit": 1 },
		byTeam: { "team-a": 1, "team-b": 1 },
	});
	expect(log.conflicts.map(({ code, resource }) => [code, resource])).toEqual([["foreign-edit", "path:api.py"]]);
});

test("SARIF and Markdown tell the same finding", async () => {
	const repo = stage(started(), "api.py");
	const sarif = JSON.parse((await check(repo, ["--team", "team-b", "--format", "sarif"])).stdout);
	expect(sarif.version).toBe("2.1.0");
	expect(sarif.runs[0].results).toMatchObject([{ ruleId: "foreign-edit", level: "error" }]);
	const markdown = await check(repo, ["--team", "team-b", "--format", "markdown"]);
	expect(markdown.code).toBe(1);
	expect(markdown.stdout).toContain("## Coordination audit: ");
	expect(markdown.stdout).toContain("Team B changed `api.py`, which belongs to Team A alone.");
});

test("a key of another team's, in what is staged and in a range, and none once that is agreed", async () => {
	const namespaces = Object.fromEntries(
		["a", "b"].map((id) => [`namespaces/${id}.yaml`, `key: of-${id}\nowner: team-${id}\nfiles: [app.json]\n`]),
	);
	const divided = writeContent({ ...files, ...namespaces });
	const ask = (repo: WorkRepo, ...args: string[]) =>
		command("check", ["--repo", repo.dir, "--content", divided, ...args]);
	const repo = newWorkRepo();
	const write = (a: number, b: number) => {
		repo.write({ "app.json": `{ "of-a": { "x": ${a} }, "of-b": { "y": ${b} } }\n` });
		repo.git("add", ".");
	};
	write(1, 1);
	repo.git("commit", "--quiet", "--author=Desk <desk@p.example>", "-m", "Start");
	write(2, 2);

	expect(await ask(repo, "--team", "b")).toEqual({
		code: 1,
		stderr: "",
		stdout: `check: 1 staged path, as Team B (--team): 1 error

error config-foreign-edit  Team B changed of-a in the configuration, which belongs to Team A: changed of-a.x.
    do: Take these keys out of this commit and ask Team A to make the change; or agree it with Team A or Desk, then commit with COORD_COORDINATED_BY=Desk, which ends the message with “Coordinated-by:”; or have a claim made in the content.
`,
	});
	expect((await ask(repo, "--team", "b", "--coordinated-by", "team-a")).code).toBe(0);

	repo.git("commit", "--quiet", "--author=Ben <ben@b.example>", "-m", "Tune");
	expect((await ask(repo, "--range", "HEAD~1..HEAD")).stdout).toContain("changed of-a.x.");
	write(2, 3);
	expect((await ask(repo, "--team", "b")).stdout).toBe(
		"check: 1 staged path, as Team B (--team): nothing in the way\n",
	);
});

test("an override of the same conflict in the last log lets it pass; one that has run out, or a resolved one, does not", async () => {
	const repo = stage(started(), "api.py");
	repo.git("commit", "--quiet", "-m", "Foreign", "-m", "Team: team-b");
	const own = writeContent(files);
	await command("audit", ["--repo", repo.dir, "--content", own]);
	const log = conflictLogSchema.parse(JSON.parse(readFileSync(join(own, "conflict-log.json"), "utf8")));
	const id = log.conflicts.find(({ code }) => code === "foreign-edit")?.id;
	stage(repo, "free.txt");
	repo.write({ "api.py": "3" });
	repo.git("add", "api.py");
	mkdirSync(join(own, "resolutions"));
	const decided = async (words: string) => {
		writeFileSync(
			join(own, "resolutions/one.yaml"),
			`conflict: ${id}\nby: Desk\nat: 2025-08-01\nreason: r\n${words}\n`,
		);
		const { code, stdout } = await command("check", ["--repo", repo.dir, "--content", own, "--team", "team-b"]);
		return `${code} ${stdout.split("\n")[0]}`;
	};

	const head = "check: 2 staged paths, as Team B (--team):";
	expect(await decided("state: overridden")).toBe(`0 ${head} nothing in the way, 1 accepted by a resolution`);
	expect(await decided("state: false-positive")).toBe(`0 ${head} nothing in the way, 1 accepted by a resolution`);
	expect(await decided("state: overridden\nuntil: 2025-09-01")).toBe(`1 ${head} 1 error`);
	expect(await decided("state: resolved")).toBe(`1 ${head} 1 error`);
	expect(await decided("state: paused\nuntil: 2099-01-01")).toBe(`1 ${head} 1 error`);
});

test("two rules that clash on a staged path stop it, with the folder as typed", async () => {
	const clashing = writeContent({
		...files,
		"ownership/team-b.yaml": "owner: team-b\nmode: exclusive\nrules:\n  - pattern: '*.py'\n",
	});
	const repo = stage(started(), "api.py");
	const { code, stderr } = await command("check", ["--repo", repo.dir, "--content", clashing, "--team", "team-b"]);
	expect(code).toBe(2);
	expect(stderr).toContain(`${clashing}/ownership/team-a.yaml:4:1  api.py  api.py is exclusive to team-a here`);
});

test("a change of the content counts at once", async () => {
	const own = writeContent(files);
	const repo = stage(started(), "api.py");
	const asked = async () => (await command("check", ["--repo", repo.dir, "--content", own, "--team", "team-b"])).code;

	expect([await asked(), await asked()]).toEqual([1, 1]);
	writeFileSync(join(own, "ownership/team-a.yaml"), "owner: team-b\nmode: exclusive\nrules:\n  - pattern: api.py\n");
	expect([await asked(), await asked()]).toEqual([0, 0]);
	writeFileSync(join(own, "ownership/team-a.yaml"), "owner: team-z\nmode: exclusive\nrules:\n  - pattern: api.py\n");
	expect([await asked(), await asked()]).toEqual([2, 2]);
});

test("--help lists the options", async () => {
	const { stdout, code } = await command("check", ["--help"], { cwd: productRoot });
	expect(code).toBe(0);
	for (const option of ["--repo", "--team", "--coordinated-by", "--staged", "--range", "--format", "--fail-on"]) {
		expect(stdout).toContain(option);
	}
});
