// What a caller's shell may hold that steers git: variables, and configuration they lead to.
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gitBytes, type Repo, temporaryFolder } from "#test/make-repo";

export interface Surrounding {
	readonly name: string;
	/** Variables; `program` leaves a mark, `mark` is a file that is not there. */
	readonly variables: (given: { program: string; mark: string; repo: Repo }) => Record<string, string>;
	/** A plain git command that runs the program, writes the file, or says something else for the variables; null where none does. */
	readonly shows: readonly string[] | null;
	/** Commands for which the variable is meant: git points a hook at an index by it. */
	readonly meantFor?: string;
}

const set =
	(...names: string[]): Surrounding["variables"] =>
	({ program }) =>
		Object.fromEntries(names.map((name) => [name, program]));
const fixed =
	(variables: Record<string, string>): Surrounding["variables"] =>
	() =>
		variables;
const writes =
	(name: string): Surrounding["variables"] =>
	({ mark }) => ({ [name]: mark });

export const surroundings: readonly Surrounding[] = [
	{ name: "GIT_EXTERNAL_DIFF", variables: set("GIT_EXTERNAL_DIFF"), shows: ["diff", "HEAD~9", "HEAD"] },
	{ name: "GIT_SSH_COMMAND", variables: set("GIT_SSH_COMMAND"), shows: ["ls-remote", "ssh://nowhere.invalid/x"] },
	{ name: "GIT_SSH", variables: set("GIT_SSH"), shows: ["ls-remote", "ssh://nowhere.invalid/x"] },
	{ name: "GIT_PROXY_COMMAND", variables: set("GIT_PROXY_COMMAND"), shows: ["ls-remote", "git://nowhere.invalid/x"] },
	{ name: "GIT_ASKPASS", variables: set("GIT_ASKPASS"), shows: ["credential", "fill"] },
	{ name: "SSH_ASKPASS", variables: set("SSH_ASKPASS"), shows: ["credential", "fill"] },
	{ name: "GIT_PAGER and PAGER", variables: set("GIT_PAGER", "PAGER"), shows: ["grep", "-O", "-e", "x"] },
	{
		name: "GIT_EDITOR, EDITOR, VISUAL",
		variables: set("GIT_EDITOR", "EDITOR", "VISUAL", "GIT_SEQUENCE_EDITOR"),
		shows: ["config", "--edit"],
	},
	{
		name: "GIT_CONFIG_COUNT",
		variables: ({ program }) => ({
			GIT_CONFIG_COUNT: "2",
			GIT_CONFIG_KEY_0: "core.fsmonitor",
			GIT_CONFIG_VALUE_0: program,
			GIT_CONFIG_KEY_1: "log.showRoot",
			GIT_CONFIG_VALUE_1: "false",
		}),
		shows: ["status"],
	},
	{
		name: "GIT_CONFIG_PARAMETERS",
		variables: ({ program }) => ({ GIT_CONFIG_PARAMETERS: `'core.fsmonitor=${program}' 'log.showroot=false'` }),
		shows: ["status"],
	},
	{
		name: "GIT_CONFIG_GLOBAL",
		variables: ({ program }) => ({ GIT_CONFIG_GLOBAL: configFile("config", program) }),
		shows: ["status"],
	},
	{
		name: "GIT_CONFIG_SYSTEM",
		variables: ({ program }) => ({ GIT_CONFIG_SYSTEM: configFile("config", program), GIT_CONFIG_NOSYSTEM: "0" }),
		shows: ["status"],
	},
	{
		name: "a .gitconfig at home",
		variables: ({ program }) => ({ HOME: dirname(configFile(".gitconfig", program)) }),
		shows: ["status"],
	},
	{
		name: "a configuration in XDG_CONFIG_HOME",
		variables: ({ program }) => ({ XDG_CONFIG_HOME: dirname(dirname(configFile("git/config", program))) }),
		shows: ["status"],
	},
	{
		name: "GIT_EXEC_PATH",
		variables: ({ program }) => {
			const dir = temporaryFolder();
			for (const name of ["mine", "rev-parse", "log", "rev-list", "merge-tree", "fast-import", "init"]) {
				writeFileSync(join(dir, `git-${name}`), `#!/bin/sh\n${program} </dev/null\n`);
				chmodSync(join(dir, `git-${name}`), 0o755);
			}
			return { GIT_EXEC_PATH: dir };
		},
		shows: ["mine"],
	},
	{
		name: "GIT_TEMPLATE_DIR with hooks",
		variables: ({ program }) => {
			const dir = temporaryFolder();
			mkdirSync(join(dir, "hooks"));
			for (const name of ["reference-transaction", "post-index-change", "post-checkout"]) {
				writeFileSync(join(dir, "hooks", name), `#!/bin/sh\n${program} </dev/null\n`);
				chmodSync(join(dir, "hooks", name), 0o755);
			}
			return { GIT_TEMPLATE_DIR: dir };
		},
		shows: ["clone", "--quiet", "--no-local", ".", "inner"],
	},
	...["GIT_TRACE", "GIT_TRACE_SETUP", "GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE2_PERF"].map((name) => ({
		name,
		variables: writes(name),
		shows: ["status"],
	})),
	{ name: "GIT_TRACE_PACK_ACCESS", variables: writes("GIT_TRACE_PACK_ACCESS"), shows: ["log"] },
	{ name: "GIT_DIR", variables: fixed({ GIT_DIR: "/nowhere" }), shows: ["log"] },
	{ name: "GIT_WORK_TREE", variables: fixed({ GIT_WORK_TREE: "/nowhere" }), shows: ["rev-parse", "--show-toplevel"] },
	{ name: "GIT_COMMON_DIR", variables: fixed({ GIT_COMMON_DIR: "/nowhere" }), shows: ["log"] },
	{ name: "GIT_OBJECT_DIRECTORY", variables: fixed({ GIT_OBJECT_DIRECTORY: "/nowhere" }), shows: ["log"] },
	{
		name: "GIT_ALTERNATE_OBJECT_DIRECTORIES",
		variables: fixed({ GIT_ALTERNATE_OBJECT_DIRECTORIES: "/nowhere" }),
		shows: ["count-objects", "-v"],
	},
	{
		name: "GIT_INDEX_FILE",
		variables: fixed({ GIT_INDEX_FILE: "/nowhere/index" }),
		shows: ["ls-files"],
		meantFor: "check what is staged",
	},
	{
		name: "GIT_NAMESPACE",
		variables: fixed({ GIT_NAMESPACE: "other" }),
		shows: ["upload-pack", "--http-backend-info-refs", "."],
	},
	{
		name: "GIT_REPLACE_REF_BASE",
		variables: ({ repo }) => {
			repo.git("replace", repo.git("rev-parse", "HEAD~9"), repo.oids[1] as string);
			const [line] = repo.git("for-each-ref", "refs/replace", "--format=%(objectname) %(refname:lstrip=2)").split("\n");
			const [oid, name] = (line as string).split(" ") as [string, string];
			repo.git("update-ref", `refs/other/${name}`, oid);
			repo.git("update-ref", "-d", `refs/replace/${name}`);
			return { GIT_REPLACE_REF_BASE: "refs/other/" };
		},
		shows: ["log", "--raw"],
	},
	{
		name: "GIT_GRAFT_FILE",
		variables: ({ repo, mark }) => {
			writeFileSync(`${mark}.grafts`, `${repo.git("rev-parse", "HEAD~3")}\n`);
			return { GIT_GRAFT_FILE: `${mark}.grafts` };
		},
		shows: ["log"],
	},
	{
		name: "GIT_SHALLOW_FILE",
		variables: ({ repo, mark }) => {
			writeFileSync(`${mark}.shallow`, `${repo.git("rev-parse", "HEAD~3")}\n`);
			return { GIT_SHALLOW_FILE: `${mark}.shallow` };
		},
		shows: ["log"],
	},
	{
		name: "pathspec magic",
		variables: fixed({ GIT_LITERAL_PATHSPECS: "1" }),
		shows: ["ls-tree", "-r", "HEAD", "--", ":/deps.toml"],
	},
	{
		name: "GIT_DEFAULT_HASH",
		variables: fixed({ GIT_DEFAULT_HASH: "sha256" }),
		shows: ["-c", "alias.x=!git init -q x && git -C x rev-parse --show-object-format", "x"],
	},
	{ name: "GIT_NOTES_REF", variables: ({ repo }) => noteOn(repo), shows: ["log"] },
	{
		name: "GIT_CEILING_DIRECTORIES",
		variables: ({ repo }) => ({ GIT_CEILING_DIRECTORIES: repo.dir }),
		shows: ["-C", "a", "log"],
	},
	{
		name: "a repository of somebody else",
		variables: fixed({ GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" }),
		shows: ["log"],
	},
	{ name: "GIT_ALLOW_PROTOCOL", variables: fixed({ GIT_ALLOW_PROTOCOL: "ext" }), shows: ["ls-remote", "ext::echo"] },
	{ name: "time zone", variables: fixed({ TZ: "Pacific/Kiritimati" }), shows: ["log", "--date=local"] },
	{ name: "locale", variables: fixed({ LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8", LANGUAGE: "tr:de" }), shows: null },
	{
		name: "colour and terminal",
		variables: fixed({ TERM: "xterm-256color", COLUMNS: "20", LESS: "FRX", LV: "-c" }),
		shows: null,
	},
];

function configFile(name: string, program: string): string {
	const file = join(temporaryFolder(), name);
	mkdirSync(dirname(file), { recursive: true });
	const hooks = temporaryFolder();
	writeFileSync(
		file,
		`[core]\n\tfsmonitor = ${program}\n\thooksPath = ${hooks}\n[log]\n\tshowSignature = true\n\tshowRoot = false\n[gpg]\n\tprogram = ${program}\n[init]\n\ttemplateDir = ${hooks}\n\tdefaultBranch = zebra\n[diff]\n\trenames = copies\n[mailmap]\n\tfile = ${program}\n`,
	);
	for (const hook of ["reference-transaction", "post-index-change"]) {
		writeFileSync(join(hooks, hook), `#!/bin/sh\n${program} </dev/null\n`);
		chmodSync(join(hooks, hook), 0o755);
	}
	return file;
}

function noteOn(repo: Repo): Record<string, string> {
	gitBytes(repo.dir, ["notes", "--ref=other", "add", "-m", "Team: team-a", "HEAD~4"]);
	return { GIT_NOTES_REF: "refs/notes/other" };
}
