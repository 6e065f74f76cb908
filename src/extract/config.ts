// Pure. Configuration in JSON, YAML and TOML: its keys with their lines, or the place where it does not parse.
import type { ConfigFile } from "#model/tree-facts";
import { type Parsed, parseJson } from "./config-json.ts";
import { configKind } from "./config-kind.ts";
import { findMergeMarker, isKeptElsewhere } from "./config-template.ts";
import { parseToml } from "./config-toml.ts";
import { keysOf } from "./config-tree.ts";
import { parseYaml } from "./config-yaml.ts";
import type { Extractor } from "./extractor.ts";

const FORMATS = {
	json: (text) => parseJson(text, false),
	jsonc: (text) => parseJson(text, true),
	yaml: parseYaml,
	toml: parseToml,
} satisfies Record<string, (text: string) => Parsed>;

/** What the format of a kind is called. */
const NAMES: Readonly<Record<string, ConfigFile["format"]>> = {
	json: "JSON",
	jsonc: "JSON",
	yaml: "YAML",
	toml: "TOML",
};

export const configExtractor: Extractor<ConfigFile> = {
	kindOf: configKind,
	extract(text, kind) {
		const format = NAMES[kind] ?? "JSON";
		const nothing = { format, keys: [], isRead: false, isCut: false, fault: null };
		if (isKeptElsewhere(text)) return nothing;
		if (text.trim() === "") return { ...nothing, isRead: true };
		const { tops, fault } = FORMATS[kind as keyof typeof FORMATS](text);
		if (tops !== null) return { format, ...keysOf(tops), isRead: true, fault };
		const marker = fault === null ? null : findMergeMarker(text);
		return { ...nothing, fault: marker === null ? fault : { line: marker, reason: "a conflict marker that git left" } };
	},
};
