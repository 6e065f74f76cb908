// Pure. Small words of the pages: counts, evidence, states. Words about findings are made in report/.
import type { Attribution, ConflictState, Occurrence } from "#model/conflict-log";
import type { Level } from "#model/finding";
import { visible } from "#model/visible";

/** `1 commit`, `2 commits`, `1,204 commits`. */
export function count(amount: number, one: string, many = `${one}s`): string {
	return `${amount.toLocaleString("en")} ${amount === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
	if (items.length < 2) return items[0] ?? "";
	return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

export const levelWord: Record<Level, { one: string; many: string }> = {
	error: { one: "error", many: "errors" },
	warning: { one: "warning", many: "warnings" },
	note: { one: "note", many: "notes" },
};

export const stateWord: Record<ConflictState, string> = {
	open: "open",
	acknowledged: "acknowledged",
	paused: "teams paused",
	resolved: "resolved",
	overridden: "overridden",
	"false-positive": "false positive",
};

export const changeWord: Record<NonNullable<Occurrence["change"]>, string> = {
	A: "added",
	M: "modified",
	D: "deleted",
	T: "changed type",
};

/**
 * How we know who made a change, in words that claim no more than the evidence does. A trailer is text that
 * anyone can type: it is *claimed*, never signed.
 */
export function attributionWords(attribution: Attribution): { how: string; evidence: string | null } {
	const { by, evidence } = attribution;
	if (by === "trailer") return { how: "claimed by trailer", evidence };
	if (by === "branch") return { how: "derived from the branch", evidence };
	if (by === "merge") return { how: "derived from the merge that brought it in", evidence };
	if (by === "email") return { how: "derived from the author’s e-mail", evidence };
	return { how: "unattributed: no trailer, branch or e-mail names a team", evidence: null };
}

/** Evidence against the one that decided, in words: `its author’s e-mail`, `a trailer`. */
export const againstWord: Record<NonNullable<Attribution["against"]>[number]["by"], string> = {
	trailer: "a trailer",
	branch: "the branch",
	merge: "the merge that brought it in",
	email: "the author’s e-mail",
};

/** The histories that were read: `HEAD`, `main and release`; of many, how many. */
export function historyWords(refs: readonly { readonly name: string }[]): string {
	return refs.length > 3 ? `${refs.length} refs` : list(refs.map(({ name }) => visible(name)));
}

/** A resource in words: what kind of thing, and which. */
export function resourceWords(resource: string): { kind: string; name: string } {
	const at = resource.indexOf(":");
	const kind = resource.slice(0, at);
	const name = resource.slice(at + 1);
	const kinds: Record<string, string> = {
		path: "path",
		port: "port",
		config: "configuration key",
		api: "interface",
		proto: "protocol definition",
		dep: "dependency",
		identity: "identity",
		rule: "rule",
		status: "declared status",
	};
	return { kind: kinds[kind] ?? kind, name };
}

/** `2025-07-31 14:45 UTC`; a bare date stays a date. */
export function instantWords(iso: string): string {
	if (!iso.includes("T")) return iso;
	const [date, time] = new Date(iso).toISOString().split("T");
	return `${date} ${time?.slice(0, 5)} UTC`;
}

/** `8f3a2c1d9e`: long enough to find the commit, short enough to read. */
export function shortId(oid: string): string {
	return oid.slice(0, 9);
}
