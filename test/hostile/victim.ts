// One history with something of everything, honest and in copies to be spoilt.
import { spawnSync } from "node:child_process";
import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeContent } from "#test/golden";
import { cleanEnvironment, gitBytes, makeRepo, type Repo, repoAt, type Step, temporaryFolder } from "#test/make-repo";
import { oddHistory } from "../unit/git/odd-history.ts";

/** Attributes and mailmap are in the history itself: what a contributor can bring in. */
const story: readonly Step[] = [
	...oddHistory,
	{
		say: "Attributes, a mailmap, a submodule",
		write: {
			".gitattributes": "* diff=trap filter=trap merge=trap\n",
			".mailmap": "Ana <ana@a.example> <ben@b.example>\n",
			".gitmodules": '[submodule "sub"]\n\tpath = sub\n\turl = ./sub\n',
			"a/api.py": "1\n",
			"a/model.py": "def model():\n    return 1\n",
			"b/train.py": "1\n",
			"deps.toml": "x = 1\n",
		},
	},
	{ say: "Foreign by trailer\n\nTeam: team-b", by: "ben@b.example", write: { "a/api.py": "2\n" } },
	{ say: "Foreign, folded\n\nTEAM: team-b\n", by: "ana@a.example", write: { "a/api.py": "3\n" } },
	{ say: "Agreed\n\nTeam: team-b\nCoordinated-by: desk", by: "ben@b.example", write: { "deps.toml": "x = 2\n" } },
	{ say: "Not agreed\n\nTeam# team-a", by: "ben@b.example", write: { "deps.toml": "x = 3\n" } },
	{ say: "Who\n\nTeam: zebra", by: "zoe@z.example", write: { "a/api.py": "4\n" } },
	{ say: "Move between owners", by: "ben@b.example", move: { "a/model.py": "b/model.py" } },
	{ say: "Theirs", on: "team-a/deps", by: "ana@a.example", write: { "deps.toml": "x = 4\n" } },
	{ say: "Ours", on: "team-b/deps", from: "main", by: "ben@b.example", write: { "deps.toml": "x = 5\n" } },
	{ say: "Last", by: "ana@a.example", write: { "b/train.py": "2\n" } },
];

const content = {
	"project.yaml":
		"name: P\ncoordinator: { name: Desk, identities: { emails: [desk@p.example], trailers: [desk] } }\ncollision: { windowHours: 24 }\n",
	"teams/team-a.yaml": 'name: Team A\nidentities: { emails: ["*@a.example"], branches: ["team-a/**"] }\n',
	"teams/team-b.yaml": 'name: Team B\nidentities: { emails: ["*@b.example"], branches: ["team-b/**"] }\n',
	"ownership/team-a.yaml":
		'owner: team-a\nmode: exclusive\nrules:\n  - pattern: a/\n  - pattern: "plain.txt"\n  - pattern: sub\n  - pattern: moved/\n  - pattern: "caf*"\n',
	"ownership/team-b.yaml":
		"owner: team-b\nmode: exclusive\nrules:\n  - pattern: b/\n  - pattern: both\n  - pattern: knot\n",
	"ownership/shared.yaml": "mode: shared\nrules:\n  - pattern: deps.toml\n  - pattern: main\n",
};

/** The content folder by which all of them are audited. */
export function hostileContent(): string {
	return writeContent(content);
}

/** An honest repository: packed, with an index, one staged change and a few files in its work tree. */
export function honestRepo(): Repo {
	const repo = makeRepo(story);
	rmSync(join(repo.dir, ".git/hooks"), { recursive: true, force: true });
	for (const kind of ["PGP SIGNATURE", "SSH SIGNATURE", "SIGNED MESSAGE"]) sign(repo, kind);
	repo.git("branch", "signed");
	sign(repo, "PGP SIGNATURE", "refs/heads/signed");
	// A check looks at what others committed lately.
	repo.git("branch", "team-b/now");
	sign(repo, "PGP SIGNATURE", "refs/heads/team-b/now", `${Math.floor(Date.now() / 1000)} +0000`);
	repo.git("read-tree", "HEAD");
	repo.git("checkout-index", "-f", ".gitattributes", ".mailmap", ".gitmodules", "a/api.py", "b/train.py", "deps.toml");
	repo.git("repack", "-a", "-d", "-q");
	const blob = gitBytes(repo.dir, ["hash-object", "-w", "--stdin"], "staged\n").toString().trim();
	repo.git("update-index", "--add", "--cacheinfo", `100644,${blob},a/staged.py`);
	return repo;
}

/** A commit on top of a branch that says it is signed: only such a one makes git start a verifier. */
function sign(repo: Repo, kind: string, ref = "refs/heads/main", date = "1754000000 +0000"): void {
	const who = `Ana <ana@a.example> ${date}`;
	const lines = [
		`tree ${repo.git("rev-parse", `${ref}^{tree}`)}`,
		`parent ${repo.git("rev-parse", ref)}`,
		`author ${who}`,
		`committer ${who}`,
		`gpgsig -----BEGIN ${kind}-----`,
		" ",
		" U1NIU0lHAAAAAQ==",
		` -----END ${kind}-----`,
		"",
		`Signed by ${kind}`,
		"",
	];
	const oid = gitBytes(repo.dir, ["hash-object", "-t", "commit", "-w", "--stdin"], lines.join("\n"));
	repo.git("update-ref", ref, oid.toString().trim());
}

/** A copy of its own, to be spoilt. */
export function copyRepo(repo: Repo): Repo {
	const dir = join(temporaryFolder(), "victim");
	cpSync(repo.dir, dir, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
	return repoAt(dir, repo.oids);
}

export function configure(repo: Repo, text: string): void {
	appendFileSync(join(repo.dir, ".git", "config"), `${text}\n`);
}

/** Writes a file of the git directory. */
export function plant(repo: Repo, path: string, text: string | Buffer, mode = 0o644): string {
	const file = join(repo.dir, ".git", path);
	mkdirSync(dirname(file), { recursive: true });
	if (existsSync(file)) chmodSync(file, 0o644);
	writeFileSync(file, text);
	chmodSync(file, mode);
	return file;
}

export interface Trap {
	/** A program that leaves a mark. */
	readonly program: string;
	/** Whether anybody ran it. */
	readonly isSprung: () => boolean;
}

export function makeTrap(): Trap {
	const dir = temporaryFolder();
	const mark = join(dir, "sprung");
	const program = join(dir, "trap.sh");
	writeFileSync(program, `#!/bin/sh\n: >>'${mark}'\n`);
	chmodSync(program, 0o755);
	return { program, isSprung: () => existsSync(mark) };
}

/** Runs plain git, as anybody would: what it prints, also when it fails. Waits no longer than the limit. */
export function plainGit(
	dir: string,
	args: readonly string[],
	env: Readonly<Record<string, string>> = {},
	limitMs = 10_000,
): string {
	const { status, stdout, stderr } = spawnSync("git", [...args], {
		cwd: dir,
		env: { ...cleanEnvironment, ...env },
		encoding: "latin1",
		input: "protocol=https\nhost=nowhere.invalid\n\n",
		timeout: limitMs,
	});
	return `${stdout}${stderr}exit ${status}`;
}
