// Pure. Turns a story into the input of `git fast-import`, which makes the same commit ids on every machine.
import type { Step } from "./cast.ts";

type Tree = Map<string, string>;

interface Branch {
	readonly mark: number;
	readonly tree: Tree;
	/** The tree it left main with. */
	readonly base: Tree;
	/** Paths changed since the branch left main. */
	readonly changed: Set<string>;
}

/** A branch other than main starts where main is when its first step comes; a merged branch may start again. */
export function importStream(story: readonly Step[]): string {
	const branches = new Map<string, Branch>();
	const records = story.map((step, index) => {
		const mark = index + 1;
		const known = branches.get(step.branch);
		const parent = known ?? branches.get("main") ?? null;
		const tree: Tree = new Map(parent?.tree);
		const changed = new Set(known?.changed);
		const merged = step.merges === undefined ? null : (branches.get(step.merges) as Branch);
		const touched = [...applyMerge(tree, merged), ...applyStep(tree, step)];
		for (const path of touched) changed.add(path);
		if (step.merges !== undefined) branches.delete(step.merges);
		branches.set(step.branch, { mark, tree, base: known?.base ?? new Map(parent?.tree), changed });
		return record(step, mark, parent?.mark ?? null, merged?.mark ?? null, touched, tree);
	});
	return `${records.join("")}done\n`;
}

function applyMerge(tree: Tree, merged: Branch | null): string[] {
	if (merged === null) return [];
	for (const path of merged.changed) {
		const ours = tree.get(path);
		const theirs = merged.tree.get(path) ?? null;
		const forked = merged.base.get(path);
		// Steps only append, so what the branch added goes behind what main has by now.
		const both = ours !== undefined && theirs !== null && forked !== undefined;
		put(tree, path, both ? ours + theirs.slice(forked.length) : theirs);
	}
	return [...merged.changed];
}

function applyStep(tree: Tree, { files = {}, moves = {} }: Step): string[] {
	for (const [from, to] of Object.entries(moves)) {
		put(tree, to, tree.get(from) ?? null);
		put(tree, from, null);
	}
	for (const [path, text] of Object.entries(files))
		put(tree, path, text === null ? null : (tree.get(path) ?? "") + text);
	return [...Object.entries(moves).flat(), ...Object.keys(files)];
}

function put(tree: Tree, path: string, text: string | null): void {
	if (text === null) tree.delete(path);
	else tree.set(path, text);
}

function record(
	step: Step,
	mark: number,
	from: number | null,
	merged: number | null,
	touched: readonly string[],
	tree: Tree,
): string {
	const who = `${step.by.name} <${step.by.email}> ${Date.parse(`${step.at}:00Z`) / 1000} +0000`;
	const changes = [...new Set(touched)].sort().map((path) => {
		const text = tree.get(path);
		const mode = path.endsWith(".sh") ? "100755" : "100644";
		return text === undefined ? `D ${path}\n` : `M ${mode} inline ${path}\n${data(text)}`;
	});
	return [
		`commit refs/heads/${step.branch}\nmark :${mark}\nauthor ${who}\ncommitter ${who}\n`,
		data(`${step.message}\n`),
		from === null ? "" : `from :${from}\n`,
		merged === null ? "" : `merge :${merged}\n`,
		...changes,
		"\n",
	].join("");
}

function data(text: string): string {
	return `data ${new TextEncoder().encode(text).length}\n${text}\n`;
}
