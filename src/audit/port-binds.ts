// Pure. Who binds which port at the head: the files that do, and the programs behind them.
import { type RawPath, rawPath } from "#model/history";
import type { PortUse } from "#model/tree-facts";
import { ownerOf, type TreeSeen } from "./detectors/tree.ts";

/** A place where a port of the machine is bound. */
export interface Bind {
	readonly path: RawPath;
	readonly use: PortUse;
	/** The team that has the file alone; null: nobody. */
	readonly owner: string | null;
	/** What listens: equal for a server and all that start it. */
	readonly program: string;
	/** The team that has what listens; of what is no file of the tree, the team that has the file that binds. */
	readonly programOwner: string | null;
}

export function portResource({ port, protocol }: Pick<PortUse, "port" | "protocol">): string {
	return `port:${protocol}/${port}`;
}

/**
 * What the tree binds on the machine it runs on. A folder with a Dockerfile of its own runs in a container, whose ports
 * are nobody else's until they are published: its binds are left out. So is a command that hands a port to a program of
 * the tree that does not listen: that is a client.
 */
export function bindsOf(seen: TreeSeen): Bind[] {
	const tree = indexTree(seen);
	return [...seen.facts.ports].flatMap(([path, { uses, listens }]) => {
		const isContained = tree.isContained(path);
		return uses.flatMap((use): Bind[] => {
			if (use.use !== "bind" || (isContained && use.how !== "publish")) return [];
			const owner = ownerOf(seen, path);
			if (use.starts === null) return [{ path, use, owner, program: tree.programOf(path), programOwner: owner }];
			if (use.how === "publish") {
				const built = builtFolder(path, use.starts);
				const programOwner = built === null ? owner : ownerOf(seen, rawPath(`${built}Dockerfile`));
				return [{ path, use, owner, program: placeService(path, use.starts), programOwner }];
			}
			const target = tree.resolve(path, use.starts);
			if (target === null && listens) {
				const own = { ...use, starts: null };
				return [{ path, use: own, owner, program: tree.programOf(path), programOwner: owner }];
			}
			if (target === null) {
				return isServerName(use.starts) ? [{ path, use, owner, program: use.starts, programOwner: owner }] : [];
			}
			const isServed = use.starts.includes(":");
			if (tree.isContained(target) || !(isServed || tree.listens(target))) return [];
			return [{ path, use, owner, program: tree.programOf(target), programOwner: ownerOf(seen, target) }];
		});
	});
}

/** Names of programs that are not in the tree and yet say that they listen: `main:app`, `mlx_lm.server`. */
function isServerName(starts: string): boolean {
	return /serv(?:e|er|ing|ice)?\b|:/i.test(starts) || !/[./]/.test(starts);
}

/** A service of compose has its name within its folder, an object of Kubernetes in the whole tree. */
function placeService(path: RawPath, starts: string): string {
	return starts.startsWith("service:") && starts.includes("/") ? starts : `${folderOf(path)}#${starts}`;
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

export function folderOf(path: RawPath): string {
	return path.slice(0, path.lastIndexOf("/") + 1);
}

interface TreeIndex {
	readonly isContained: (path: RawPath) => boolean;
	/** The file that a command names, seen from the file that holds the command. */
	readonly resolve: (from: RawPath, starts: string) => RawPath | null;
	readonly listens: (path: RawPath) => boolean;
	/** Equal for files of equal content: a copy is no second program. */
	readonly programOf: (path: RawPath) => string;
}

function indexTree({ tree, facts }: TreeSeen): TreeIndex {
	const ids = new Map(tree.map(({ path, id }) => [path, id]));
	const containers = new Set(
		tree
			.map(({ path }) => path)
			.filter((path) => DOCKERFILE.test(path))
			.map(folderOf)
			.filter((folder) => folder !== ""),
	);
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
			for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
				if (containers.has(path.slice(0, at + 1))) return true;
			}
			return false;
		},
		resolve,
		listens: (path) => {
			const ports = facts.ports.get(path);
			return ports !== undefined && (ports.listens || ports.uses.some(({ use }) => use === "bind"));
		},
		programOf: (path) => `blob ${ids.get(path) ?? path}`,
	};
}

const DOCKERFILE = /(?:^|\/)(?:dockerfile|containerfile)(?:\.[^/]*)?$/i;

/** `src/server.py`, `./server.py`, `pkg.server`, `pkg.main:app` as paths. */
function fileNamed(starts: string): string[] {
	const [name = ""] = starts.split(":");
	const clean = name.replace(/^(?:\.{1,2}\/)+/, "").replace(/^.*\}\/|^\/(?:[^/]+\/)*/, "");
	if (/\.(?:py|sh)$/.test(clean)) return [clean];
	const path = clean.replaceAll(".", "/");
	return [`${path}.py`, `${path}/__main__.py`, `${path}/__init__.py`];
}
