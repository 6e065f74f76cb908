// Pure. Turns the output of `git ls-tree -r -z` into tree entries.
import type { TreeEntry } from "#model/history";

/** Entries `mode type id<TAB>path`, each ended by NUL; throws on anything else. */
export function parseTree(output: string): TreeEntry[] {
	if (output === "") return [];
	if (!output.endsWith("\0")) throw new Error("git's tree listing ended within an entry");
	return output
		.slice(0, -1)
		.split("\0")
		.map((line) => {
			const tab = line.indexOf("\t");
			const [mode, , id] = line.slice(0, tab).split(" ");
			if (tab === -1 || mode === undefined || id === undefined) throw new Error("git's tree listing is malformed");
			return { mode, id, path: line.slice(tab + 1) };
		});
}
