// Pure. Where the manifests of a tree do not agree: ranges, interpreters, build back ends, lock files.
import type { RawPath, TreeEntry } from "#model/history";
import type { Manifest } from "#model/tree-facts";
import { folderOf, foldersUp, isFetched } from "./folders.ts";
import { canMeet, compareVersions, floorOf, isPin } from "./versions.ts";
import { findWorkspaces, isMember } from "./workspaces.ts";

/** What one manifest asks of a dependency, or of the interpreter. */
export interface Ask {
	readonly path: RawPath;
	readonly line: number;
	readonly range: string;
	/** Of the dependency; `python` and `node` are interpreters. */
	readonly name: string;
}

/** An ask that differs from another: no version satisfies both, or their floors are not the same. */
export interface Difference {
	readonly ask: Ask;
	readonly other: Ask;
	readonly how: "apart" | "floors";
}

type Placed = readonly [RawPath, Manifest];

/**
 * Manifests of one folder describe one package: whatever they ask differently, one of them is wrong. Those of different
 * folders may ask what they like, unless they are installed together: then some version must satisfy all.
 */
export function findDifferences(manifests: ReadonlyMap<RawPath, Manifest>, tree: readonly TreeEntry[]): Difference[] {
	const python = [...manifests].filter(([path, { ecosystem }]) => ecosystem === "python" && !isFetched(path));
	const folders = Map.groupBy(python, ([path]) => folderOf(path));
	const areApart = createComparison("python");
	const differ: Compare = (one, other) =>
		areApart(one, other) ? "apart" : haveOtherFloors(one, other) ? "floors" : null;
	const inside = [...folders.values()].flatMap((group) => compareAll(group, differ));
	const exclude: Compare = (one, other) => (areApart(one, other) ? "apart" : null);
	const together = installedTogether(python, tree).flatMap((group) => compareAll(group, exclude));
	return [...inside, ...together, ...findNodesApart(manifests)];
}

/** Packages of one npm workspace run on one Node; each has a tree of dependencies of its own, which are no matter of all. */
function findNodesApart(manifests: ReadonlyMap<RawPath, Manifest>): Difference[] {
	const npm = [...manifests].filter(([path, { ecosystem }]) => ecosystem === "npm" && !isFetched(path));
	const areApart = createComparison("npm");
	return findWorkspaces(npm).flatMap((workspace) => {
		const members = npm.filter(([path]) => isMember(folderOf(path), workspace));
		const nodes = members.map(([path, manifest]): Placed => [path, { ...manifest, requirements: [] }]);
		return compareAll(nodes, (one, other) => (areApart(one, other) ? "apart" : null));
	});
}

type Compare = (one: Asked, other: Asked) => Difference["how"] | null;

interface Asked extends Ask {
	readonly isLock: boolean;
}

/** Each range asked for of a name beside the others: many manifests ask for few ranges. */
function compareAll(group: readonly Placed[], compare: Compare): Difference[] {
	const byName = Map.groupBy(
		group.flatMap(([path, manifest]) => asksOf(path, manifest)),
		({ name }) => name,
	);
	return [...byName.values()].flatMap((asks) => {
		const alike = [...Map.groupBy(asks, ({ range, isLock }) => `${isLock} ${range}`).values()].slice(0, MOST);
		return alike.flatMap((some, at) => alike.slice(at + 1).flatMap((others) => differences(some, others, compare)));
	});
}

/** Ranges of one name that are compared with each other. */
const MOST = 30;

/** Every ask of either side, beside one of the other. */
function differences(some: readonly Asked[], others: readonly Asked[], compare: Compare): Difference[] {
	const how = compare(some[0] as Asked, others[0] as Asked);
	if (how === null) return [];
	const pairs = [...some.map((ask) => [ask, others] as const), ...others.map((ask) => [ask, some] as const)];
	return pairs.flatMap(([ask, against]) => {
		const other = against.find(({ path }) => path !== ask.path);
		return other === undefined ? [] : [{ ask, other, how }];
	});
}

/** What is needed to run, wherever it runs. Extras and groups are installed when somebody asks for them. */
function asksOf(path: RawPath, { ecosystem, requirements, runtime, isLock }: Manifest): Asked[] {
	const interpreter = ecosystem === "npm" ? "node" : "python";
	return [
		...requirements
			.filter(({ group, isConditional }) => group === "runtime" && !isConditional)
			.map(({ name, range, line }) => ({ path, name, range, line, isLock })),
		...(runtime === null ? [] : [{ path, name: interpreter, range: runtime.range, line: runtime.line, isLock }]),
	];
}

/** A pin decides within what another file allows; where nothing is said, nothing is contradicted. */
function haveOtherFloors(one: Asked, other: Asked): boolean {
	if (isPin(one.range) || isPin(other.range) || one.isLock || other.isLock) return false;
	const [a, b] = [floorOf(one.range), floorOf(other.range)];
	return a !== null && b !== null && compareVersions(a, b) !== 0;
}

/** Whether no version is in both ranges; worked out once for each two: the same ones stand in manifest after manifest. */
function createComparison(ecosystem: Manifest["ecosystem"]): (one: Asked, other: Asked) => boolean {
	const known = new Map<string, boolean>();
	return ({ range: a }, { range: b }) => {
		const key = `${a}\n${b}`;
		const before = known.get(key);
		if (before !== undefined) return before;
		const isApart = canMeet(a, b, ecosystem) === false;
		known.set(key, isApart);
		return isApart;
	};
}

/**
 * Groups of packages of different folders that end in one environment: the members of a workspace of Python, which has one
 * lock file for all; and Python packages without an environment of their own (no lock file, no image beside them). Lists of
 * requirements describe an environment each.
 */
function installedTogether(manifests: readonly Placed[], tree: readonly TreeEntry[]): Placed[][] {
	const packages = manifests.filter(([, { kind }]) => kind !== "requirements");
	const workspaces = findWorkspaces(packages);
	const own = new Set(tree.filter(({ path }) => isEnvironment(path)).map(({ path }) => folderOf(path)));
	const groups = Map.groupBy(packages, ([path]) => {
		const folder = folderOf(path);
		const workspace = workspaces.find((each) => isMember(folder, each));
		if (workspace !== undefined) return `workspace ${workspace.root}`;
		return own.has(folder) ? `own ${folder}` : "together";
	});
	// Within one folder they are compared already, and more strictly.
	return [...groups.values()].filter((group) => new Set(group.map(([path]) => folderOf(path))).size > 1);
}

function isEnvironment(path: RawPath): boolean {
	const name = path.slice(path.lastIndexOf("/") + 1);
	return LOCKS.python.has(name) || /^(Dockerfile|Containerfile)(\.|$)/.test(name);
}

const LOCKS: Record<Manifest["ecosystem"], ReadonlySet<string>> = {
	python: new Set(["uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock"]),
	npm: new Set(["package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb"]),
};

/** An application without a lock file, where another of its ecosystem has one: that lock file. */
export interface Unlocked {
	readonly path: RawPath;
	readonly lockElsewhere: RawPath;
}

export function findUnlocked(manifests: ReadonlyMap<RawPath, Manifest>, tree: readonly TreeEntry[]): Unlocked[] {
	return (["python", "npm"] as const).flatMap((ecosystem) => {
		const locks = tree
			.map(({ path }) => path)
			.filter((path) => LOCKS[ecosystem].has(path.slice(path.lastIndexOf("/") + 1)));
		const locked = new Set(locks.map(folderOf));
		const own = [...manifests].filter(([, manifest]) => manifest.ecosystem === ecosystem);
		const workspaces = findWorkspaces(own);
		// A lock file without a manifest beside it shows nothing about manifests.
		const lockElsewhere = locks.find((lock) => own.some(([path]) => folderOf(path) === folderOf(lock)));
		if (lockElsewhere === undefined) return [];
		return own
			.filter(([, { isApplication, requirements }]) => isApplication && requirements.length > 0)
			.filter(([path]) => !isAside(path) && !isFetched(path) && !isLocked(path, ecosystem))
			.map(([path]) => ({ path, lockElsewhere }));

		/** By its own lock file, a list that a tool wrote beside it, or that of the workspace above it. */
		function isLocked(path: RawPath, kind: Manifest["ecosystem"]): boolean {
			const [folder = "", ...above] = foldersUp(folderOf(path));
			if (kind === "python" && workspaces.some((each) => locked.has(each.root) && isMember(folder, each))) return true;
			if (locked.has(folder)) return true;
			if (own.some(([other, { isLock }]) => isLock && folderOf(other) === folder)) return true;
			// Workspaces of npm are declared in files of several tools: any lock file above may hold for it.
			return kind === "npm" && above.some((up) => locked.has(up));
		}
	});
}

/** What nobody runs as it is. */
function isAside(path: RawPath): boolean {
	return path
		.split("/")
		.slice(0, -1)
		.some((folder) => ASIDE.test(folder));
}

const ASIDE =
	/^(_*(tests?|fixtures?|mocks?|examples?|samples?|demos?|docs?|templates?|benchmarks?|e2e)_*|node_modules)$/i;

/** Two manifests of one folder that name different tools to build it. */
export interface TwoBackends {
	readonly one: Backend;
	readonly other: Backend;
}

interface Backend {
	readonly path: RawPath;
	readonly line: number;
	readonly name: string;
}

export function findTwoBackends(manifests: ReadonlyMap<RawPath, Manifest>): TwoBackends[] {
	const named = [...manifests].flatMap(([path, { buildBackend }]): Backend[] =>
		buildBackend === null ? [] : [{ path, ...buildBackend }],
	);
	return [...Map.groupBy(named, ({ path }) => folderOf(path)).values()].flatMap((group) => {
		const [one] = group;
		const other = group.find(({ name }) => one !== undefined && toolOf(name) !== toolOf(one.name));
		return one === undefined || other === undefined ? [] : [{ one, other }];
	});
}

/** `setuptools.build_meta` and `setuptools.build_meta:__legacy__` are one tool. */
function toolOf(backend: string): string {
	return (backend.split(/[.:]/)[0] as string).replace(/_build$/, "");
}
