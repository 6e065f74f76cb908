// `npm run hooks`: what it writes, and what real commits meet afterwards.
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { writeContent } from "#test/golden";
import { temporaryFolder } from "#test/make-repo";
import { command, productRoot } from "#test/product-command";
import { newWorkRepo, type WorkRepo, workRepoAt } from "#test/work-repo";

vi.setConfig({ testTimeout: 120_000 });

const files = {
	"project.yaml": "name: P\ncoordinator: { name: Desk, identities: { emails: [desk@p.example], trailers: [desk] } }\n",
	"teams/team-a.yaml": "name: Team A\n",
	"teams/team-b.yaml": "name: Team B\naliases: [B]\n",
	"ownership/team-a.yaml": "owner: team-a\nmode: exclusive\nrules:\n  - pattern: api.py\n",
	"ownership/shared.yaml": "mode: shared\nrules:\n  - pattern: deps.toml\n    risk: high\n",
};
const content = writeContent(files);
const NAMES = ["pre-commit", "prepare-commit-msg", "commit-msg"];

function hooks(repo: WorkRepo, args: readonly string[] = []) {
	return command("hooks", ["--repo", repo.dir, "--content", content, ...args]);
}

/** A repository with a first commit, then our hooks. */
async function hooked(name = "work"): Promise<WorkRepo> {
	const repo = newWorkRepo(name);
	repo.write({ "api.py": "1", "deps.toml": "1", "free.txt": "1" });
	repo.git("add", ".");
	repo.git("commit", "--quiet", "-m", "Start");
	expect((await hooks(repo)).code).toBe(0);
	return repo;
}

function stage(repo: WorkRepo, ...paths: string[]): void {
	repo.write(Object.fromEntries(paths.map((path) => [path, `${Math.random()}`])));
	repo.git("add", "--", ...paths);
}

const asB = { COORD_TEAM: "team-b" };

test("three hooks are installed, then up to date, then removed; nothing else is written", async () => {
	const repo = newWorkRepo();
	const folder = join(repo.dir, ".git/hooks");
	rmSync(folder, { recursive: true });
	const others = () => readdirSync(repo.dir, { recursive: true }).filter((name) => !String(name).includes("hooks"));
	const before = others();
	const told = (what: string) => `hooks in ${folder}\n${NAMES.map((name) => `${name}: ${what}\n`).join("")}`;

	expect(await hooks(repo)).toEqual({ code: 0, stderr: "", stdout: told("installed") });
	expect(readdirSync(folder).sort()).toEqual([...NAMES].sort());
	expect(await hooks(repo)).toEqual({ code: 0, stderr: "", stdout: told("up to date") });
	writeFileSync(join(folder, "commit-msg"), `${readFileSync(join(folder, "commit-msg"), "utf8")}# older\n`);
	expect((await hooks(repo)).stdout).toBe(told("up to date").replace(/up to date\n$/, "updated\n"));
	expect(await hooks(repo, ["--remove"])).toEqual({ code: 0, stderr: "", stdout: told("removed") });
	expect(await hooks(repo, ["--remove"])).toEqual({ code: 0, stderr: "", stdout: told("not there") });
	expect(readdirSync(folder)).toEqual([]);
	expect(others()).toEqual(before);
});

test("a commit that violates is stopped: whose file, which rule, what to do", async () => {
	const repo = await hooked();
	stage(repo, "api.py");

	expect(repo.say(asB, "commit", "--quiet", "-m", "Mine")).toEqual({
		code: 1,
		stdout: "",
		stderr: `check: 1 staged path, as Team B (COORD_TEAM): 1 error

error foreign-edit  Team B changed api.py, which belongs to Team A alone.
    rule: ${content}/ownership/team-a.yaml:4  api.py
    do: Take it out of this commit (git restore --staged -- api.py) and ask Team A to make the change; if it has to be yours, ask Desk for a shared rule, an exception or an override first.
`,
	});
	expect(repo.git("rev-list", "--count", "HEAD")).toBe("1");
	repo.git("restore", "--staged", "--", "api.py");
	stage(repo, "free.txt");
	expect(repo.say(asB, "commit", "--quiet", "-m", "Mine").code).toBe(0);
});

test("the message ends with the team and who agreed, once, and an older word stands", async () => {
	const repo = await hooked();
	stage(repo, "deps.toml");
	const agreed = { ...asB, COORD_COORDINATED_BY: "Desk" };
	expect(repo.say(asB, "commit", "--quiet", "-m", "Change").code).toBe(1);
	expect(repo.say(agreed, "commit", "--quiet", "-m", "Change", "-m", "Body\n---\nmore").code).toBe(0);
	expect(repo.git("log", "-1", "--format=%B")).toBe(
		"Change\n\nBody\n---\nmore\n\nTeam: team-b\nCoordinated-by: Desk\n",
	);
	expect(repo.say(agreed, "commit", "--quiet", "--amend", "--no-edit").code).toBe(0);
	expect(repo.git("log", "-1", "--format=%(trailers)")).toBe("Team: team-b\nCoordinated-by: Desk\n");

	stage(repo, "free.txt");
	expect(repo.say(asB, "commit", "--quiet", "-m", "Other", "-m", "team: A").code).toBe(0);
	expect(repo.git("log", "-1", "--format=%B")).toBe("Other\n\nteam: A\n");
});

test("COORD_TEAM unset: nothing is added, and that is said once", async () => {
	const repo = await hooked();
	stage(repo, "free.txt");

	expect(repo.say({}, "commit", "--quiet", "-m", "Who")).toEqual({
		code: 0,
		stdout: "",
		stderr:
			"check: 1 staged path, as no known team: nothing in the way\ncoordination: COORD_TEAM is not set, so no Team: trailer was added\n",
	});
	expect(repo.git("log", "-1", "--format=%B")).toBe("Who\n");
	stage(repo, "free.txt");
	expect(repo.say({}, "commit", "--quiet", "-m", "Typed", "-m", "Team: B").stderr).not.toContain("COORD_TEAM");
});

test("COORD_TEAM that names no team stops the commit", async () => {
	const repo = await hooked();
	stage(repo, "free.txt");

	expect(repo.say({ COORD_TEAM: "team-z" }, "commit", "--quiet", "-m", "Who")).toEqual({
		code: 1,
		stdout: "",
		stderr:
			"error: COORD_TEAM “team-z” names no team\n    hint: the teams are team-a, team-b\ncoordination: the check could not judge this commit, so nothing was committed; COORD_HOOKS=off commits without the check\n",
	});
	expect(repo.say({ COORD_TEAM: "team-z", COORD_HOOKS: "off" }, "commit", "--quiet", "-m", "Who").code).toBe(0);
});

test("a message typed in the editor gets its trailers; one left empty still calls the commit off", async () => {
	const repo = await hooked();
	stage(repo, "free.txt");

	expect(repo.say({ ...asB, GIT_EDITOR: "true" }, "commit", "--verbose").stderr).toContain("empty commit message");
	const typed = { ...asB, GIT_EDITOR: "sed -i '1s/^/Typed/'" };
	expect(repo.say(typed, "-c", "core.commentChar=;", "commit", "--quiet", "--verbose").code).toBe(0);
	expect(repo.git("log", "-1", "--format=%B")).toBe("Typed\n\nTeam: team-b\n");
});

test("nothing configured for trailers runs", async () => {
	const repo = await hooked();
	const mark = join(temporaryFolder(), "mark");
	repo.git("config", "trailer.x.key", "X");
	repo.git("config", "trailer.x.command", `touch '${mark}'; echo y`);
	stage(repo, "free.txt");

	expect(repo.say(asB, "commit", "--quiet", "-m", "Change").code).toBe(0);
	expect(repo.git("log", "-1", "--format=%B")).toBe("Change\n\nTeam: team-b\n");
	expect(existsSync(mark)).toBe(false);
});

test("a partial commit is judged by what it holds, from any folder and any cwd", async () => {
	const repo = await hooked();
	repo.write({ "sub/x": "1" });
	stage(repo, "api.py", "free.txt");

	expect(repo.say(asB, "-C", join(repo.dir, "sub"), "commit", "--quiet", "-m", "Part", "../free.txt").code).toBe(0);
	expect(repo.git("show", "--format=", "--name-only", "HEAD")).toBe("free.txt");
	expect(repo.say(asB, "-C", join(repo.dir, "sub"), "commit", "--quiet", "-m", "Part", "../api.py").code).toBe(1);
	const elsewhere = workRepoAt(temporaryFolder());
	const named = ["--git-dir", join(repo.dir, ".git"), "--work-tree", repo.dir];
	expect(elsewhere.say(asB, ...named, "commit", "--quiet", "-m", "Far").stderr).toContain("belongs to Team A alone");
});

test("a linked worktree has the hooks of its repository", async () => {
	const repo = await hooked();
	const linked = workRepoAt(join(temporaryFolder(), "linked"));
	repo.git("worktree", "add", "--quiet", "-b", "other", linked.dir);
	expect((await hooks(linked)).stdout).toContain(`hooks in ${join(repo.dir, ".git/hooks")}\npre-commit: up to date\n`);
	stage(linked, "api.py");

	expect(linked.say(asB, "commit", "--quiet", "-m", "Foreign").code).toBe(1);
	expect(linked.say({ COORD_TEAM: "team-a" }, "commit", "--quiet", "-m", "Own").code).toBe(0);
});

test("somebody else's hook is left alone, with the line to add to it by hand; the others are installed", async () => {
	const repo = newWorkRepo();
	const folder = join(repo.dir, ".git/hooks");
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, "pre-commit"), "#!/bin/sh\necho mine >&2\n", { mode: 0o755 });
	symlinkSync("/bin/true", join(folder, "commit-msg"));
	const check = `'${process.execPath}' '${productRoot}/scripts/check.ts' --repo "\${GIT_DIR:-.}" --content '${content}' || exit 1`;
	const trailer = `[ -z "\${COORD_TEAM:-}" ] || GIT_CONFIG_PARAMETERS= GIT_CONFIG_COUNT= GIT_DIR=/dev/null GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 git interpret-trailers --in-place --no-divider --if-exists doNothing --trailer 'Team'": $COORD_TEAM" "$1"`;
	const { code, stdout } = await hooks(repo);

	expect(code).toBe(1);
	expect(stdout).toBe(
		[
			`hooks in ${folder}`,
			"pre-commit: left alone, it is not ours. Add this line to it:",
			`    ${check}`,
			"prepare-commit-msg: installed",
			"commit-msg: left alone, it is not ours. Add this line to it:",
			`    ${trailer}`,
			"",
		].join("\n"),
	);
	expect(readFileSync(join(folder, "pre-commit"), "utf8")).toBe("#!/bin/sh\necho mine >&2\n");
	expect((await hooks(repo, ["--remove"])).stdout).toBe(
		`hooks in ${folder}\npre-commit: left alone, it is not ours\nprepare-commit-msg: removed\ncommit-msg: left alone, it is not ours\n`,
	);

	writeFileSync(join(folder, "pre-commit"), `#!/bin/sh\n${check}\n`, { mode: 0o755 });
	stage(repo, "api.py");
	expect(repo.say(asB, "commit", "--quiet", "-m", "By hand").code, "the line by hand does the same").toBe(1);

	repo.git("rm", "--quiet", "--cached", "api.py");
	stage(repo, "free.txt");
	rmSync(join(folder, "prepare-commit-msg"), { force: true });
	rmSync(join(folder, "commit-msg"));
	writeFileSync(join(folder, "commit-msg"), `#!/bin/sh\n${trailer}\n`, { mode: 0o755 });
	const mark = join(temporaryFolder(), "mark");
	repo.git("config", "trailer.x.key", "X");
	repo.git("config", "trailer.x.command", `touch '${mark}'; echo y`);
	// `-c` reaches the hook by the environment.
	const given = ["-c", "trailer.y.key=Y", "-c", `trailer.y.command=touch '${mark}'`];
	expect(repo.say(asB, ...given, "commit", "--quiet", "-m", "By hand").code).toBe(0);
	expect(repo.git("log", "-1", "--format=%B"), "and so does the other").toBe("By hand\n\nTeam: team-b\n");
	expect(existsSync(mark)).toBe(false);
});

test("core.hooksPath is respected inside the repository, and nothing is written outside of it", async () => {
	const repo = await hooked();
	repo.write({ "sub/x": "1" });
	repo.git("config", "core.hooksPath", ".githooks");
	const deep = workRepoAt(join(repo.dir, "sub"));
	expect((await hooks(deep)).stdout).toContain(`hooks in ${join(repo.dir, ".githooks")}\npre-commit: installed\n`);
	stage(repo, "api.py");
	expect(repo.say(asB, "commit", "--quiet", "-m", "Foreign").code).toBe(1);

	const outside = temporaryFolder();
	repo.git("config", "core.hooksPath", outside);
	const { code, stdout } = await hooks(repo);
	expect(code).toBe(1);
	expect(stdout).toContain(
		`core.hooksPath leads to ${outside}, outside the repository, where hooks may serve others too\nhooks in ${outside}\npre-commit: left alone`,
	);
	expect(readdirSync(outside)).toEqual([]);
});

test("folders with spaces and quotes", async () => {
	const repo = await hooked('it\'s a "work" $HOME `x`');
	stage(repo, "api.py");
	expect(repo.say(asB, "commit", "--quiet", "-m", "Foreign").stderr).toContain("belongs to Team A alone");

	const odd = join(temporaryFolder(), "it's content");
	renameSync(writeContent(files), odd);
	expect((await command("hooks", ["--repo", repo.dir, "--content", odd])).code).toBe(0);
	expect(repo.say(asB, "commit", "--quiet", "-m", "Foreign").stderr).toContain(`rule: ${odd}/ownership/team-a.yaml:4`);
});

test("a check that cannot run does not pass in silence", async () => {
	const repo = await hooked();
	stage(repo, "free.txt");
	const hook = join(repo.dir, ".git/hooks/pre-commit");
	const text = readFileSync(hook, "utf8");
	writeFileSync(hook, text.replaceAll("/scripts/check.ts", "/gone/check.ts"));
	const last = ", so nothing was committed; COORD_HOOKS=off commits without the check\n";

	expect(repo.say(asB, "commit", "--quiet", "-m", "Change")).toEqual({
		code: 1,
		stdout: "",
		stderr: `coordination: the check cannot run: ${productRoot}/gone/check.ts is gone${last}`,
	});
	writeFileSync(hook, text.replaceAll(process.execPath, "/gone/node"));
	expect(repo.say(asB, "commit", "--quiet", "-m", "Change").stderr).toBe(
		`coordination: the check cannot run: /gone/node is gone${last}`,
	);
	expect(repo.say({ ...asB, COORD_HOOKS: "off" }, "commit", "--quiet", "-m", "Change").code).toBe(0);
});

test("commits that are replayed keep what they say of themselves", async () => {
	const repo = await hooked();
	repo.git("checkout", "--quiet", "-b", "side");
	stage(repo, "side.txt");
	repo.say({}, "commit", "--quiet", "-m", "Side");
	repo.git("checkout", "--quiet", "main");
	stage(repo, "free.txt");
	repo.say(asB, "commit", "--quiet", "-m", "Main");

	expect(repo.say(asB, "cherry-pick", "side").code).toBe(0);
	expect(repo.git("log", "-1", "--format=%B")).toBe("Side\n");
	repo.git("checkout", "--quiet", "side");
	expect(repo.say(asB, "rebase", "--quiet", "main~1").code).toBe(0);
	expect(repo.git("log", "-1", "--format=%B")).toBe("Side\n");
});

test("no repository, no work", async () => {
	expect(await command("hooks", [])).toEqual({
		code: 2,
		stdout: "",
		stderr: "error: which repository?\n    hint: give its folder with --repo\n",
	});
	expect((await command("hooks", ["--repo", temporaryFolder(), "--content", content])).code).toBe(3);
});
