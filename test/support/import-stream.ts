// Pure. A history as a list of steps, turned into what `git fast-import` reads: fixed dates and names, the same ids anywhere.

export interface Entry {
	/** `100644`, `100755`, `120000` (symlink to `text`) or `160000` (submodule at commit `text`). */
	readonly mode: string;
	readonly text: string;
	/** The text is bytes, one a character. */
	readonly isRaw?: boolean;
}

/** One commit. What is not said is taken from the step before: nothing but `say` is needed. */
export interface Step {
	/** Branch the commit is made on; default main. */
	readonly on?: string;
	/** Where a branch that is not there yet starts: a branch or a step's number from 0. Null: a root. Default main. */
	readonly from?: string | number | null;
	/**
	 * Author and committer date: `2025-07-01T09:00` or with seconds (UTC), or git's own `seconds zone`, also one git
	 * would never write. Default: an hour after the step before.
	 */
	readonly at?: string;
	/** `Name <e-mail>`, or an e-mail alone; written as it is, so that it may hold any byte. */
	readonly by?: string;
	/** The whole message. `${step N}` stands for the id of an earlier step, `${short N}` for its first ten digits. */
	readonly say: string;
	/** The message is bytes, one a character. */
	readonly rawSay?: boolean;
	/** The encoding header, e.g. `ISO-8859-1`. With it, `by` is bytes too when `rawSay` is set. */
	readonly encoding?: string;
	/** Path → content; null deletes. Paths are text, or bytes (one a character) where `rawPaths` is set. */
	readonly write?: Readonly<Record<string, string | Entry | null>>;
	readonly rawPaths?: boolean;
	/** From → to, content unchanged. */
	readonly move?: Readonly<Record<string, string>>;
	/** Branches (or step numbers) merged: a path changed on one side is taken from there; for one changed on both say it in `write`. */
	readonly merge?: string | number | readonly (string | number)[];
}

interface Made {
	readonly index: number;
	readonly parents: readonly Made[];
	readonly tree: ReadonlyMap<string, Entry>;
	readonly ancestors: ReadonlySet<Made>;
}

/** Steps as the input of git-fast-import(1), bytes one a character; commit N has the mark N + 1. */
export function importStream(steps: readonly Step[]): string {
	const branches = new Map<string, Made>();
	const made: Made[] = [];
	const find = (name: string | number): Made => {
		const found = typeof name === "number" ? made[name] : branches.get(name);
		if (found === undefined) throw new Error(`no step or branch ${name} yet`);
		return found;
	};
	let seconds = Date.UTC(2025, 6, 1, 9) / 1000;
	const records = steps.map((step, index) => {
		const on = step.on ?? "main";
		const start = branches.get(on) ?? startOf(step.from, branches, find);
		const merged = [step.merge ?? []].flat().map(find);
		const parents = start === null ? merged : [start, ...merged];
		let tree = new Map(start?.tree);
		for (const other of merged) tree = mergeTrees(tree, other.tree, baseOf(start, other));
		apply(tree, step);
		const date = step.at === undefined ? `${seconds + 3600} +0000` : gitDate(step.at);
		seconds = Number.parseInt(date, 10);
		const commit = { index, parents, tree, ancestors: new Set(parents.flatMap((one) => [one, ...one.ancestors])) };
		made.push(commit);
		branches.set(on, commit);
		return record(step, on, date, commit);
	});
	return records.join("");
}

function startOf(from: Step["from"], branches: ReadonlyMap<string, Made>, find: (name: string | number) => Made) {
	if (from === null) return null;
	return from === undefined ? (branches.get("main") ?? null) : find(from);
}

/** The newest commit both sides have. */
function baseOf(ours: Made | null, theirs: Made): ReadonlyMap<string, Entry> {
	if (ours === null) return new Map();
	const left = new Set([ours, ...ours.ancestors]);
	const common = [theirs, ...theirs.ancestors].filter((one) => left.has(one));
	return common.sort((a, b) => b.index - a.index)[0]?.tree ?? new Map();
}

function mergeTrees(ours: Map<string, Entry>, theirs: ReadonlyMap<string, Entry>, base: ReadonlyMap<string, Entry>) {
	const same = (a?: Entry, b?: Entry) => a?.mode === b?.mode && a?.text === b?.text;
	const merged = new Map(ours);
	for (const path of new Set([...theirs.keys(), ...base.keys()])) {
		const entry = theirs.get(path);
		if (same(entry, base.get(path)) || !same(ours.get(path), base.get(path))) continue;
		if (entry === undefined) merged.delete(path);
		else merged.set(path, entry);
	}
	return merged;
}

function apply(tree: Map<string, Entry>, { write = {}, move = {}, rawPaths = false }: Step): void {
	const raw = (path: string) => (rawPaths ? path : bytes(path));
	for (const [from, to] of Object.entries(move)) {
		tree.set(raw(to), tree.get(raw(from)) as Entry);
		tree.delete(raw(from));
	}
	for (const [path, entry] of Object.entries(write)) {
		if (entry === null) tree.delete(raw(path));
		else tree.set(raw(path), typeof entry === "string" ? { mode: "100644", text: entry } : entry);
	}
}

function record(step: Step, branch: string, date: string, { index, parents, tree }: Made): string {
	const said = (text: string) => (step.rawSay === true ? text : bytes(text));
	const by = step.by ?? "Test <test@test.example>";
	const who = said(`${by.includes("<") ? by : `${by.split("@")[0]} <${by}>`} ${date}`);
	const [first, ...merged] = parents;
	// A root on a branch of its own: without the reset fast-import would go on from the branch's tip.
	return [
		first === undefined ? `reset refs/heads/${branch}\n` : "",
		`commit refs/heads/${branch}\nmark :${index + 1}\nauthor ${who}\ncommitter ${who}\n`,
		step.encoding === undefined ? "" : `encoding ${step.encoding}\n`,
		data(said(step.say)),
		first === undefined ? "" : `from :${first.index + 1}\n`,
		...merged.map((parent) => `merge :${parent.index + 1}\n`),
		"deleteall\n",
		...[...tree].map(([path, { mode, text, isRaw = false }]) =>
			mode === "160000"
				? `M 160000 ${text} ${quote(path)}\n`
				: `M ${mode} inline ${quote(path)}\n${data(isRaw ? text : bytes(text))}`,
		),
		"\n",
	].join("");
}

/** A date that fast-import takes; one it does not is put right by `rewrite.ts`. */
function gitDate(at: string): string {
	if (isBeyondImport(at)) return "0 +0000";
	return at.includes("T") ? `${Date.parse(at.length === 16 ? `${at}:00Z` : `${at}Z`) / 1000} +0000` : at;
}

/** Whether a date is one that fast-import refuses: before 1970. */
export function isBeyondImport(at: string): boolean {
	return at.startsWith("-");
}

/** UTF-8 bytes, one a character. */
function bytes(text: string): string {
	return Buffer.from(text, "utf8").toString("latin1");
}

function data(text: string): string {
	return `data ${text.length}\n${text}\n`;
}

function quote(path: string): string {
	const octal = (char: string) => `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`;
	// biome-ignore lint/suspicious/noControlCharactersInRegex: what fast-import wants escaped
	return `"${path.replace(/[\u0000-\u001f"\\\u007f-\u00ff]/g, octal)}"`;
}
