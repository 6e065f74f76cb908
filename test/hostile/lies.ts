// Ways for a repository to make git say something else of the same commits, without running anything.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gitBytes, type Repo, temporaryFolder } from "#test/make-repo";
import { forgeCommitGraph, forgeMultiPackIndex } from "./forge.ts";
import { configure, plant } from "./victim.ts";

export interface Lie {
	readonly name: string;
	readonly tell: (repo: Repo) => void;
	/** A plain git command that says something else than of the honest clone; null where git 2.39 falls for none we know. */
	readonly shows: readonly string[] | null;
	/** Commands that refuse, as git would or because a name has two meanings; the others answer as of the honest clone. */
	readonly refused?: readonly string[];
	/** The lie is a file of the work tree, which whoever looks at its files is told of. */
	readonly isFile?: boolean;
}

const RAW = ["log", "--raw", "-z", "--no-abbrev", "--format=%H %an %ae %s"];
const config = (text: string) => (repo: Repo) => configure(repo, text);

export const lies: readonly Lie[] = [
	{
		name: "a replaced commit",
		tell: (repo) => repo.git("replace", repo.git("rev-parse", "HEAD~9"), repo.oids[1] as string),
		shows: RAW,
	},
	{
		name: "a replaced tree",
		tell: (repo) => repo.git("replace", repo.git("rev-parse", "HEAD^{tree}"), repo.git("rev-parse", "HEAD~12^{tree}")),
		shows: ["ls-tree", "-r", "HEAD"],
	},
	{
		name: "a replaced blob",
		tell: (repo) =>
			repo.git("replace", repo.git("rev-parse", "HEAD:deps.toml"), repo.git("rev-parse", "HEAD:b/train.py")),
		shows: ["show", "HEAD:deps.toml"],
	},
	{
		name: "replace refs kept elsewhere",
		tell: (repo) => {
			configure(repo, "[core]\n\tuseReplaceRefs = true");
			repo.git("pack-refs", "--all");
			repo.git("replace", "--graft", repo.git("rev-parse", "HEAD~3"));
			repo.git("pack-refs", "--all");
		},
		shows: RAW,
	},
	{
		name: "grafts",
		tell: (repo) => plant(repo, "info/grafts", `${repo.git("rev-parse", "HEAD~3")}\n`),
		shows: RAW,
	},
	{ name: "a forged commit-graph", tell: (repo) => forgeCommitGraph(repo, "single"), shows: RAW },
	{ name: "a forged chain of commit-graphs", tell: (repo) => forgeCommitGraph(repo, "chain"), shows: RAW },
	{
		name: "a forged commit-graph that the config asks for",
		tell: (repo) => {
			forgeCommitGraph(repo, "single");
			configure(
				repo,
				"[core]\n\tcommitGraph = true\n[commitGraph]\n\treadChangedPaths = true\n\tgenerationVersion = 1",
			);
		},
		shows: RAW,
	},
	{ name: "a forged multi-pack index", tell: (repo) => forgeMultiPackIndex(repo), shows: RAW },
	{
		name: "mailmap.file",
		tell: (repo) => {
			const file = plant(repo, "mailmap", "Zoe <zoe@z.example> <ben@b.example>\nZoe <zoe@z.example> <ana@a.example>\n");
			configure(repo, `[mailmap]\n\tfile = ${file}\n[log]\n\tmailmap = true`);
		},
		shows: ["log", "--format=%aE"],
	},
	{
		name: "mailmap.blob",
		tell: (repo) => {
			const text = "Zoe <zoe@z.example> <ben@b.example>\n";
			const blob = gitBytes(repo.dir, ["hash-object", "-w", "--stdin"], text).toString().trim();
			configure(repo, `[mailmap]\n\tblob = ${blob}\n[log]\n\tmailmap = true`);
		},
		shows: ["log", "--format=%aE"],
	},
	{
		name: "a mailmap in the work tree",
		tell: (repo) => writeFileSync(join(repo.dir, ".mailmap"), "Zoe <zoe@z.example> <ben@b.example>\n"),
		shows: ["log", "--format=%aE"],
		isFile: true,
	},
	{ name: "log.showRoot", tell: config("[log]\n\tshowRoot = false"), shows: RAW },
	{
		name: "diff.ignoreSubmodules",
		tell: config(
			'[diff]\n\tignoreSubmodules = all\n\tsubmodule = log\n[submodule "sub"]\n\tignore = all\n\tpath = sub',
		),
		shows: RAW,
	},
	{
		name: "a .gitmodules in the work tree that hides the submodule",
		tell: (repo) =>
			writeFileSync(join(repo.dir, ".gitmodules"), '[submodule "sub"]\n\tpath = sub\n\turl = x\n\tignore = all\n'),
		shows: RAW,
		isFile: true,
	},
	{
		name: "diff.renames",
		tell: config("[diff]\n\trenames = false\n\trenameLimit = 1"),
		shows: ["log", "--raw", "--format=%H"],
	},
	{
		name: "renames in merges",
		tell: config(
			"[diff]\n\trenames = copies\n[merge]\n\trenames = false\n\tdirectoryRenames = true\n\trenameLimit = 1",
		),
		shows: null,
	},
	{
		name: "diff.orderFile",
		tell: (repo) => configure(repo, `[diff]\n\torderFile = ${plant(repo, "order", "tab*\n*.txt\n")}`),
		shows: RAW,
	},
	{ name: "diff.relative", tell: config("[diff]\n\trelative = true"), shows: ["-C", "a", ...RAW] },
	{ name: "log.follow", tell: config("[log]\n\tfollow = true"), shows: ["log", "--format=%H", "--", "b/model.py"] },
	{ name: "log.mailmap", tell: config("[log]\n\tmailmap = false"), shows: ["log"] },
	{
		name: "log.diffMerges",
		tell: config("[log]\n\tdiffMerges = first-parent"),
		shows: ["log", "-m", "--raw", "--min-parents=2"],
	},
	{ name: "log.date", tell: config("[log]\n\tdate = raw"), shows: ["log"] },
	{
		name: "log.abbrevCommit and core.abbrev",
		tell: config("[log]\n\tabbrevCommit = true\n[core]\n\tabbrev = 4"),
		shows: ["log"],
	},
	{
		name: "log.decorate",
		tell: config("[log]\n\tdecorate = full\n\texcludeDecoration = refs/tags/*\n\tgraphColors = red"),
		shows: ["log"],
	},
	{ name: "core.quotePath", tell: config("[core]\n\tquotePath = false"), shows: ["ls-tree", "-r", "HEAD"] },
	{
		name: "core.precomposeUnicode, core.ignoreCase, core.fileMode, core.symlinks",
		tell: config(
			"[core]\n\tprecomposeUnicode = true\n\tignoreCase = true\n\tfileMode = false\n\tsymlinks = false\n\tprotectNTFS = true\n\tprotectHFS = true",
		),
		shows: null,
	},
	{
		name: "i18n.logOutputEncoding",
		tell: config("[i18n]\n\tlogOutputEncoding = UTF-16\n\tcommitEncoding = latin1"),
		shows: ["log"],
	},
	{ name: "format.pretty", tell: config("[format]\n\tpretty = oneline\n[pretty]\n\ttformat = x"), shows: ["log"] },
	{
		name: "color.ui=always",
		tell: config("[color]\n\tui = always\n\tdiff = always\n\tbranch = always\n[column]\n\tui = always"),
		shows: ["log"],
	},
	{
		name: "how a diff looks",
		tell: config(
			"[diff]\n\tnoPrefix = true\n\tmnemonicPrefix = true\n\talgorithm = patience\n\tcontext = 0\n\tcolorMoved = zebra\n\twordRegex = .\n\tsuppressBlankEmpty = true\n\twsErrorHighlight = all",
		),
		shows: ["log", "-p"],
	},
	{
		name: "trailer.separators",
		tell: config('[trailer]\n\tseparators = "#="\n\tifexists = replace\n\tifmissing = doNothing\n\twhere = start'),
		shows: ["log", "--format=%(trailers:key=Team,valueonly)"],
	},
	{
		name: "a trailer under another name",
		tell: config('[trailer "team"]\n\tkey = "Team#"\n[trailer]\n\tseparators = ":#"'),
		shows: ["log", "--format=%(trailers:key=Team,valueonly)"],
	},
	{
		name: "notes that display",
		tell: (repo) => {
			repo.git("notes", "--ref=team", "add", "-m", "Team: team-a", "HEAD~4");
			configure(
				repo,
				"[notes]\n\tdisplayRef = refs/notes/*\n[format]\n\tnotes = *\n[core]\n\tnotesRef = refs/notes/team",
			);
		},
		shows: ["log"],
	},
	{
		name: "merge.conflictStyle, merge.renormalize, merge.default",
		tell: (repo) => {
			configure(repo, "[merge]\n\tconflictStyle = diff3\n\trenormalize = true\n\tdefault = union\n\tverbosity = 5");
			plant(repo, "info/attributes", "* merge=union\n");
		},
		shows: ["merge-tree", "--write-tree", "team-a/deps", "team-b/deps"],
	},
	{
		name: "attributes that call everything binary",
		tell: (repo) =>
			plant(
				repo,
				"info/attributes",
				"* -diff -merge -text export-ignore eol=crlf ident working-tree-encoding=UTF-16\n",
			),
		shows: ["log", "-p"],
	},
	{
		name: "core.attributesFile",
		tell: (repo) => {
			configure(repo, `[core]\n\tattributesFile = ${plant(repo, "more-attributes", "* -diff\n")}`);
			plant(repo, "info/attributes", "*.py !diff\n*.py -diff\n");
		},
		shows: ["log", "-p"],
	},
	{
		name: "core.excludesFile and info/exclude",
		tell: (repo) => {
			configure(repo, `[core]\n\texcludesFile = ${plant(repo, "excludes", "*\n")}`);
			plant(repo, "info/exclude", "*\n");
			writeFileSync(join(repo.dir, "untracked"), "");
		},
		shows: null,
	},
	{
		name: "core.worktree elsewhere",
		tell: (repo) => configure(repo, `[core]\n\tworktree = ${temporaryFolder()}`),
		shows: ["rev-parse", "--show-toplevel"],
	},
	{
		name: "core.bare",
		tell: config("[core]\n\tbare = true"),
		shows: ["rev-parse", "--is-bare-repository"],
		refused: ["check what is staged"],
	},
	{
		name: "autocrlf, eol and whitespace",
		tell: config(
			"[core]\n\tautocrlf = true\n\teol = crlf\n\tsafecrlf = false\n\twhitespace = tab-in-indent\n\tcommentChar = T",
		),
		shows: null,
	},
	{
		name: "limits of memory and packs",
		tell: config(
			"[core]\n\tbigFileThreshold = 1\n\tpackedGitLimit = 1\n\tpackedGitWindowSize = 1\n\tdeltaBaseCacheLimit = 1\n[pack]\n\tuseBitmaps = true\n\tthreads = 9",
		),
		shows: null,
	},
	{
		name: "index.* and core.splitIndex, core.untrackedCache, core.sparseCheckout",
		tell: (repo) => {
			configure(
				repo,
				"[core]\n\tsplitIndex = true\n\tuntrackedCache = true\n\tsparseCheckout = true\n[index]\n\tversion = 4\n\tsparse = true",
			);
			plant(repo, "info/sparse-checkout", "/none\n");
		},
		shows: null,
	},
	{
		name: "push, fetch and default branches",
		tell: config(
			'[init]\n\tdefaultBranch = zebra\n[branch "main"]\n\tremote = .\n\tmerge = refs/heads/side\n[remote]\n\tpushDefault = x',
		),
		shows: ["status", "--short", "--branch"],
	},
	{
		name: "refs that look like others",
		tell: (repo) => {
			const old = repo.oids[3] as string;
			for (const ref of ["refs/tags/main", "refs/main", "refs/remotes/main", "refs/tags/team-a/deps"])
				repo.git("update-ref", ref, old);
			configure(repo, "[core]\n\twarnAmbiguousRefs = true");
		},
		shows: ["rev-parse", "main"],
		refused: ["audit", "check a range"],
	},
	{
		name: "a ref named like an option or an id",
		tell: (repo) => {
			mkdirSync(join(repo.dir, ".git/refs/heads/-x"), { recursive: true });
			plant(repo, `refs/heads/${repo.git("rev-parse", "HEAD")}`, `${repo.oids[0]}\n`);
			plant(repo, "refs/heads/--all", `${repo.oids[0]}\n`);
		},
		shows: null,
	},
];
