// Edge(git). Names of commits and branches, resolved in the repository's own directory by commands that run nothing.
import type { Ref } from "#model/history";
import { WorldError } from "#model/problem";
import { allEnded } from "./all-ended.ts";
import { type CleanRoom, incompleteError } from "./clean-room.ts";

const OID = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/** Branches, here and fetched, by short name: a remote's without the remote's. */
export async function listBranches(room: CleanRoom): Promise<{ branch: string; oid: string }[]> {
	const format = "--format=%(objectname) %(refname)";
	const listing = (await room.resolve(["for-each-ref", format, "refs/heads", "refs/remotes"])) ?? "";
	return listing.split("\n").flatMap((line) => {
		const cut = line.indexOf(" ");
		const name = line.slice(cut + 1);
		return cut === -1 ? [] : [{ oid: line.slice(0, cut), branch: branchOf(name) ?? name }];
	});
}

/** Names as ids. Throws WorldError for one that names no commit. */
export async function resolveRefs(room: CleanRoom, path: string, names: readonly string[]): Promise<Ref[]> {
	const refs: Ref[] = [];
	for (const given of names) {
		const found = await findRef(room, given);
		const name = found?.ref ?? given;
		const [answer, target] = await allEnded([
			room.resolve(["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]),
			found?.target ?? fullName(room, name),
		]);
		const oid = answer?.trim();
		if (oid === undefined || !OID.test(oid)) throw await refError(room, path, given);
		refs.push({ name: given, oid, branch: branchOf(target) });
	}
	return refs;
}

interface FoundRef {
	readonly ref: string;
	/** The ref itself, or what it points at when it is symbolic. */
	readonly target: string;
}

/**
 * The branch, tag or remote branch called `name`; null where it is written in another way. Left to itself git takes a tag
 * before a branch of the same name, so that whoever may push a tag could have another history audited. Throws WorldError
 * where such names stand for different commits.
 */
async function findRef(room: CleanRoom, name: string): Promise<FoundRef | null> {
	if (name === "HEAD" || OID.test(name) || name.startsWith("refs/")) return null;
	const candidates = ["refs/heads/", "refs/tags/", "refs/remotes/", "refs/"].map((folder) => `${folder}${name}`);
	// No ref name holds a space.
	const format = "--format=%(objectname) %(*objectname) %(refname) %(symref)";
	const listing = (await room.resolve(["for-each-ref", format, ...candidates])) ?? "";
	const found = listing.split("\n").flatMap((line) => {
		const [oid, peeled, ref = "", symref = ""] = line.split(" ");
		const target = symref === "" ? ref : symref;
		return candidates.includes(ref) ? [{ ref, target, commit: peeled === "" ? oid : peeled }] : [];
	});
	if (new Set(found.map(({ commit }) => commit)).size > 1) {
		throw new WorldError(
			`${name} names different commits: ${found.map(({ ref }) => ref).join(" and ")}`,
			`say which one is meant, e.g. --ref ${found[0]?.ref}`,
		);
	}
	const first = candidates.find((candidate) => found.some(({ ref }) => ref === candidate));
	return found.find(({ ref }) => ref === first) ?? null;
}

/** The ref that any other name stands for; empty for an id. */
async function fullName(room: CleanRoom, name: string): Promise<string> {
	const ask = ["rev-parse", "--symbolic-full-name", "--verify", "--quiet", "--end-of-options", name];
	return (await room.resolve(ask))?.trim() ?? "";
}

/** Short name of a branch's full ref name; null for tags, ids and a detached HEAD. */
function branchOf(fullName: string): string | null {
	if (fullName.startsWith("refs/heads/")) return fullName.slice("refs/heads/".length);
	if (!fullName.startsWith("refs/remotes/")) return null;
	const cut = fullName.indexOf("/", "refs/remotes/".length);
	return cut === -1 ? null : fullName.slice(cut + 1);
}

/** Why a name that names no commit does not, as the reader should see it. */
export async function refError(room: CleanRoom, path: string, name: string): Promise<WorldError> {
	// A ref that names an id, and no object of that id: the clone is damaged, and the name is not at fault.
	const oid = (await room.resolve(["rev-parse", "--verify", "--quiet", "--end-of-options", name]))?.trim() ?? "";
	if (OID.test(oid) && oid !== name && (await room.resolve(["cat-file", "-e", oid])) === null) {
		return incompleteError(`the commit of ${name} is missing`);
	}
	if ((await room.resolve(["for-each-ref", "--count=1"])) === "") {
		return new WorldError(`the repository at ${path} has no commits yet`, "commit something first, then audit it");
	}
	return new WorldError(`the repository at ${path} has no commit named ${name}`, "`git branch -a` lists its branches");
}
