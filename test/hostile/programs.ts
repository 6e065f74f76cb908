// Ways for a repository to have a program of its own run: each leaves a mark, and plain git springs it.
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Repo, temporaryFolder } from "#test/make-repo";
import { configure, plant } from "./victim.ts";

export interface ProgramTrap {
	readonly name: string;
	readonly set: (repo: Repo, program: string) => void;
	/** A plain git command that runs the program; null where git would not, whatever the repository says. */
	readonly springs: readonly string[] | null;
}

const config = (text: (program: string) => string) => (repo: Repo, program: string) => configure(repo, text(program));

export const programTraps: readonly ProgramTrap[] = [
	{
		name: "log.showSignature and gpg.program",
		set: config((run) => `[log]\n\tshowSignature = true\n[gpg]\n\tprogram = ${run}`),
		springs: ["log"],
	},
	{
		name: "log.showSignature and gpg.ssh.program",
		set: config(
			(run) =>
				`[log]\n\tshowSignature = true\n[gpg "ssh"]\n\tprogram = ${run}\n\tallowedSignersFile = ${run}\n\trevocationFile = ${run}`,
		),
		springs: ["log"],
	},
	{
		name: "format.pretty with %G? and gpg.x509.program",
		set: config((run) => `[format]\n\tpretty = %G?\n[gpg "x509"]\n\tprogram = ${run}`),
		springs: ["log"],
	},
	{
		name: "merge.verifySignatures",
		set: config(
			(run) => `[merge]\n\tverifySignatures = true\n[gpg]\n\tprogram = ${run}\n[gpg "x509"]\n\tprogram = ${run}`,
		),
		springs: ["merge", "--no-commit", "signed"],
	},
	{ name: "core.fsmonitor", set: config((run) => `[core]\n\tfsmonitor = ${run}`), springs: ["status"] },
	{ name: "textconv", set: config((run) => `[diff "trap"]\n\ttextconv = ${run}`), springs: ["log", "-p", "-9"] },
	{
		name: "textconv in blame and grep",
		set: config((run) => `[diff "trap"]\n\ttextconv = ${run}\n\tcachetextconv = true`),
		springs: ["blame", "HEAD", "--", "deps.toml"],
	},
	{ name: "diff.external", set: config((run) => `[diff]\n\texternal = ${run}`), springs: ["diff", "HEAD~4"] },
	{
		name: "diff driver's command",
		set: config((run) => `[diff "trap"]\n\tcommand = ${run}\n\ttrustExitCode = true`),
		springs: ["log", "-p", "--ext-diff", "-9"],
	},
	{
		name: "clean filter",
		set: config((run) => `[filter "trap"]\n\tclean = ${run}\n\trequired = true`),
		springs: ["add", "-u"],
	},
	{
		name: "smudge filter",
		set: config((run) => `[filter "trap"]\n\tsmudge = ${run}\n\trequired = true`),
		springs: ["checkout-index", "-f", "deps.toml"],
	},
	{
		name: "process filter",
		set: config((run) => `[filter "trap"]\n\tprocess = ${run}`),
		springs: ["checkout-index", "-f", "deps.toml"],
	},
	{
		name: "filter by info/attributes",
		set: (repo, run) => {
			configure(repo, `[filter "x"]\n\tclean = ${run}\n\tsmudge = ${run}`);
			plant(repo, "info/attributes", "* filter=x diff=x merge=x\n");
		},
		springs: ["checkout-index", "-f", "deps.toml"],
	},
	{
		name: "filter by core.attributesFile",
		set: (repo, run) => {
			const file = plant(repo, "more-attributes", "*.gitattributes filter=x\n* diff=x merge=x\n");
			configure(repo, `[core]\n\tattributesFile = ${file}\n[diff "x"]\n\ttextconv = ${run}`);
			plant(repo, "info/attributes", "* !diff\n* diff=x\n");
		},
		springs: ["log", "-p", "-9"],
	},
	{
		name: "core.hooksPath",
		set: (repo, run) => {
			const hooks = temporaryFolder();
			for (const hook of HOOKS) writeHook(join(hooks, hook), run);
			configure(repo, `[core]\n\thooksPath = ${hooks}`);
		},
		springs: ["commit", "--allow-empty", "-m", "x"],
	},
	{
		name: "hooks of the repository",
		set: (repo, run) => {
			mkdirSync(join(repo.dir, ".git", "hooks"), { recursive: true });
			for (const hook of HOOKS) writeHook(join(repo.dir, ".git", "hooks", hook), run);
		},
		springs: ["commit", "--allow-empty", "-m", "x"],
	},
	{
		name: "core.fsmonitor as hook of version 1",
		set: config((run) => `[core]\n\tfsmonitor = ${run}\n\tfsmonitorHookVersion = 1\n\tuntrackedCache = true`),
		springs: ["status"],
	},
	{
		name: "core.pager",
		set: config((run) => `[core]\n\tpager = ${run}\n[pager]\n\tlog = ${run}\n\trev-parse = ${run}\n\tls-tree = ${run}`),
		springs: ["grep", "-O", "-e", "x"],
	},
	{
		name: "core.editor",
		set: config((run) => `[core]\n\teditor = ${run}\n[sequence]\n\teditor = ${run}`),
		springs: ["config", "--edit"],
	},
	{ name: "core.askPass", set: config((run) => `[core]\n\taskPass = ${run}`), springs: ["credential", "fill"] },
	{
		name: "credential helper",
		set: config((run) => `[credential]\n\thelper = ${run}\n[credential "https://nowhere.invalid"]\n\thelper = !${run}`),
		springs: ["credential", "fill"],
	},
	{
		name: "core.sshCommand",
		set: config(
			(run) =>
				`[core]\n\tsshCommand = ${run}\n[ssh]\n\tvariant = ssh\n[remote "origin"]\n\turl = ssh://nowhere.invalid/x`,
		),
		springs: ["fetch", "origin"],
	},
	{
		name: "core.gitProxy",
		set: config((run) => `[core]\n\tgitProxy = ${run}\n[remote "origin"]\n\turl = git://nowhere.invalid/x`),
		springs: ["fetch", "origin"],
	},
	{
		name: "ext:: remote",
		set: config((run) => `[protocol "ext"]\n\tallow = always\n[remote "origin"]\n\turl = ext::${run}`),
		springs: ["fetch", "origin"],
	},
	{
		name: "url.insteadOf that turns https into ext::",
		set: config((run) => `[protocol]\n\tallow = always\n[url "ext::${run} "]\n\tinsteadOf = https://`),
		springs: ["fetch", "https://nowhere.invalid/x"],
	},
	{
		name: "remote.uploadpack",
		set: config(
			(run) =>
				`[remote "origin"]\n\turl = .\n\tuploadpack = ${run}\n\treceivepack = ${run}\n\tfetch = +refs/*:refs/x/*`,
		),
		springs: ["fetch", "origin"],
	},
	{
		name: "promisor remote",
		set: config(
			(run) =>
				`[core]\n\trepositoryFormatVersion = 1\n\tsshCommand = ${run}\n[extensions]\n\tpartialClone = origin\n[remote "origin"]\n\turl = ssh://nowhere.invalid/x\n\tpromisor = true\n\tpartialCloneFilter = blob:none`,
		),
		springs: ["cat-file", "-e", "1".repeat(40)],
	},
	{
		name: "aliases",
		set: config(
			(run) =>
				`[alias]\n\tmine = !${run}\n\tlog = !${run}\n\trev-parse = !${run}\n\tls-tree = !${run}\n\tmerge-tree = !${run}`,
		),
		springs: ["mine"],
	},
	{
		name: "trailer commands",
		set: config(
			(run) =>
				`[trailer]\n\tseparators = ":#"\n[trailer "team"]\n\tkey = Team\n\tcommand = ${run}\n[trailer "by"]\n\tkey = Coordinated-by\n\tcmd = ${run}`,
		),
		springs: ["interpret-trailers"],
	},
	{
		name: "merge driver",
		set: config((run) => `[merge "trap"]\n\tdriver = ${run} %A %O %B`),
		springs: ["merge-tree", "--write-tree", "team-a/deps", "team-b/deps"],
	},
	{
		name: "merge.default driver",
		set: (repo, run) => {
			configure(repo, `[merge]\n\tdefault = x\n[merge "x"]\n\tdriver = ${run} %A\n\trecursive = x`);
			plant(repo, "info/attributes", "* !merge\n");
		},
		springs: ["merge-tree", "--write-tree", "team-a/deps", "team-b/deps"],
	},
	{
		name: "log.diffMerges=remerge and a merge driver",
		set: config((run) => `[log]\n\tdiffMerges = remerge\n[merge "trap"]\n\tdriver = ${run} %A`),
		springs: ["log", "-p", "-m", "--raw"],
	},
	{
		name: "uploadpack.packObjectsHook",
		set: config((run) => `[uploadpack]\n\tpackObjectsHook = ${run}`),
		// Only honoured in configuration that is not the repository's own.
		springs: null,
	},
	{
		name: "core.alternateRefsCommand",
		set: (repo, run) => {
			const other = temporaryFolder();
			for (const name of ["objects/pack", "objects/info", "refs"])
				mkdirSync(join(other, ".git", name), { recursive: true });
			writeFileSync(join(other, ".git", "HEAD"), "ref: refs/heads/main\n");
			plant(repo, "objects/info/alternates", `${join(other, ".git", "objects")}\n`);
			configure(repo, `[core]\n\talternateRefsCommand = ${run}`);
		},
		springs: ["receive-pack", "--http-backend-info-refs", "."],
	},
	{
		name: "include.path",
		set: (repo, run) => {
			const file = plant(repo, "more", `[core]\n\tfsmonitor = ${run}\n`);
			configure(repo, `[include]\n\tpath = ${file}`);
		},
		springs: ["status"],
	},
	{
		name: "includeIf by folder, branch and remote",
		set: (repo, run) => {
			const file = plant(repo, "more", `[core]\n\tfsmonitor = ${run}\n`);
			configure(
				repo,
				`[remote "o"]\n\turl = x\n[includeIf "gitdir:/**"]\n\tpath = ${file}\n[includeIf "onbranch:**"]\n\tpath = ${file}\n[includeIf "hasconfig:remote.*.url:**"]\n\tpath = ${file}`,
			);
		},
		springs: ["status"],
	},
	{
		name: "config.worktree",
		set: (repo, run) => {
			configure(repo, "[core]\n\trepositoryFormatVersion = 1\n[extensions]\n\tworktreeConfig = true");
			plant(repo, "config.worktree", `[core]\n\tfsmonitor = ${run}\n`);
		},
		springs: ["status"],
	},
	{
		name: "archive format",
		set: config((run) => `[tar "x"]\n\tcommand = ${run}`),
		springs: ["archive", "--format=x", "HEAD", "deps.toml"],
	},
	{
		name: "difftool and mergetool",
		set: config(
			(run) =>
				`[diff]\n\ttool = x\n[merge]\n\ttool = x\n[difftool "x"]\n\tcmd = ${run}\n[mergetool "x"]\n\tcmd = ${run}`,
		),
		springs: ["difftool", "-y", "HEAD~9", "HEAD", "--", "deps.toml"],
	},
	{
		name: "submodule update command",
		set: config((run) => `[submodule "sub"]\n\turl = ${run}\n\tupdate = !${run}\n\tactive = true`),
		// git runs it only in a submodule that was cloned before.
		springs: null,
	},
];

const HOOKS = [
	"post-checkout",
	"post-index-change",
	"reference-transaction",
	"pre-auto-gc",
	"fsmonitor-watchman",
	"pre-commit",
	"prepare-commit-msg",
	"commit-msg",
	"post-merge",
	"pre-merge-commit",
	"post-rewrite",
	"sendemail-validate",
];

function writeHook(file: string, program: string): void {
	writeFileSync(file, `#!/bin/sh\n${program} </dev/null\n`);
	chmodSync(file, 0o755);
}
