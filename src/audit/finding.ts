// Pure. One occurrence of something a detector saw, before findings of one identity join into a conflict.
import { base64 } from "@scure/base";
import type { Detail } from "#model/conflict-facts";
import type { Attribution, Occurrence } from "#model/conflict-log";
import type { FindingCode, Level } from "#model/finding";
import { type Change, type Commit, instantOf, type RawPath, showPath } from "#model/history";
import type { Rule } from "#model/ownership";

/** What survives rebase, cherry-pick and re-clone: it names the first occurrence of a conflict. */
export interface Anchor {
	readonly email: string;
	/** Author date as git holds it. */
	readonly authorDate: string;
	readonly subject: string;
}

export interface Finding {
	readonly code: FindingCode;
	readonly level: Level;
	readonly resource: string;
	readonly actor: string | null;
	readonly owner: string | null;
	/** Teams concerned, sorted; where they are not just actor and owner. */
	readonly teams?: readonly string[];
	readonly rule: Rule | null;
	readonly occurrence: Occurrence;
	/** What was seen there, where the place alone does not say it. */
	readonly detail?: Detail;
	/** Null for findings of the tree. */
	readonly anchor: Anchor | null;
}

/** The resource that a path is. */
export function pathResource(path: RawPath): string {
	return `path:${showPath(path).text}`;
}

/** The resource that an author's identity is. */
export function identityResource(commit: Pick<Commit, "author">): string {
	return `identity:${commit.author.email}`;
}

type CommitWords = Pick<Occurrence, "commit" | "subject" | "author" | "authoredAt">;

/** Of the commit asked for last: its changes come one after another, and its texts are made from bytes each time. */
let last: { readonly commit: Commit; readonly words: CommitWords; readonly anchor: Anchor } | null = null;

function tell(commit: Commit): NonNullable<typeof last> {
	if (last?.commit === commit) return last;
	const { id, subject, author, authorDate } = commit;
	last = {
		commit,
		words: { commit: id, subject, author, authoredAt: instantOf(authorDate) },
		anchor: { email: author.email, authorDate, subject },
	};
	return last;
}

function wordsOf(commit: Commit): CommitWords {
	return tell(commit).words;
}

/** The occurrence of a commit as a whole. */
export function commitOccurrence(commit: Commit, attribution: Attribution): Occurrence {
	return {
		...wordsOf(commit),
		change: null,
		path: null,
		previousPath: null,
		attribution,
		location: { line: 0 },
	};
}

/** The occurrence of one change of one commit. */
export function changeOccurrence(commit: Commit, change: Change, attribution: Attribution): Occurrence {
	return {
		...wordsOf(commit),
		change: change.kind,
		...shownPath(change.path),
		previousPath: previousPath(commit, change),
		attribution,
		location: { line: 0 },
	};
}

export function anchorOf(commit: Commit): Anchor {
	return tell(commit).anchor;
}

/** The occurrence of something in the tree: a path, and a line of it where one is meant. */
export function treeOccurrence(path: RawPath, line: number): Occurrence {
	return {
		commit: null,
		subject: null,
		author: null,
		authoredAt: null,
		change: null,
		...shownPath(path),
		previousPath: null,
		attribution: null,
		location: { line },
	};
}

function shownPath(raw: RawPath): { path: string; pathBytes?: string } {
	const { text, bytes } = showPath(raw);
	return bytes === null ? { path: text } : { path: text, pathBytes: base64.encode(bytes) };
}

/** For an added path: a path deleted in the same commit with the same content, the same name first. */
function previousPath(commit: Commit, change: Change): string | null {
	if (change.kind !== "A") return null;
	const sources = deletedIn(commit).get(change.newId) ?? [];
	const name = (path: RawPath) => path.slice(path.lastIndexOf("/") + 1);
	const source = sources.find((path) => name(path) === name(change.path)) ?? sources[0];
	return source === undefined ? null : showPath(source).text;
}

const deleted = new WeakMap<Commit, ReadonlyMap<string, readonly RawPath[]>>();

/** Deleted paths by content, made once a commit: a commit may move 100,000 files. */
function deletedIn(commit: Commit): ReadonlyMap<string, readonly RawPath[]> {
	const known = deleted.get(commit);
	if (known !== undefined) return known;
	const found = new Map<string, RawPath[]>();
	for (const { kind, oldId, path } of commit.changes) {
		if (kind !== "D") continue;
		const same = found.get(oldId);
		if (same === undefined) found.set(oldId, [path]);
		else if (same.length < MAX_SAME) same.push(path);
	}
	deleted.set(commit, found);
	return found;
}

/** Deleted files of one content that are looked at for the same name; empty files come in thousands. */
const MAX_SAME = 50;
