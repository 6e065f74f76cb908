// Edge(fs). Where the folders are in which a repository's branches are worked on; git is not asked.
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { WorldError } from "#model/problem";
import { type Location, readText } from "./location.ts";

export interface WorktreePlace {
	/** The folder's own name. */
	readonly name: string;
	/** The folder; null: there is none to look into. */
	readonly folder: string | null;
	/** Holds its HEAD and index. */
	readonly gitDir: string;
	/** Why it cannot be looked into; null: it can. */
	readonly trouble: string | null;
}

/**
 * The main worktree, if there is one, and the linked ones by the names git gave them. One that is gone or that another
 * repository has taken is told with its trouble, and never followed: a git directory that somebody hands over may name
 * any folder of this machine, but only a worktree of its own points back to it.
 */
export async function listWorktrees(location: Location): Promise<WorktreePlace[]> {
	const linked = await linkedNames(join(location.commonDir, "worktrees"));
	const places = await Promise.all(linked.map((name) => linkedPlace(join(location.commonDir, "worktrees", name))));
	return [...mainPlaces(location), ...places];
}

/**
 * A git directory that is called `.git` lies in its worktree. Any other has one where the way to it began there: that of
 * a submodule, or one that keeps its objects elsewhere.
 */
function mainPlaces({ gitDir, commonDir, workTree }: Location): WorktreePlace[] {
	const place = (folder: string, dir: string) => ({ name: basename(folder), folder, gitDir: dir, trouble: null });
	const main = basename(commonDir) === ".git" ? [place(dirname(commonDir), commonDir)] : [];
	const isListed = (main.length > 0 && gitDir === commonDir) || dirname(gitDir) === join(commonDir, "worktrees");
	return workTree === null || isListed ? main : [...main, place(workTree, gitDir)];
}

async function linkedNames(folder: string): Promise<string[]> {
	try {
		const entries = await readdir(folder, { withFileTypes: true });
		return entries
			.filter((entry) => entry.isDirectory())
			.map(({ name }) => name)
			.sort();
	} catch (error) {
		if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
		throw new WorldError(
			`the worktrees cannot be listed: ${(error as Error).message}`,
			"check who may read them",
			error,
		);
	}
}

async function linkedPlace(gitDir: string): Promise<WorktreePlace> {
	let name = basename(gitDir);
	const lost = (trouble: string) => ({ name, folder: null, gitDir, trouble });
	try {
		const link = (await readText(join(gitDir, "gitdir")))?.trimEnd();
		if (link === undefined || link === "") return lost("nothing says where its folder is");
		const file = resolve(gitDir, link);
		const folder = dirname(file);
		name = basename(folder);
		if (!(await isFolder(folder))) {
			const isLocked = (await readText(join(gitDir, "locked"))) !== null;
			return lost(
				isLocked
					? "its folder is not there; it is locked, as one on a disk that is not always attached"
					: "its folder is not there; `git worktree prune` forgets it",
			);
		}
		if (!(await pointsBack(file, gitDir))) return lost("its folder belongs to another repository, or to none");
		return { name, folder, gitDir, trouble: null };
	} catch (error) {
		if (!(error instanceof WorldError)) throw error;
		return lost(error.message);
	}
}

async function pointsBack(file: string, gitDir: string): Promise<boolean> {
	const back = await readText(file);
	if (back === null || !back.startsWith("gitdir: ")) return false;
	const target = resolve(dirname(file), back.slice("gitdir: ".length).trimEnd());
	const [one, other] = await Promise.all([realpath(target).catch(() => null), realpath(gitDir)]);
	return one === other;
}

async function isFolder(path: string): Promise<boolean> {
	return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}
