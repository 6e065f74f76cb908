// Edge(fs). Finds a repository's git directory without running git in it, so that nothing of it is consulted yet.
import { readFile, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { WorldError } from "#model/problem";

export interface Location {
	/** Holds HEAD: `.git`, a bare repository, or a linked worktree's own directory. */
	readonly gitDir: string;
	/** Holds refs and objects; differs from `gitDir` in a linked worktree. */
	readonly commonDir: string;
	readonly objectsDir: string;
	/** Boundary commits of a shallow clone; empty for a whole one. */
	readonly shallow: readonly string[];
	/** The folder whose files are tracked, where the git directory was found by one; null: a git directory was named. */
	readonly workTree: string | null;
}

/**
 * The repository that `path` is, or lies in. Accepts a work tree, any folder in one, a bare repository and a
 * linked worktree. Throws WorldError when there is none.
 */
export async function locateRepository(path: string): Promise<Location> {
	if (!(await isFolder(resolve(path)))) {
		throw new WorldError(`no repository at ${path}: there is no such folder`, "check the path given with --repo");
	}
	const found = await findRepository(path);
	if (found !== null) return found;
	throw new WorldError(
		`no repository at ${path}: neither it nor a folder above it holds a git directory`,
		"give the folder of a git repository with --repo",
	);
}

/** The same for a folder that need not be of any repository: null where it is of none. */
export async function findRepository(path: string): Promise<Location | null> {
	for (let folder = resolve(path); ; folder = dirname(folder)) {
		const gitDir = await gitDirOf(folder);
		if (gitDir !== null) return describe(gitDir, gitDir === folder ? null : folder);
		if (dirname(folder) === folder) return null;
	}
}

async function gitDirOf(folder: string): Promise<string | null> {
	const dotGit = join(folder, ".git");
	if (await isFolder(dotGit)) return (await isGitDir(dotGit)) ? dotGit : null;
	const link = await readText(dotGit);
	if (link?.startsWith("gitdir: ")) {
		const target = link.slice("gitdir: ".length).trimEnd();
		return isAbsolute(target) ? target : resolve(folder, target);
	}
	return (await isGitDir(folder)) ? folder : null;
}

async function isGitDir(folder: string): Promise<boolean> {
	const common = await commonDirOf(folder);
	return (await readText(join(folder, "HEAD"))) !== null && (await isFolder(join(common, "objects")));
}

async function describe(gitDir: string, workTree: string | null): Promise<Location> {
	const commonDir = await commonDirOf(gitDir);
	const objectsDir = join(commonDir, "objects");
	if (!(await isFolder(objectsDir))) {
		throw new WorldError(`the git directory ${gitDir} has no objects: it is damaged`, "clone the repository again");
	}
	const shallow = (await readText(join(commonDir, "shallow"))) ?? "";
	await assertReadable({ gitDir, commonDir });
	const boundary = shallow.split("\n").filter((line) => line !== "");
	return { gitDir, commonDir, objectsDir, shallow: boundary, workTree };
}

async function commonDirOf(gitDir: string): Promise<string> {
	const text = await readText(join(gitDir, "commondir"));
	return text === null ? gitDir : resolve(gitDir, text.trimEnd());
}

async function isFolder(path: string): Promise<boolean> {
	return (await orAbsent(stat(path)))?.isDirectory() ?? false;
}

/** Larger than any such file is: a repository's boundary commits, 41 bytes each, are the longest. */
const MAX_BYTES = 16_000_000;

/**
 * The text of a small file, or null where there is none. A pipe or a device, which a handed-over git directory may
 * hold, would be read for ever: throws WorldError.
 */
export async function readText(path: string): Promise<string | null> {
	const found = await orAbsent(stat(path));
	if (found === null || found.isDirectory()) return null;
	assertOrdinary(path, found);
	return orAbsent(readFile(path, "utf8"));
}

/** The same for a file of any size that others read: throws WorldError where it is there and is no ordinary file. */
export async function assertOrdinaryIfThere(path: string): Promise<void> {
	const found = await orAbsent(stat(path));
	if (found !== null) assertOrdinary(path, { isFile: () => found.isFile(), size: 0 });
}

function assertOrdinary(path: string, found: { isFile(): boolean; size: number }): void {
	if (found.isFile() && found.size <= MAX_BYTES) return;
	throw new WorldError(
		`the git directory cannot be trusted: ${path} is ${found.isFile() ? `${found.size} bytes long` : "no ordinary file"}`,
		"clone the repository with `git clone --no-local` and audit the clone",
	);
}

/** Files that git itself reads when it resolves a name. */
const READ_BY_GIT = ["HEAD", "config", "config.worktree", "packed-refs"];

async function assertReadable(location: Pick<Location, "gitDir" | "commonDir">): Promise<void> {
	const folders = [...new Set([location.gitDir, location.commonDir])];
	for (const path of folders.flatMap((folder) => READ_BY_GIT.map((name) => join(folder, name)))) {
		await assertOrdinaryIfThere(path);
	}
}

/** Null for what is not there or is no file; anything else the disk says (no permission, a fault) is passed on. */
async function orAbsent<T>(reading: Promise<T>): Promise<T | null> {
	try {
		return await reading;
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code ?? "";
		if (["ENOENT", "ENOTDIR", "EISDIR", "ELOOP", "ENAMETOOLONG"].includes(code)) return null;
		throw new WorldError(`the repository cannot be read: ${(error as Error).message}`, "check who may read it", error);
	}
}
