// Edge(git). Since which commits promises are broken: earlier versions are read only of files that break one.
import {
	type BrokenPlace,
	breakKey,
	type ContractBreaks,
	findBreak,
	listBroken,
	listVersions,
} from "#audit/contract-breaks";
import { decodeText, FILE_LIMIT } from "#extract/text";
import type { OpenRepository } from "#git/repository";
import type { Catalog } from "#model/catalog";
import type { CommitTable } from "#model/commit-table";
import type { TreeEntry } from "#model/history";
import type { PythonModule, TreeFacts } from "#model/tree-facts";

/** Broken promises whose commits are looked for; a project has few, and each takes reading old versions. */
const MAX_PLACES = 20;

/** Looks back through the history of each file that breaks a promise. Nothing is read where none is broken. */
export async function readContractBreaks(
	opened: Pick<OpenRepository, "readBlobs">,
	commits: CommitTable,
	tree: readonly TreeEntry[],
	{ contracts }: Pick<Catalog, "contracts">,
	facts: TreeFacts,
): Promise<ContractBreaks> {
	const broken: readonly BrokenPlace[] = listBroken(contracts, facts).slice(0, MAX_PLACES);
	if (broken.length === 0) return new Map();
	const versions = listVersions(commits, tree, new Set(broken.map(({ path }) => path)));
	const modules = await readModules(
		opened,
		[...versions.values()].flat().map(({ before }) => before),
	);
	return new Map(
		broken.flatMap((place): [string, string][] => {
			const commit = findBreak(place, versions.get(place.path) ?? [], facts, (id) => modules.get(id) ?? null);
			return commit === null ? [] : [[breakKey(place), commit]];
		}),
	);
}

/** Versions by the ids of their contents; those that cannot be read are left out. */
async function readModules(
	opened: Pick<OpenRepository, "readBlobs">,
	ids: readonly string[],
): Promise<ReadonlyMap<string, PythonModule>> {
	const { python } = await import("#extract/python");
	const modules = new Map<string, PythonModule>();
	await opened.readBlobs(ids, FILE_LIMIT, (id, blob) => {
		if (blob.kind !== "read") return;
		try {
			modules.set(id, python.extract(decodeText(blob.bytes), "python"));
		} catch {
			// An old version that nobody could read proves nothing: the search ends there.
		}
	});
	return modules;
}
