// Pure. Lists the files of the tree with the verdicts of the rules, each verdict once.
import { base64 } from "@scure/base";
import { ruledPath, showPath, type TreeEntry } from "#model/history";
import type { TreeIndex, TreeVerdict } from "#model/tree-index";
import type { Verdict } from "#rules/ruleset";

/** The index of a tree, given the verdict on each entry in the same order; null: the tree was not read. */
export function indexTree(
	{ head, headAt }: Pick<TreeIndex, "head" | "headAt">,
	tree: readonly TreeEntry[] | null,
	verdicts: readonly Verdict[],
): TreeIndex {
	const places = new Map<string, number>();
	const listed: TreeVerdict[] = [];
	const place = (verdict: Verdict): number => {
		const said = sayVerdict(verdict);
		const key = JSON.stringify(said);
		const known = places.get(key) ?? listed.push(said) - 1;
		places.set(key, known);
		return known;
	};
	const entries = (tree ?? [])
		.map((entry, index) => ({ entry, verdict: verdicts[index] as Verdict }))
		.sort((a, b) => (a.entry.path < b.entry.path ? -1 : 1));
	const shown = entries.map(({ entry }) => showPath(entry.path));
	const submodules = entries.flatMap(({ entry }, at) => (ruledPath(entry.path, entry.mode) === entry.path ? [] : [at]));
	const pathBytes = shown.flatMap(({ bytes }, at) => (bytes === null ? [] : [[at, base64.encode(bytes)] as const]));
	return {
		version: 1,
		head,
		headAt,
		isRead: tree !== null,
		verdicts: listed,
		files: entries.map(({ verdict }, at) => [(shown[at] as { text: string }).text, place(verdict)]),
		...(submodules.length === 0 ? {} : { submodules }),
		...(pathBytes.length === 0 ? {} : { pathBytes: Object.fromEntries(pathBytes) }),
	};
}

/** A clash ends the audit before anything is written, so that none is ever listed. */
function sayVerdict(verdict: Verdict): TreeVerdict {
	if (verdict.kind !== "owned" && verdict.kind !== "shared") return { kind: "unmatched", owner: null, rule: null };
	const { file, line, pattern } = verdict.rule;
	return {
		kind: verdict.kind,
		owner: verdict.kind === "owned" ? verdict.owner : null,
		rule: { file, line, pattern },
	};
}
