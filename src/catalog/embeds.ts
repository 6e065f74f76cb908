// Pure. References from the guide's pages to teams and contracts, which would otherwise fail only when the page is built.

import { suggest } from "#model/nearest";
import type { Problem } from "#model/problem";
import type { SourceFile } from "./entry.ts";
import type { ParsedContent } from "./parse.ts";

/** Embeds with an id of the content, the attribute that holds it, and what it names. */
const EMBEDS = [
	{ name: "OwnershipTable", attribute: "team", kind: "teams", word: "team", known: "Teams" },
	{ name: "TeamSummary", attribute: "team", kind: "teams", word: "team", known: "Teams" },
	{ name: "TeamStatus", attribute: "team", kind: "teams", word: "team", known: "Teams" },
	{ name: "DeclaredDetails", attribute: "team", kind: "teams", word: "team", known: "Teams" },
	{ name: "Contract", attribute: "id", kind: "contracts", word: "contract", known: "Contracts" },
] as const;

/**
 * One problem for every embed that names a team or contract without a file, or a node that the content, where it lists
 * any, does not list.
 */
export function checkEmbeds(parsed: ParsedContent): Problem[] {
	const { texts, ids } = parsed;
	return texts.flatMap((file) => [
		...checkNodes(file, listedNodes(parsed)),
		...EMBEDS.flatMap(({ name, attribute, kind, word, known }) => {
			const there = ids[kind].map(({ id }) => id);
			return attributesOf(file, name, attribute).flatMap(({ value, line, column }) => {
				if (there.includes(value)) return [];
				const hint = there.length === 0 ? null : suggest(value, there, known);
				return [{ file: file.path, line, column, field: `<${name}>`, message: `there is no ${word} "${value}"`, hint }];
			});
		}),
	]);
}

/** Ids of the nodes the content lists; null: none, or some behind a DNS name, so that only a gateway knows them all. */
function listedNodes({ content }: ParsedContent): string[] | null {
	const nodes = content.project.flatMap(({ value }) => value.cluster.nodes);
	const ids = nodes.flatMap((node) => ("id" in node ? [node.id] : []));
	return ids.length > 0 && ids.length === nodes.length ? ids : null;
}

function checkNodes(file: SourceFile, listed: readonly string[] | null): Problem[] {
	if (listed === null) return [];
	const unlisted = attributesOf(file, "NodeStatus", "id").filter(({ value }) => !listed.includes(value));
	return unlisted.map(({ value, line, column }) => ({
		file: file.path,
		line,
		column,
		field: "<NodeStatus>",
		message: `cluster.nodes of project.yaml lists no node "${value}"`,
		hint: suggest(value, listed, "Nodes"),
	}));
}

interface AttributeValue {
	readonly value: string;
	readonly line: number;
	/** Of the value's first character. */
	readonly column: number;
}

/** Values of `attribute` in tags called `name`; text inside code fences is no tag. */
function attributesOf(file: SourceFile, name: string, attribute: string): AttributeValue[] {
	const tag = new RegExp(`<${name}\\s(?:[^>]*?\\s)?${attribute}=(["'])(.*?)\\1`, "g");
	let isCode = false;
	return file.text.split("\n").flatMap((text, index) => {
		if (/^\s*(```|~~~)/.test(text)) isCode = !isCode;
		if (isCode) return [];
		return [...text.matchAll(tag)].map((match) => {
			const value = match[2]!;
			return { value, line: index + 1, column: match.index + match[0].length - value.length };
		});
	});
}
