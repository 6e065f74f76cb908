// Pure. A path pattern as a CODEOWNERS line can say it, and what is sure or possible between two such patterns.
import { visible } from "#model/visible";

/**
 * GitHub's meaning, where it differs from gitignore: no `[…]`, no `!`, no escapes but of spaces; a last segment `*` takes
 * direct children only; and `#` begins a comment. Source: docs.github.com, "About code owners".
 */
export interface HostPattern {
	/** As written in CODEOWNERS, spaces not yet escaped. */
	readonly text: string;
	/** Without a slash but at the end: a name at any depth. */
	readonly isName: boolean;
	readonly isFolderOnly: boolean;
	/** What an anchored pattern begins with before its first wildcard, without the leading slash; empty for names. */
	readonly prefix: string;
	readonly isLiteral: boolean;
}

/** The host's pattern of the same meaning, or the reason why there is none. */
export function toHostPattern(source: string): HostPattern | { readonly reason: string } {
	const trimmed = source.replace(/(?<!\\) +$/, "");
	if (visible(trimmed) !== trimmed) return { reason: "a character that does not show" };
	if (trimmed.includes("[") || trimmed.includes("]")) return { reason: "a character class or bracket" };
	const plain = trimmed.replace(/\\([^*?#!\\])/g, "$1");
	if (plain.includes("\\")) return { reason: "a character that only a backslash makes literal" };
	if (plain.includes("#")) return { reason: "a `#`, which begins a comment there" };
	if (plain.startsWith("!")) return { reason: "a `!` at the beginning" };
	if (plain.split("/").some((segment) => segment.includes("**") && !/^\*+$/.test(segment))) {
		return { reason: "two stars beside other characters" };
	}
	const isFolderOnly = plain.endsWith("/");
	const body = (isFolderOnly ? plain.slice(0, -1) : plain).replace(/(^|\/)\*{3,}(?=\/|$)/g, "$1**");
	if (body === "**") return { reason: "two stars alone" };
	const isName = !body.includes("/");
	// gitignore lets a matched folder take all below it: for a last `*` the host wants `**` for that.
	const deep = !isName && !isFolderOnly ? body.replace(/\/\*$/, "/**") : body;
	const anchored = isName || deep.startsWith("/") ? deep : `/${deep}`;
	const prefix = isName ? "" : (/^\/([^*?]*)/.exec(anchored)?.[1] ?? "");
	return {
		text: anchored + (isFolderOnly ? "/" : ""),
		isName,
		isFolderOnly,
		prefix,
		isLiteral: !/[*?]/.test(anchored),
	};
}

/** Whether a path may match both. Says yes where it is not sure. */
export function mayOverlap(a: HostPattern, b: HostPattern): boolean {
	return a.isName || b.isName || a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix);
}

/** Whether every path of `inner` surely matches `outer`. Says no where it is not sure. */
export function isWithin(inner: HostPattern, outer: HostPattern): boolean {
	if (inner.text === outer.text) return true;
	if (!outer.isLiteral || outer.isName || inner.isName) return false;
	return (
		inner.prefix.startsWith(`${outer.prefix}/`) || (inner.prefix === outer.prefix && inner.text === `${outer.text}/`)
	);
}

/**
 * The paths of an exception inside the rule it is an exception of, as patterns that together say it; none when it takes
 * nothing of the rule; null when this cannot be said. Sure where one of both is a literal folder or path, or both are
 * literal names: the common cases.
 */
export function exceptionWithin(exception: HostPattern, rule: HostPattern): HostPattern[] | null {
	if (isLiteralPath(rule)) {
		// A name may take the rule's own folder, or one above: then it leaves nothing of the rule.
		if (exception.isName) return takesFolder(exception, rule) ? null : [below(rule, exception)];
		if (isWithin(exception, rule)) return [exception];
		return mayOverlap(exception, rule) ? null : [];
	}
	if (!rule.isName) return null;
	// All below a folder whose own path holds the name belongs to the rule; elsewhere only what has the name below it.
	if (isLiteralPath(exception)) return [takesFolder(rule, exception) ? exception : below(exception, rule)];
	if (!exception.isName || !exception.isLiteral || !rule.isLiteral || bare(exception) === bare(rule)) return null;
	return [anywhereBelow(exception, rule), anywhereBelow(rule, exception)];
}

function bare({ text }: HostPattern): string {
	return text.replace(/\/$/, "");
}

function anywhereBelow(folder: HostPattern, name: HostPattern): HostPattern {
	return { ...name, text: `/**/${bare(folder)}/**/${name.text}`, isName: false, prefix: "", isLiteral: false };
}

function isLiteralPath({ isLiteral, isName }: HostPattern): boolean {
	return isLiteral && !isName;
}

function takesFolder(name: HostPattern, { prefix }: HostPattern): boolean {
	return prefix.split("/").some((segment) => matchesName(name, segment));
}

function below({ prefix }: HostPattern, name: HostPattern): HostPattern {
	return { ...name, text: `/${prefix}/**/${name.text}`, isName: false, prefix: `${prefix}/`, isLiteral: false };
}

function matchesName({ text }: HostPattern, name: string): boolean {
	const parts = text.replace(/\/$/, "").replace(/[.+^${}()|]/g, "\\$&");
	return new RegExp(`^${parts.replace(/\*+/g, ".*").replaceAll("?", ".")}$`, "su").test(name);
}

/** As it stands in a line: spaces are escaped. */
export function lineText({ text }: HostPattern): string {
	return text.replaceAll(" ", "\\ ");
}
