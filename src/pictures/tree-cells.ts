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
	/** Open conflicts about paths in it. */
	readonly conflicts: number;
}

export interface CellTree {
	readonly cells: readonly Cell[];
	/** Open conflicts about paths that are not tracked at the head. */
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

/** `contested` are the paths of open conflicts, one entry for each. */
export function treeCells(
	tree: Pick<TreeIndex, "files" | "verdicts">,
	contested: readonly string[],
	most = MOST_CELLS,
): CellTree {
	const keys = tree.verdicts.map(({ kind, owner }) => (kind === "owned" ? `owned ${owner}` : kind));
	const top = newFolder("");
	const known = new Set<string>();
	const wanted = new Set(contested);
	for (const [path, place] of tree.files) {
		const key = keys[place] ?? "unmatched";
		if (wanted.has(path)) known.add(path);
		addFile(top, path, key);
	}
	let elsewhere = 0;
	const contestedFiles = new Map<string, number>();
	for (const path of contested) {
		if (!known.has(path)) {
			elsewhere++;
			continue;
		}
		contestedFiles.set(path, (contestedFiles.get(path) ?? 0) + 1);
		for (const folder of foldersOf(top, path)) folder.conflicts++;
	}
	const groups = splitMixed(top, most);
	return { elsewhere, cells: groups.map((group) => cellOf(group, contestedFiles)) };
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

function cellOf(group: Group, contestedFiles: ReadonlyMap<string, number>): Cell {
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
			direct === null ? folder.conflicts : direct.reduce((sum, path) => sum + (contestedFiles.get(path) ?? 0), 0),
	};
}
