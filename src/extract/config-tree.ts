// Pure. A configuration as a tree, whatever its format, and the keys of it that are kept.
import { sha256 } from "@noble/hashes/sha2.js";
import { hex } from "@scure/base";
import type { ConfigKey } from "#model/tree-facts";
import { Unreadable } from "./extractor.ts";

/** A value: a mapping, a list, or the text of what is neither (with its tag, where it has one). */
export type ConfigValue = ConfigMapping | readonly ConfigValue[] | string;
export interface ConfigMapping {
	readonly entries: readonly ConfigEntry[];
	/** What YAML says its type is; empty: nothing. */
	readonly tag: string;
}
export interface ConfigEntry {
	readonly key: string;
	readonly line: number;
	readonly value: ConfigValue;
}

/** Values may lie so deep in one another; what people write does not come near. */
export const MAX_DEPTH = 100;

/** Keys that are kept of one file, and how deep they may lie: lock files and data have more, and nobody owns those. */
const MAX_KEYS = 256;
const MAX_KEY_DEPTH = 6;

/** Characters that are kept of a key. */
const MAX_KEY_LENGTH = 200;

/** To be called where a parser goes one level deeper: what is nested without measure is not read. */
export function checkDepth(depth: number, line: number): void {
	if (depth > MAX_DEPTH) throw new Unreadable(line, "it is nested too deeply");
}

/**
 * The keys of the mappings at the top of a file (YAML may have several), level by level until there are too many: what is
 * left out is still in the digest of what stands above it. A key that stands twice is kept twice.
 */
export function keysOf(tops: readonly ConfigValue[]): { keys: ConfigKey[]; isCut: boolean } {
	const root: Kept = { key: "", line: 0, value: "", children: [] };
	let level = tops.map((value) => ({ parent: root, value }));
	let count = 0;
	for (let depth = 0; ; depth++) {
		const entries = level.flatMap(({ parent, value }) => entriesOf(value).map((entry) => ({ parent, entry })));
		const isTooMany = count + entries.length > MAX_KEYS;
		if (entries.length === 0) return { keys: root.children, isCut: false };
		if (depth === MAX_KEY_DEPTH || (depth > 0 && isTooMany)) return { keys: root.children, isCut: true };
		const room = entries.slice(0, MAX_KEYS);
		count += room.length;
		level = room.map(({ parent, entry }) => {
			const kept = keep(entry);
			parent.children.push(kept);
			return { parent: kept, value: entry.value };
		});
		if (isTooMany) return { keys: root.children, isCut: true };
	}
}

interface Kept extends ConfigKey {
	readonly children: Kept[];
}

function keep({ key, line, value }: ConfigEntry): Kept {
	return { key: key.slice(0, MAX_KEY_LENGTH), line, value: digestValue(value), children: [] };
}

function entriesOf(value: ConfigValue): readonly ConfigEntry[] {
	return isMapping(value) ? value.entries : [];
}

function isMapping(value: ConfigValue): value is ConfigMapping {
	return typeof value === "object" && "entries" in value && !Array.isArray(value);
}

/** Twelve hexadecimal digits; empty for an empty mapping and for null, which say nothing. */
function digestValue(value: ConfigValue): string {
	if (value === "null" || (isMapping(value) && value.entries.length === 0)) return "";
	return hex.encode(sha256(new TextEncoder().encode(writeValue(value))).subarray(0, 6));
}

/** The value in one way of writing it: the order of keys and the layout have no say. */
function writeValue(value: ConfigValue): string {
	if (typeof value === "string") return value;
	if (!isMapping(value)) return `[${value.map(writeValue).join(",")}]`;
	const entries = value.entries.map((entry) => `${JSON.stringify(entry.key)}:${writeValue(entry.value)}`);
	return `${value.tag}{${entries.sort().join(",")}}`;
}

/** A plain value as text, so that no two different ones are written alike. */
export function writeScalar(value: unknown, source: string): string {
	if (value === null || value === undefined) return "null";
	if (typeof value === "number")
		return Number.isInteger(value) && !Number.isSafeInteger(value) ? source : String(value);
	if (typeof value === "bigint" || typeof value === "boolean") return String(value);
	return JSON.stringify(typeof value === "string" ? value : source);
}
