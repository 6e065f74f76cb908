// Ways for a repository to be put together so that parts of it lie elsewhere, are missing, or never end.
import { execFileSync } from "node:child_process";
import {
	chmodSync,
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
import { gitBytes, type Repo, temporaryFolder } from "#test/make-repo";
import { configure, plant } from "./victim.ts";

export interface Form {
	readonly name: string;
	readonly shape: (repo: Repo) => void;
	/** Whether the commands answer as of the honest clone, or the audit refuses and the others do one or the other. */
	readonly ends: "answers" | "refuses";
	/** Whether git waits until its time is out. */
	readonly waits?: true;
}

export const forms: readonly Form[] = [
	{
		name: "the git directory is a link",
		shape: (repo) => link(join(repo.dir, ".git"), join(temporaryFolder(), "git")),
		ends: "answers",
	},
	{
		name: "the objects, refs, config and packs are links",
		shape: (repo) => {
			const aside = temporaryFolder();
			for (const name of ["objects", "refs", "config"]) link(join(repo.dir, ".git", name), join(aside, name));
			link(join(aside, "objects/pack"), join(aside, "pack"));
			for (const name of readdirSync(join(aside, "pack")))
				link(join(aside, "pack", name), join(aside, `linked-${name}`));
		},
		ends: "answers",
	},
	{
		name: "HEAD is a link to a branch",
		shape: (repo) => {
			rmSync(join(repo.dir, ".git/HEAD"));
			symlinkSync("refs/heads/main", join(repo.dir, ".git/HEAD"));
		},
		ends: "answers",
	},
	{
		name: "HEAD is a link to a file outside",
		shape: (repo) => link(join(repo.dir, ".git/HEAD"), join(temporaryFolder(), "HEAD")),
		ends: "refuses",
	},
	{
		name: "a file .git that points elsewhere",
		shape: (repo) => {
			const elsewhere = join(temporaryFolder(), "git");
			renameSync(join(repo.dir, ".git"), elsewhere);
			writeFileSync(join(repo.dir, ".git"), `gitdir: ${elsewhere}\n`);
		},
		ends: "answers",
	},
	{
		name: "a file .git that points at a folder that is no git directory",
		shape: (repo) => replaceGit(repo, `gitdir: ${temporaryFolder()}\n`),
		ends: "refuses",
	},
	{ name: "a file .git that points at itself", shape: (repo) => replaceGit(repo, "gitdir: .git\n"), ends: "refuses" },
	{
		name: "a file .git that points at a device",
		shape: (repo) => replaceGit(repo, "gitdir: /dev/zero\n"),
		ends: "refuses",
	},
	{ name: "a file .git that names no folder", shape: (repo) => replaceGit(repo, "gitdir: \n"), ends: "refuses" },
	{
		name: "HEAD that names a file outside",
		shape: (repo) => {
			plant(repo, "HEAD", "ref: refs/../../outside\n");
			writeFileSync(join(repo.dir, "outside"), `${repo.git("rev-parse", "signed")}\n`);
		},
		ends: "refuses",
	},
	{
		name: "alternates that hold every object",
		shape: (repo) => {
			const pack = join(repo.dir, ".git/objects/pack");
			const aside = join(temporaryFolder(), "objects");
			mkdirSync(join(aside, "pack"), { recursive: true });
			for (const name of readdirSync(pack)) renameSync(join(pack, name), join(aside, "pack", name));
			plant(repo, "objects/info/alternates", `/nowhere/at/all\n${aside}\n${aside}\n../objects\n`);
		},
		ends: "answers",
	},
	{
		name: "alternates that are not there",
		shape: (repo) => {
			for (const name of readdirSync(join(repo.dir, ".git/objects/pack")))
				rmSync(join(repo.dir, ".git/objects/pack", name), { force: true });
			plant(repo, "objects/info/alternates", "/nowhere/at/all\n");
		},
		ends: "refuses",
	},
	{
		name: "a list of shallow commits that is a lie",
		shape: (repo) => {
			plant(repo, "shallow", `${repo.git("rev-parse", "HEAD~5")}\n`);
		},
		ends: "refuses",
	},
	{
		name: "a common directory elsewhere",
		shape: (repo) => {
			const common = join(temporaryFolder(), "common");
			mkdirSync(common);
			for (const name of ["objects", "refs", "config", "packed-refs"]) {
				if (existsSync(join(repo.dir, ".git", name))) renameSync(join(repo.dir, ".git", name), join(common, name));
			}
			plant(repo, "commondir", `${common}\n`);
		},
		ends: "answers",
	},
	{
		name: "a common directory without objects",
		shape: (repo) => {
			plant(repo, "commondir", `${temporaryFolder()}\n`);
		},
		ends: "refuses",
	},
	{
		name: "a config that does not parse",
		shape: (repo) => configure(repo, "[core\n\u0000"),
		ends: "refuses",
	},
	{
		name: "a config that includes itself",
		shape: (repo) => configure(repo, "[include]\n\tpath = config"),
		ends: "refuses",
	},
	{
		name: "a repository format of another day",
		shape: (repo) => configure(repo, "[core]\n\trepositoryFormatVersion = 99"),
		ends: "refuses",
	},
	{
		name: "an extension nobody knows",
		shape: (repo) => configure(repo, "[core]\n\trepositoryFormatVersion = 1\n[extensions]\n\tzebra = true"),
		ends: "refuses",
	},
	{
		name: "an object format that is not the objects' own",
		shape: (repo) => configure(repo, "[core]\n\trepositoryFormatVersion = 1\n[extensions]\n\tobjectFormat = sha256"),
		ends: "refuses",
	},
	{
		name: "a missing commit",
		shape: (repo) => lose(repo, "HEAD~9"),
		ends: "refuses",
	},
	{
		name: "a missing tree",
		shape: (repo) => lose(repo, "HEAD~9:a"),
		ends: "refuses",
	},
	{
		name: "a pack cut short",
		shape: (repo) => {
			const file = packs(repo).find((name) => name.endsWith(".pack")) as string;
			chmodSync(file, 0o644);
			writeFileSync(file, readFileSync(file).subarray(0, 900));
		},
		ends: "refuses",
	},
	{
		name: "a pipe that nobody writes to, as list of shallow commits",
		shape: (repo) => pipe(join(repo.dir, ".git/shallow")),
		ends: "refuses",
	},
	{
		name: "a pipe as common directory",
		shape: (repo) => pipe(join(repo.dir, ".git/commondir")),
		ends: "refuses",
	},
	{
		name: "a pipe as HEAD",
		shape: (repo) => pipe(join(repo.dir, ".git/HEAD")),
		ends: "refuses",
	},
	{
		name: "a pipe as config",
		shape: (repo) => pipe(join(repo.dir, ".git/config")),
		ends: "refuses",
	},
	{
		name: "a pipe as packed refs",
		shape: (repo) => pipe(join(repo.dir, ".git/packed-refs")),
		ends: "refuses",
	},
	{
		name: "an endless file as common directory",
		shape: (repo) => {
			symlinkSync("/dev/zero", join(repo.dir, ".git/commondir"));
		},
		ends: "refuses",
	},
	{
		name: "an endless file as .git",
		shape: (repo) => {
			rmSync(join(repo.dir, ".git"), { recursive: true });
			symlinkSync("/dev/zero", join(repo.dir, ".git"));
		},
		ends: "refuses",
	},
	{
		name: "attributes, excludes, mailmap, order and notes that never end",
		shape: (repo) => {
			const file = join(repo.dir, ".git/pipe");
			configure(
				repo,
				`[core]\n\tattributesFile = ${file}\n\texcludesFile = ${file}\n[mailmap]\n\tfile = ${file}\n[diff]\n\torderFile = ${file}\n[commit]\n\ttemplate = ${file}`,
			);
			pipe(join(repo.dir, ".git/info/attributes"));
			pipe(join(repo.dir, ".git/info/exclude"));
			pipe(join(repo.dir, ".git/info/grafts"));
			pipe(file);
		},
		ends: "answers",
	},
	{
		name: "a pipe that the config includes",
		shape: (repo) => {
			const file = join(repo.dir, ".git/more");
			configure(repo, `[include]\n\tpath = ${file}`);
			pipe(file);
		},
		ends: "refuses",
		waits: true,
	},
];

/** Moves what is there aside and leaves a link to it. */
function link(from: string, to: string): void {
	renameSync(from, to);
	symlinkSync(to, from);
}

function replaceGit(repo: Repo, text: string): void {
	rmSync(join(repo.dir, ".git"), { recursive: true });
	writeFileSync(join(repo.dir, ".git"), text);
}

function pipe(file: string): void {
	rmSync(file, { force: true });
	mkdirSync(join(file, ".."), { recursive: true });
	// By the shell: Node has no call for it.
	execFileSync("sh", ["-c", 'mkfifo "$0"', file]);
}

function packs(repo: Repo): string[] {
	const dir = join(repo.dir, ".git/objects/pack");
	return readdirSync(dir).map((name) => join(dir, name));
}

/** Unpacks everything and deletes one object. */
function lose(repo: Repo, name: string): void {
	const id = repo.git("rev-parse", name);
	const aside = temporaryFolder();
	for (const file of packs(repo)) renameSync(file, join(aside, file.slice(file.lastIndexOf("/") + 1)));
	for (const file of readdirSync(aside).filter((one) => one.endsWith(".pack"))) {
		gitBytes(repo.dir, ["unpack-objects", "-q"], readFileSync(join(aside, file)));
	}
	rmSync(join(repo.dir, ".git/objects", id.slice(0, 2), id.slice(2)));
}
