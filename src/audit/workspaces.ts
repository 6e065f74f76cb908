// Pure. Folders whose packages share one lock file, as the manifest above them says.
import type { RawPath } from "#model/history";
import type { Manifest } from "#model/tree-facts";
import { compilePattern, matchesFile, type Pattern } from "#rules/pattern";
import { folderOf } from "./folders.ts";

export interface Workspace {
	/** Its folder, which is a member too. */
	readonly root: string;
	readonly include: readonly Pattern[];
	readonly exclude: readonly Pattern[];
}

export function findWorkspaces(manifests: readonly (readonly [RawPath, Manifest])[]): Workspace[] {
	return manifests.flatMap(([path, { members }]) =>
		members === null
			? []
			: [{ root: folderOf(path), include: patternsOf(members.include), exclude: patternsOf(members.exclude) }],
	);
}

/** Of folders below the workspace; those of the project's rules know what `*` and `**` mean, and brackets are names here. */
function patternsOf(globs: readonly string[]): Pattern[] {
	return globs
		.map((glob) => glob.replace(/^\.\/|\/+$/g, "").replace(/[[\]\\]/g, "\\$&"))
		.filter((glob) => glob !== "")
		.map((glob) => compilePattern(`/${glob}`));
}

export function isMember(folder: string, { root, include, exclude }: Workspace): boolean {
	if (folder === root) return true;
	if (root !== "" && !folder.startsWith(`${root}/`)) return false;
	const below = root === "" ? folder : folder.slice(root.length + 1);
	return include.some((each) => matchesFile(each, below)) && !exclude.some((each) => matchesFile(each, below));
}
