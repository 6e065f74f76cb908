// Pure. The tracked files in few cells: a folder is opened only where what lies in it does not belong to the same.
import type { TreeIndex } from "#model/tree-index";

/** `owned` by one team, `shared`, `unmatched` by every rule, or `mixed`: too many cells would tell it apart. */
export type CellKind = "owned" | "shared" | "unmatched" | "mixed";

export interface Cell {
	/** Folder, with a slash at its end; empty: the top. Of a single file its path. */
	readonly path: string;
	readonly isFile: boolean;
	/** The files lie directly in `path`, beside folders that have cells of their own. */
	readonly isRest: boolean;
	readonly kind: CellKind;
	/** Team id where `owned`. */
	readonly owner: string | null;
	readonly files: number;
	/** Open conflicts that stand at a file in it, each once. */
	readonly conflicts: number;
}

export interface CellTree {
	readonly cells: readonly Cell[];
	/** Open conflicts that stand at a tracked file, and those that stand at none. */
	readonly here: number;
	readonly elsewhere: number;
}

const MOST_CELLS = 150;
const SEP = "/";

interface Folder {
	/** With a slash at its end; empty: the top. */
	readonly path: string;
	readonly folders: Map<string, Folder>;
	/** Files that lie in it directly, by verdict. */
	readonly direct: Map<string, string[]>;
	/** Files in it and below, by verdict. */
	readonly all: Map<string, number>;
	conflicts: number;
}

interface Group {
	readonly folder: Folder;
	/** Null: the folder as a whole; else those of its direct files that have the verdict. */
	readonly verdict: string | null;
}

/** `contested` are the paths that each open conflict stands at, as they are shown; a folder ends in a slash. */
export function treeCells(
	tree: Pick<TreeIndex, "files" | "verdicts">,
	contested: readonly (readonly string[])[],
	most = MOST_CELLS,
): CellTree {
	const keys = tree.verdicts.map(({ kind, owner }) => (kind === "owned" ? `owned ${owner}` : kind));
	const top = newFolder("");
	for (const [path, place] of tree.files) addFile(top, path, keys[place] ?? "unmatched");
	const touched = touchedFiles(tree.files, contested);
	const contestedFiles = new Map<string, number[]>();
	for (const [index, paths] of touched.entries()) {
		for (const path of paths) {
			const known = contestedFiles.get(path);
			if (known === undefined) contestedFiles.set(path, [index]);
			else known.push(index);
		}
		for (const folder of new Set(paths.flatMap((path) => foldersOf(top, path)))) folder.conflicts++;
	}
	const groups = splitMixed(top, most);
	const here = touched.filter((paths) => paths.length > 0).length;
	return {
		here,
		elsewhere: contested.length - here,
		cells: groups.map((group) => cellOf(group, contestedFiles)),
	};
}

/** The tracked files that each conflict stands at, each once; of a folder all that lie in it. */
function touchedFiles(files: TreeIndex["files"], contested: readonly (readonly string[])[]): string[][] {
	const wanted = new Set(contested.flat().map((path) => path.replace(/\/$/, "")));
	const known = new Set<string>();
	const inFolder = new Map<string, string[]>();
	for (const [path] of files) {
		if (wanted.has(path)) known.add(path);
		for (let slash = path.indexOf(SEP); slash !== -1; slash = path.indexOf(SEP, slash + 1)) {
			const folder = path.slice(0, slash);
			if (!wanted.has(folder)) continue;
			const held = inFolder.get(folder);
			if (held === undefined) inFolder.set(folder, [path]);
			else held.push(path);
		}
	}
	return contested.map((paths) => {
		const found = paths.flatMap((path) => {
			// A submodule is a tracked path that may be written as the folder it is.
			const name = path.replace(/\/$/, "");
			return known.has(name) ? [name] : name === path ? [] : (inFolder.get(name) ?? []);
		});
		return [...new Set(found)];
	});
}

function newFolder(path: string): Folder {
	return { path, folders: new Map(), direct: new Map(), all: new Map(), conflicts: 0 };
}

function addFile(top: Folder, path: string, key: string): void {
	let folder = top;
	let from = 0;
	for (let slash = path.indexOf(SEP); slash !== -1; slash = path.indexOf(SEP, from)) {
		folder.all.set(key, (folder.all.get(key) ?? 0) + 1);
		const name = path.slice(from, slash);
		let next = folder.folders.get(name);
		if (next === undefined) {
			next = newFolder(path.slice(0, slash + 1));
			folder.folders.set(name, next);
		}
		folder = next;
		from = slash + 1;
	}
	folder.all.set(key, (folder.all.get(key) ?? 0) + 1);
	const direct = folder.direct.get(key);
	if (direct === undefined) folder.direct.set(key, [path]);
	else direct.push(path);
}

function foldersOf(top: Folder, path: string): Folder[] {
	const found = [top];
	const names = path.split(SEP).slice(0, -1);
	for (const name of names) {
		const next = found.at(-1)?.folders.get(name);
		if (next === undefined) break;
		found.push(next);
	}
	return found;
}

const size = ({ folder, verdict }: Group): number =>
	verdict === null
		? [...folder.all.values()].reduce((sum, one) => sum + one, 0)
		: (folder.direct.get(verdict)?.length ?? 0);

/** Opens the largest folder of several verdicts, again and again, while the cells do not become too many. */
function splitMixed(top: Folder, most: number): Group[] {
	const whole: Group[] = [];
	/** Folders of several verdicts, the largest last. */
	const open: { group: Group; files: number }[] = [];
	const put = (group: Group) => {
		if (group.verdict !== null || group.folder.all.size < 2) {
			whole.push(group);
			return;
		}
		const files = size(group);
		let at = open.length;
		while (at > 0 && (open[at - 1] as (typeof open)[number]).files > files) at--;
		open.splice(at, 0, { group, files });
	};
	if (top.all.size > 0) put({ folder: top, verdict: null });
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		const { folder } = next.group;
		const inside: Group[] = [
			...[...folder.folders.values()].map((one): Group => ({ folder: one, verdict: null })),
			...[...folder.direct.keys()].map((verdict): Group => ({ folder, verdict })),
		];
		if (whole.length + open.length + inside.length > most) whole.push(next.group);
		else for (const group of inside) put(group);
	}
	return whole.sort((a, b) =>
		a.folder.path < b.folder.path ? -1 : a.folder.path > b.folder.path ? 1 : size(b) - size(a),
	);
}

function cellOf(group: Group, contestedFiles: ReadonlyMap<string, readonly number[]>): Cell {
	const { folder, verdict } = group;
	const files = size(group);
	const key = verdict ?? (folder.all.size === 1 ? ([...folder.all.keys()][0] as string) : "mixed");
	const isOwned = key.startsWith("owned ");
	const direct = verdict === null ? null : (folder.direct.get(verdict) ?? []);
	const [only] = direct ?? [];
	const isFile = direct !== null && direct.length === 1 && only !== undefined;
	return {
		path: isFile ? (only as string) : folder.path,
		isFile,
		isRest: direct !== null && !isFile,
		kind: isOwned ? "owned" : (key as CellKind),
		owner: isOwned ? key.slice("owned ".length) : null,
		files,
		conflicts:
			direct === null ? folder.conflicts : new Set(direct.flatMap((path) => contestedFiles.get(path) ?? [])).size,
	};
}
