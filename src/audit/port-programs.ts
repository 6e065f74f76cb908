// Pure. Programs of the tree as commands name them, and folders that run in containers of their own.
import { type RawPath, rawPath } from "#model/history";
import type { TreeSeen } from "./detectors/tree.ts";

export function folderOf(path: RawPath): string {
	return path.slice(0, path.lastIndexOf("/") + 1);
}

/** All folders above a path, the nearest first. */
function foldersOf(path: RawPath): string[] {
	const found: string[] = [];
	for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) found.push(path.slice(0, at + 1));
	return found;
}

/** The folder that a published service is built from; null: it is an image from elsewhere. */
export function builtFolder(from: RawPath, starts: string | null): string | null {
	if (starts?.endsWith("/") !== true) return null;
	const parts = folderOf(from)
		.split("/")
		.filter((part) => part !== "");
	for (const part of starts.split("/")) {
		if (part === "..") parts.pop();
		else if (part !== "." && part !== "") parts.push(part);
	}
	return parts.map((part) => `${part}/`).join("");
}

export interface TreeIndex {
	readonly isContained: (path: RawPath) => boolean;
	/** The file that a command names, seen from the file that holds the command. */
	readonly resolve: (from: RawPath, starts: string) => RawPath | null;
	readonly listens: (path: RawPath) => boolean;
	/** Whether source code lies in a folder, not just what an image is described by. */
	readonly holdsCode: (folder: string) => boolean;
	/** Equal for files of equal content: a copy is no second program. */
	readonly programOf: (path: RawPath) => string;
}

export function indexTree({ tree, facts }: TreeSeen): TreeIndex {
	const ids = new Map(tree.map(({ path, id }) => [path, id]));
	const containers = new Set(
		tree
			.map(({ path }) => path)
			.filter((path) => DOCKERFILE.test(path))
			.map(folderOf)
			.filter((folder) => folder !== ""),
	);
	const coded = new Set(tree.flatMap(({ path }) => (CODE.test(path) ? foldersOf(path) : [])));
	const byName = Map.groupBy(ids.keys(), (path) => path.slice(path.lastIndexOf("/") + 1));
	const resolve = (from: RawPath, starts: string): RawPath | null => {
		const wanted = fileNamed(starts);
		const folder = folderOf(from);
		const near = wanted.map((name) => rawPath(folder + name)).find((path) => ids.has(path));
		if (near !== undefined) return near;
		// A command may run in any folder: what ends like that is meant, the nearest above first.
		const found = wanted.flatMap((name) => {
			const last = name.slice(name.lastIndexOf("/") + 1);
			return (byName.get(last as RawPath) ?? []).filter((path) => path === name || path.endsWith(`/${name}`));
		});
		const depth = (path: RawPath) => (folder.startsWith(folderOf(path)) ? path.split("/").length : 0);
		return found.sort((a, b) => depth(b) - depth(a) || (a < b ? -1 : 1))[0] ?? null;
	};
	return {
		isContained: (path) => {
			return foldersOf(path).some((folder) => containers.has(folder));
		},
		resolve,
		listens: (path) => {
			const ports = facts.ports.get(path);
			return ports !== undefined && (ports.listens || ports.uses.some(({ use }) => use === "bind"));
		},
		holdsCode: (folder) => coded.has(folder),
		programOf: (path) => `blob ${ids.get(path) ?? path}`,
	};
}

const CODE = /\.(?:py|[cm]?[jt]sx?|go|rs|java|kt|rb|php|cs|swift|scala|ex|c|cc|cpp|vue|html)$/;
const DOCKERFILE = /(?:^|\/)(?:dockerfile|containerfile)(?:\.[^/]*)?$/i;

/** `src/server.py`, `./server.py`, `pkg.server`, `pkg.main:app` as paths. */
function fileNamed(starts: string): string[] {
	const [name = ""] = starts.split(":");
	const clean = name.replace(/^(?:\.{1,2}\/)+/, "").replace(/^\/(?:[^/]+\/)*/, "");
	if (/\.(?:py|sh)$/.test(clean)) return [clean];
	const path = clean.replaceAll(".", "/");
	return [`${path}.py`, `${path}/__main__.py`, `${path}/__init__.py`];
}
