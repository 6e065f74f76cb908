// Edge(git). What is staged: the index against HEAD (and, in a merge, against every parent), as changes of one commit.
import { join, resolve } from "node:path";
import type { Change, RawPath } from "#model/history";
import { UsageError, WorldError } from "#model/problem";
import { type CleanRoom, openCleanRoom } from "./clean-room.ts";
import { type IndexRoom, openIndexRoom } from "./index-room.ts";
import { type Location, readText } from "./location.ts";
import { refError } from "./refs.ts";

export interface Head {
	readonly objectFormat: "sha1" | "sha256";
	/** Null before the first commit. */
	readonly head: string | null;
	/** Short name of the current branch, born or not; null when HEAD is detached. */
	readonly branch: string | null;
}

export interface Staged {
	/** What the commit's parents will be: the head, and in a merge what is merged. */
	readonly parents: readonly string[];
	/** In a `git revert --no-commit`, what is reverted. */
	readonly reverts: readonly string[];
	/** By path; in a merge only what differs from every parent. A file that is only announced (`git add -N`) is none. */
	readonly changes: readonly Change[];
	/** Paths in conflict, which no commit can hold yet. */
	readonly unmerged: readonly RawPath[];
}

/**
 * Reads what is staged in a repository. `indexFile` is what GIT_INDEX_FILE says: git points a hook at the index of a
 * partial commit by it. Throws WorldError for an index that is damaged.
 */
export async function readStaged(
	location: Location,
	{ objectFormat, head }: Pick<Head, "objectFormat" | "head">,
	indexFile: string | undefined,
): Promise<Staged> {
	const index = indexFile === undefined || indexFile === "" ? join(location.gitDir, "index") : resolve(indexFile);
	const room = await openIndexRoom(location, index, objectFormat);
	try {
		return await readStagedIn(room, location, { objectFormat, head });
	} finally {
		await room.close();
	}
}

/** The same in a room that holds the index already. */
export async function readStagedIn(
	room: Pick<IndexRoom, "read">,
	location: Pick<Location, "gitDir">,
	{ objectFormat, head }: Pick<Head, "objectFormat" | "head">,
): Promise<Staged> {
	const parents = head === null ? [] : [head, ...(await idsIn(join(location.gitDir, "MERGE_HEAD")))];
	const reverts = await idsIn(join(location.gitDir, "REVERT_HEAD"));
	const sides = parents.length === 0 ? [EMPTY_TREE[objectFormat]] : parents;
	const diffs = await Promise.all(sides.map(async (side) => parseRawDiff(await room.read(diffArguments(side)))));
	const [first, ...others] = diffs as [RawDiff, ...RawDiff[]];
	const differs = others.map((diff) => new Set(diff.changes.map((change) => change.path)));
	const changes = first.changes.filter((change) => differs.every((paths) => paths.has(change.path)));
	return { parents, reverts, changes, unmerged: first.unmerged };
}

/** The tree with nothing in it: git knows it without having it. */
const EMPTY_TREE = {
	sha1: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
	sha256: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
};

const OID = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

function diffArguments(side: string): string[] {
	return [
		"diff-index",
		"--cached",
		"--raw",
		"-z",
		"--no-renames",
		"--no-abbrev",
		"--no-ext-diff",
		"--ignore-submodules=none",
		"--ita-invisible-in-index",
		side,
		"--",
	];
}

/**
 * Where a commit would be made. Throws UsageError for a bare repository: it has no index; WorldError where HEAD names a
 * commit that cannot be read: taken for a branch that is not born yet, every file would read as added.
 */
export async function readHead(location: Location): Promise<Head> {
	const { isBare, ...head } = await readAnyHead(location);
	if (!isBare) return head;
	throw new UsageError(
		`the repository ${location.gitDir} is bare: nothing can be staged in it`,
		"judge its commits with --range A..B",
	);
}

/** The same of a repository that says it is bare too. */
export async function readAnyHead(location: Location): Promise<Head & { readonly isBare: boolean }> {
	const room = await openCleanRoom(location, "sha1");
	try {
		const [told, full] = await Promise.all([
			room.resolve(["rev-parse", "--is-bare-repository", "--show-object-format", "--revs-only", "HEAD^{commit}"]),
			room.resolve(["symbolic-ref", "--quiet", "HEAD"]),
		]);
		const [bare, objectFormat, head = ""] = (told ?? "").split("\n");
		if (objectFormat !== "sha1" && objectFormat !== "sha256") {
			throw new WorldError(
				`the git directory ${location.gitDir} cannot be read by this git`,
				"`git status` in that repository says what is wrong with it",
			);
		}
		const isBare = bare === "true";
		const name = (full ?? "").trimEnd();
		const branch = name.startsWith("refs/heads/") ? name.slice("refs/heads/".length) : null;
		if (OID.test(head)) return { objectFormat, head, branch, isBare };
		// A bare repository is refused for that alone.
		const isUnborn = branch !== null && !(await isRef(room, name));
		if (!isUnborn && !isBare) throw await refError(room, location.gitDir, "HEAD");
		return { objectFormat, head: null, branch, isBare };
	} finally {
		await room.close();
	}
}

/** Whether there is a ref of this full name, whatever it points at. */
async function isRef(room: CleanRoom, name: string): Promise<boolean> {
	const listing = await room.resolve(["for-each-ref", "--format=%(refname)", name]);
	return listing === null || listing.split("\n").includes(name);
}

/** The commits a file such as MERGE_HEAD names, one a line; none where there is no such file. */
async function idsIn(file: string): Promise<string[]> {
	return ((await readText(file)) ?? "").split("\n").filter((line) => OID.test(line));
}

interface RawDiff {
	readonly changes: readonly Change[];
	readonly unmerged: readonly RawPath[];
}

/** Entries `:mode mode id id K` and a path, each ended by NUL; bytes as latin1. Throws on anything else. */
export function parseRawDiff(output: string): RawDiff {
	const tokens = output.split("\0");
	if (tokens.pop() !== "" || tokens.length % 2 !== 0) throw new Error("git's output ended within an entry");
	const changes: Change[] = [];
	const unmerged: RawPath[] = [];
	for (let at = 0; at < tokens.length; at += 2) {
		const path = tokens[at + 1] as string;
		const meta = /^:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) ([AMDTU])$/.exec(tokens[at] as string);
		if (meta === null) throw new Error("git's output is not a raw diff");
		const [, oldMode, newMode, oldId, newId, kind] = meta as unknown as [
			string,
			string,
			string,
			string,
			string,
			string,
		];
		if (kind === "U") unmerged.push(path);
		else changes.push({ path, kind: kind as Change["kind"], oldMode, newMode, oldId, newId });
	}
	// A path in conflict is listed a second time, with what lies in the work tree.
	const torn = new Set(unmerged);
	return { changes: changes.filter((change) => !torn.has(change.path)), unmerged };
}
