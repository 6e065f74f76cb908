// Pure. A CODEOWNERS file as its host reads it: lines, and the owners of a path by the last line that matches.
// Sources: docs.github.com, "About code owners"; docs.gitlab.com, "Code Owners syntax".

import { pathPattern } from "#model/field";
import type { RawPath } from "#model/history";
import { compilePattern, matchesFile } from "#rules/pattern";

/** Where hosts look, first found first: GitHub's places, then GitLab's. */
export const CODEOWNERS_PLACES = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"] as const;

export interface OwnerLine {
	/** From 1. */
	readonly line: number;
	/** As written. */
	readonly text: string;
	/** With gitignore's meaning. */
	readonly pattern: string;
	/** The host takes only what lies directly in the folder, where gitignore takes all below. */
	readonly isShallow: boolean;
	/** Sorted, each once; empty: it clears what lines above gave. */
	readonly owners: readonly string[];
	/** Sections are judged apart, and all their owners hold. Empty: before any. */
	readonly section: string;
}

export interface OwnersFile {
	readonly lines: readonly OwnerLine[];
	/** Lines that the host skips, or that have no counterpart here, with the reason. */
	readonly skipped: readonly { readonly line: number; readonly text: string; readonly reason: string }[];
}

const OWNER =
	/^(@@?[A-Za-z0-9][A-Za-z0-9_.-]*(\/[A-Za-z0-9][A-Za-z0-9_./-]*)?|[^\s@#]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)$/;
const SECTION = /^\^?\[([^\]]+)\](?:\[\d+\])?\s*(.*)$/;

/** Reads a file. `host` decides what differs: sections, and whether a slash within a pattern ties it to the top. */
export function parseOwners(text: string, host: "github" | "gitlab"): OwnersFile {
	const lines: OwnerLine[] = [];
	const skipped: { line: number; text: string; reason: string }[] = [];
	let section = "";
	let defaults: readonly string[] = [];
	for (const [index, whole] of text.split(/\r?\n/).entries()) {
		const line = index + 1;
		const written = whole.replace(/(^|\s)#.*$/, "").trim();
		if (written === "") continue;
		const skip = (reason: string) => skipped.push({ line, text: written, reason });
		const head = host === "gitlab" ? SECTION.exec(written) : null;
		if (head !== null) {
			section = (head[1] as string).toLowerCase();
			defaults = ownersOf((head[2] as string).split(/\s+/).filter((word) => word !== ""));
			continue;
		}
		const [typed = "", ...words] = written.split(/(?<!\\)\s+/);
		const wrong = words.find((word) => !OWNER.test(word));
		if (wrong !== undefined) {
			skip(`${wrong} is no owner, so the host skips the line`);
			continue;
		}
		const read = readPattern(typed, host);
		if ("reason" in read) skip(read.reason);
		else lines.push({ line, text: written, ...read, owners: words.length > 0 ? ownersOf(words) : defaults, section });
	}
	return { lines, skipped };
}

function ownersOf(words: readonly string[]): readonly string[] {
	return [...new Set(words)].sort();
}

function readPattern(
	typed: string,
	host: "github" | "gitlab",
): { pattern: string; isShallow: boolean } | { reason: string } {
	if (typed.startsWith("!")) return { reason: "it takes paths out again, which has no counterpart here" };
	if (/[[\]]/.test(typed)) return { reason: "it holds brackets, which the host does not read as a class" };
	const plain = typed.replaceAll("\\ ", " ");
	const isAnchored = plain.startsWith("/") || (host === "github" && plain.slice(0, -1).includes("/"));
	// GitLab takes a path without its first slash at any depth.
	const placed = isAnchored || !plain.slice(0, -1).includes("/") ? plain : `**/${plain}`;
	const pattern = placed.replace(/ +$/, (spaces) => spaces.replaceAll(" ", "\\ "));
	if (!pathPattern.safeParse(pattern).success) return { reason: "it matches nothing that can be written here" };
	return { pattern, isShallow: /\/\*$/.test(pattern) };
}

/** Which of the lines takes a path, whatever comes later. */
export function compileLine({
	pattern,
	isShallow,
}: Pick<OwnerLine, "pattern" | "isShallow">): (path: RawPath) => boolean {
	const compiled = compilePattern(pattern);
	if (!isShallow) return (path) => matchesFile(compiled, path);
	const folders = compilePattern(`${pattern}/`);
	return (path) => matchesFile(compiled, path) && !matchesFile(folders, path);
}

/** The line that decides about a path, of each section that has one. */
export function compileOwners(lines: readonly OwnerLine[]): (path: RawPath) => readonly OwnerLine[] {
	const sections = Map.groupBy(
		lines.map((line) => ({ line, takes: compileLine(line) })),
		({ line }) => line.section,
	);
	const orders = [...sections.values()].map((order) => order.toReversed());
	return (path) => orders.flatMap((order) => order.find(({ takes }) => takes(path))?.line ?? []);
}
