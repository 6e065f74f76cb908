// Pure. Who binds which port at the head: the files that do, and the programs behind them.
import type { Detail } from "#model/conflict-facts";
import { type RawPath, rawPath, showPath } from "#model/history";
import type { PortPlace } from "#model/reality";
import type { PortUse } from "#model/tree-facts";
import { ownerOf, type TreeSeen } from "./detectors/tree.ts";
import { builtFolder, folderOf, indexTree, type TreeIndex } from "./port-programs.ts";
import { registeredPort } from "./registered-port.ts";

/** A place where a port of the machine is bound. */
export interface Bind {
	readonly path: RawPath;
	readonly use: PortUse;
	/** The team that has the file alone; null: nobody. */
	readonly owner: string | null;
	readonly program: Program;
}

/** What listens. */
export interface Program {
	/** Equal for a server and all that start it. */
	readonly key: string;
	/** The file of it that the tree has, or its name. */
	readonly name: RawPath;
	/** The team that has it alone; null: nobody, or the tree does not say whose it is. */
	readonly owner: string | null;
	/** Whether the tree says whose it is: what an image from elsewhere holds, it does not. */
	readonly isKnown: boolean;
}

export function portResource({ port, protocol }: Pick<PortUse, "port" | "protocol">): string {
	return `port:${protocol}/${port}`;
}

/** What words say of a place. */
export function placeDetail({ use, how, starts }: PortUse): Detail {
	return { use, how, starts };
}

/**
 * What the tree binds on the machine it runs on. A folder with a Dockerfile of its own runs in a container, whose ports
 * are nobody else's until they are published: its binds are left out.
 */
export function bindsOf(seen: TreeSeen): readonly Bind[] {
	const binds = known.get(seen) ?? findBinds(seen);
	known.set(seen, binds);
	return binds;
}

/** Where ports are bound, and where those that are registered are named in code or configuration; prose binds nothing. */
export function portPlaces(seen: Pick<TreeSeen, "facts" | "catalog">, binds: readonly Bind[]): PortPlace[] {
	const bound = new Set(binds.map(({ use }) => use));
	const named = [...seen.facts.ports].flatMap(([path, { uses }]) =>
		uses.flatMap((use) =>
			use.how === "prose" || bound.has(use) || registeredPort(seen.catalog.ports, use) === null ? [] : [{ path, use }],
		),
	);
	return showPlaces([
		...binds.map(({ path, use }) => ({ path, use: { ...use, use: "bind" as const } })),
		...named.map(({ path, use }) => ({ path, use: { ...use, use: "mention" as const } })),
	]);
}

/** Places for the pages, in order, each once. */
export function showPlaces(uses: readonly { readonly path: RawPath; readonly use: PortUse }[]): PortPlace[] {
	const places = uses.map(({ path, use: { port, protocol, line, use } }) => {
		return { use, protocol, port, path: showPath(path).text, line };
	});
	const order = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);
	const unique = new Map(places.map((one) => [JSON.stringify(one), one]));
	return [...unique.values()].sort(
		(a, b) =>
			a.port - b.port ||
			order(a.protocol, b.protocol) ||
			order(a.use, b.use) ||
			order(a.path, b.path) ||
			a.line - b.line,
	);
}

/** Three detectors ask. */
const known = new WeakMap<TreeSeen, readonly Bind[]>();

function findBinds(seen: TreeSeen): Bind[] {
	const tree = indexTree(seen);
	return [...seen.facts.ports].flatMap(([path, { uses, listens }]) => {
		const isContained = tree.isContained(path);
		return uses.flatMap((use): Bind[] => {
			if (use.use !== "bind" || (isContained && use.how !== "publish")) return [];
			const find = use.how === "publish" ? findPublished : findStarted;
			const program = find(seen, tree, path, use, listens);
			return program === null ? [] : [{ path, use, owner: ownerOf(seen, path), program }];
		});
	});
}

type Find = (seen: TreeSeen, tree: TreeIndex, path: RawPath, use: PortUse, listens: boolean) => Program | null;

/**
 * The file itself, or the program that it starts. Null for a command that hands a port to a program of the tree that
 * does not listen, which is a client, or one that runs in a container.
 */
const findStarted: Find = (seen, tree, path, { starts, how }, listens) => {
	if (starts === null) return fileProgram(seen, tree, path);
	const target = tree.resolve(path, starts);
	if (target === null) {
		// A call stands in code that the file holds itself, whatever it writes it into.
		if (listens || how === "call") return fileProgram(seen, tree, path);
		return isServerName(starts) ? elsewhereProgram(seen, path, starts) : null;
	}
	const isServed = starts.includes(":");
	// A file that serves another's app is what starts, unless that file could be started itself.
	if (listens && !tree.listens(target)) return { ...fileProgram(seen, tree, path), key: tree.programOf(target) };
	return !tree.isContained(target) && (isServed || tree.listens(target)) ? fileProgram(seen, tree, target) : null;
};

function fileProgram(seen: TreeSeen, tree: TreeIndex, path: RawPath): Program {
	return { key: tree.programOf(path), name: path, owner: ownerOf(seen, path), isKnown: true };
}

/** A server that the tree does not hold: each team's own, and each folder's where only a tool is named. */
function elsewhereProgram(seen: TreeSeen, path: RawPath, starts: string): Program {
	const owner = ownerOf(seen, path);
	const place = /[.:]/.test(starts) ? (owner ?? "") : folderOf(path);
	return { key: `${place}#${starts}`, name: path, owner, isKnown: true };
}

/** What is behind a published port: the program that is started in the container, or the folder it is built from. */
const findPublished: Find = (seen, tree, path, { starts }) => {
	const key = placeService(path, starts ?? "");
	const unknown: Program = { key, name: path, owner: null, isKnown: false };
	if (starts === null || starts.startsWith("service:")) return unknown;
	if (!starts.endsWith("/")) {
		const target = tree.resolve(path, starts);
		return target === null ? unknown : { key, name: path, owner: ownerOf(seen, target), isKnown: true };
	}
	const built = builtFolder(path, starts);
	if (built === null || built === "" || !tree.holdsCode(built)) return unknown;
	return { key, name: path, owner: ownerOf(seen, rawPath(`${built}Dockerfile`)), isKnown: true };
};

/** Names of programs that are not in the tree and yet say that they listen: `main:app`, `mlx_lm.server`. */
function isServerName(starts: string): boolean {
	return /serv(?:e|er|ing|ice)?\b|:/i.test(starts) || !/[./]/.test(starts);
}

/** A service of compose has its name within its folder, an object of Kubernetes in the whole tree. */
function placeService(path: RawPath, starts: string): string {
	return starts.startsWith("service:") && starts.includes("/") ? starts : `${folderOf(path)}#${starts}`;
}
