// A repository is data: nothing in it may run a program, and nothing in it may change what the log says.
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openRepository } from "#git/repository";
import type { Commit, TreeEntry } from "#model/history";
import { cloneRepo, gitBytes, makeRepo, type Repo, temporaryFolder } from "#test/make-repo";
import { oddHistory } from "./odd-history.ts";
import { commitsOf, plain } from "./read-all.ts";
import { takeAway } from "./take-away.ts";

interface Facts {
	readonly commits: readonly Commit[];
	readonly tree: readonly TreeEntry[];
	readonly head: string;
	readonly own: readonly string[];
}

/** All that the product ever asks of a repository. */
async function everything(dir: string, refs: readonly string[] = ["HEAD"]): Promise<Facts> {
	const opened = await openRepository(dir, refs);
	try {
		const commits = commitsOf(await opened.readCommits()).map(plain);
		const own = await opened.commitsOnlyOn(opened.repository.head, (branch) => branch === "side");
		return { commits, tree: await opened.readTree(), head: opened.repository.head, own: [...own] };
	} finally {
		await opened.close();
	}
}

const honest = makeRepo(oddHistory);
const expected = await everything(honest.dir);

/** A copy with its own git directory, to be spoilt. */
function victim(): Repo {
	const repo = makeRepo(oddHistory);
	expect(repo.oids).toEqual(honest.oids);
	return repo;
}

function configure(repo: Repo, text: string): void {
	appendFileSync(join(repo.dir, ".git", "config"), text);
}

/** A program that leaves a mark when anybody runs it. */
function trap(): { program: string; isSprung: () => boolean } {
	const dir = temporaryFolder();
	const program = join(dir, "trap.sh");
	writeFileSync(program, `#!/bin/sh\ntouch ${join(dir, "sprung")}\ncat\n`);
	chmodSync(program, 0o755);
	return { program, isSprung: () => existsSync(join(dir, "sprung")) };
}

const traps: [name: string, set: (repo: Repo, program: string) => void][] = [
	[
		"log.showSignature and gpg.program",
		(repo, run) => configure(repo, `[log]\n\tshowSignature = true\n[gpg]\n\tprogram = ${run}\n`),
	],
	["core.fsmonitor", (repo, run) => configure(repo, `[core]\n\tfsmonitor = ${run}\n`)],
	[
		"textconv and diff.external",
		(repo, run) => {
			configure(repo, `[diff]\n\texternal = ${run}\n[diff "x"]\n\ttextconv = ${run}\n\tcommand = ${run}\n`);
			writeFileSync(join(repo.dir, ".git", "info", "attributes"), "* diff=x\n");
		},
	],
	[
		"filters",
		(repo, run) => {
			configure(repo, `[filter "x"]\n\tclean = ${run}\n\tsmudge = ${run}\n\tprocess = ${run}\n\trequired = true\n`);
			writeFileSync(join(repo.dir, ".git", "info", "attributes"), "* filter=x\n");
		},
	],
	[
		"hooks",
		(repo, run) => {
			const hooks = temporaryFolder();
			for (const name of [
				"post-checkout",
				"post-index-change",
				"reference-transaction",
				"pre-auto-gc",
				"fsmonitor-watchman",
			]) {
				writeFileSync(join(hooks, name), `#!/bin/sh\n${run} </dev/null\n`);
				chmodSync(join(hooks, name), 0o755);
			}
			configure(repo, `[core]\n\thooksPath = ${hooks}\n`);
		},
	],
	[
		"pager, editor and askpass",
		(repo, run) =>
			configure(repo, `[core]\n\tpager = ${run}\n\teditor = ${run}\n\taskPass = ${run}\n[pager]\n\tlog = ${run}\n`),
	],
	["aliases", (repo, run) => configure(repo, `[alias]\n\tlog = !${run}\n\trev-parse = !${run}\n\tls-tree = !${run}\n`)],
	[
		"trailer commands",
		(repo, run) => configure(repo, `[trailer "team"]\n\tkey = Team\n\tcommand = ${run}\n\tcmd = ${run}\n`),
	],
	[
		"config included from elsewhere",
		(repo, run) => {
			const file = join(temporaryFolder(), "more");
			writeFileSync(file, `[log]\n\tshowSignature = true\n[gpg]\n\tprogram = ${run}\n`);
			configure(repo, `[include]\n\tpath = ${file}\n`);
		},
	],
];

for (const [name, set] of traps) {
	test(`${name}: nothing runs, and the log is that of the clean repository`, async () => {
		const repo = victim();
		const { program, isSprung } = trap();
		set(repo, program);

		expect(await everything(repo.dir)).toEqual(expected);
		expect(isSprung()).toBe(false);
	});
}

test("the traps do work: git itself springs one", () => {
	const repo = victim();
	const { program, isSprung } = trap();
	configure(repo, `[core]\n\tfsmonitor = ${program}\n`);
	gitBytes(repo.dir, ["reset", "--quiet"]);
	gitBytes(repo.dir, ["status"]);

	expect(isSprung()).toBe(true);
});

test("a partial clone that lacks an object fetches nothing: it is refused", async () => {
	const repo = makeRepo([{ say: "0", write: { "d/a": "1" } }]);
	const { program, isSprung } = trap();
	const tree = repo.git("rev-parse", "HEAD:d");
	configure(
		repo,
		`[core]\n\trepositoryFormatVersion = 1\n\tsshCommand = ${program}\n[extensions]\n\tpartialClone = origin\n[remote "origin"]\n\turl = ssh://nowhere.invalid/x\n\tpromisor = true\n\tpartialCloneFilter = tree:0\n\tuploadpack = ${program}\n`,
	);
	takeAway(repo, tree);

	await expect(everything(repo.dir)).rejects.toThrow("the history could not be read whole");
	expect(isSprung()).toBe(false);
});

const lies: [name: string, tell: (repo: Repo) => void][] = [
	["a replace ref", (repo) => repo.git("replace", repo.oids[24] as string, repo.oids[1] as string)],
	[
		"a replaced blob and tree",
		(repo) =>
			repo.git("replace", "-f", repo.git("rev-parse", "HEAD^{tree}"), repo.git("rev-parse", `${repo.oids[0]}^{tree}`)),
	],
	[
		"grafts",
		(repo) => {
			mkdirSync(join(repo.dir, ".git", "info"), { recursive: true });
			writeFileSync(join(repo.dir, ".git", "info", "grafts"), `${repo.oids[24]} ${repo.oids[0]}\n`);
		},
	],
	[
		"a mailmap at the head",
		(repo) => configure(repo, "[mailmap]\n\tblob = HEAD:plain.txt\n\tfile = .mailmap\n[log]\n\tmailmap = true\n"),
	],
	["log.showRoot", (repo) => configure(repo, "[log]\n\tshowRoot = false\n")],
	[
		"diff.renames",
		(repo) => configure(repo, "[diff]\n\trenames = copies\n\trenameLimit = 1\n[status]\n\trenames = copies\n"),
	],
	["diff.relative", (repo) => configure(repo, "[diff]\n\trelative = true\n")],
	[
		"diff.ignoreSubmodules",
		(repo) => configure(repo, '[diff]\n\tignoreSubmodules = all\n[submodule "sub"]\n\tignore = all\n\tpath = sub\n'),
	],
	[
		"log.diffMerges, log.follow, log.date, format.pretty",
		(repo) =>
			configure(
				repo,
				"[log]\n\tdiffMerges = separate\n\tfollow = true\n\tdate = relative\n[format]\n\tpretty = oneline\n\tnotes = *\n",
			),
	],
	[
		"diff.orderFile",
		(repo) => {
			writeFileSync(join(repo.dir, "order"), "tab*\n");
			configure(repo, `[diff]\n\torderFile = ${join(repo.dir, "order")}\n`);
		},
	],
	[
		"core.quotePath, core.abbrev, core.precomposeUnicode, i18n",
		(repo) =>
			configure(
				repo,
				"[core]\n\tquotePath = true\n\tabbrev = 4\n\tprecomposeUnicode = true\n\tignoreCase = true\n[i18n]\n\tlogOutputEncoding = UTF-16\n\tcommitEncoding = latin1\n",
			),
	],
	["notes", (repo) => repo.git("notes", "add", "-m", "Team: team-z", repo.oids[1] as string)],
	["core.worktree elsewhere", (repo) => configure(repo, "[core]\n\tworktree = /nowhere\n")],
	["separators for trailers", (repo) => configure(repo, '[trailer]\n\tseparators = "#="\n\tifexists = replace\n')],
];

for (const [name, tell] of lies) {
	test(`${name}: the log does not change`, async () => {
		const repo = victim();
		tell(repo);

		expect(await everything(repo.dir)).toEqual(expected);
	});
}

test("a forged commit-graph changes neither the log nor what HEAD~2 means", async () => {
	const repo = makeRepo([
		{ say: "0", write: { a: "0" } },
		{ say: "1", write: { a: "1" } },
		{ say: "2", write: { a: "2" } },
	]);
	const before = await everything(repo.dir);
	const root = await everything(repo.dir, ["HEAD~2"]);
	forgeCommitGraph(repo);

	expect(repo.git("rev-list", "--count", "HEAD"), "git itself believes the forgery").toBe("1");
	expect(await everything(repo.dir)).toEqual(before);
	expect(await everything(repo.dir, ["HEAD~2"])).toEqual(root);
});

/** Says in the commit-graph that no commit has a parent. */
function forgeCommitGraph(repo: Repo): void {
	repo.git("commit-graph", "write", "--reachable");
	const file = join(repo.dir, ".git", "objects", "info", "commit-graph");
	const bytes = readFileSync(file);
	const data = chunkAt(bytes, "CDAT");
	for (let commit = 0; commit < 3; commit++) bytes.writeUInt32BE(0x70000000, data + commit * 36 + 20);
	chmodSync(file, 0o644);
	writeFileSync(file, bytes);
}

function chunkAt(bytes: Buffer, name: string): number {
	for (let row = 8; row < bytes.length; row += 12) {
		if (bytes.toString("latin1", row, row + 4) === name) return bytes.readUInt32BE(row + 8);
	}
	throw new Error(`no chunk ${name}`);
}

test("variables of the caller's environment reach no git", async () => {
	const { program, isSprung } = trap();
	const lie = {
		GIT_DIR: "/nowhere",
		GIT_EXTERNAL_DIFF: program,
		GIT_CONFIG_COUNT: "1",
		GIT_CONFIG_KEY_0: "log.showRoot",
		GIT_CONFIG_VALUE_0: "false",
		GIT_PAGER: program,
		GIT_OBJECT_DIRECTORY: "/nowhere",
	};
	Object.assign(process.env, lie);
	try {
		expect(await everything(honest.dir)).toEqual(expected);
	} finally {
		for (const key of Object.keys(lie)) delete process.env[key];
	}
	expect(isSprung()).toBe(false);
});

test("names of refs are names: no option, no file is written", async () => {
	const out = join(temporaryFolder(), "out");
	for (const name of [`--output=${out}`, "--all", "-n1", "HEAD --all", "", "^HEAD", "HEAD..main", "main:plain.txt"]) {
		await expect(everything(honest.dir, [name]), name).rejects.toThrow("has no commit named");
	}
	expect(existsSync(out)).toBe(false);
});

test("a clone of a hostile clone is only its objects", async () => {
	expect(await everything(cloneRepo(honest).dir)).toEqual(expected);
});
