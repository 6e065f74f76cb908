// Pure. `proto-overlap`: two .proto files that are no copies declare one full name.
import { treeOccurrence } from "../finding.ts";
import { findOverlaps, type ProtoFile, protoFiles } from "../proto-copies.ts";
import { ownersOf, type TreeDetector, type TreeSeen } from "./tree.ts";

/** Reads: declarations of .proto files. Names of one package are one conflict; an error where two teams declare them. */
export const detectProtoOverlap: TreeDetector = (seen) => {
	const files = protoFiles(seen.facts.protobuf, seen.tree);
	return findOverlaps(files, (group) => mayMeet(seen, group)).flatMap(({ resource, files: involved }) => {
		const teams = ownersOf(
			seen,
			involved.map(({ file }) => file.path),
		);
		return involved.map(({ file, shared }) => ({
			code: "proto-overlap" as const,
			level: teams.length > 1 ? ("error" as const) : ("warning" as const),
			resource,
			actor: null,
			owner: teams.length === 1 ? (teams[0] as string) : null,
			teams,
			rule: null,
			occurrence: treeOccurrence(file.path, Math.min(...shared.map(({ line }) => line))),
			detail: { names: shared.map(({ name }) => name) },
			anchor: null,
		}));
	});
};

/** Files without a package are compiled together where they lie in one folder; between two teams somebody will. */
function mayMeet(seen: TreeSeen, files: readonly ProtoFile[]): boolean {
	const folders = new Set(files.map(({ path }) => path.slice(0, path.lastIndexOf("/") + 1)));
	const paths = files.map(({ path }) => path);
	return folders.size === 1 || ownersOf(seen, paths).length > 1;
}
