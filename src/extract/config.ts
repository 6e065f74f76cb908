// Pure. Configuration in JSON, YAML and TOML: its keys with their lines, or the place where it does not parse.
import type { RawPath } from "#model/history";
import type { ConfigFile } from "#model/tree-facts";
import { type Parsed, parseJson } from "./config-json.ts";
import { findMergeMarker, isKeptElsewhere } from "./config-template.ts";
import { parseToml } from "./config-toml.ts";
import { keysOf } from "./config-tree.ts";
import { parseYaml } from "./config-yaml.ts";
import { type Extractor, endingOf, nameOf } from "./extractor.ts";

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

/** Files ending in .json, .yaml, .yml and .toml. */
export const configExtractor: Extractor<ConfigFile> = {
	version: 4,
	kindOf(path) {
		if (isTemplatePath(path) || saysItIsBroken(path)) return null;
		const ending = endingOf(path);
		if (ending === "json") return isJsonWithComments(path) ? "jsonc" : "json";
		if (ending === "yaml" || ending === "yml") return "yaml";
		return ending === "toml" ? "toml" : null;
	},
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

/** Of a template for whole projects (cookiecutter, copier): names are put in for it. */
function isTemplatePath(path: RawPath): boolean {
	return path.includes("{{") || path.includes("{%");
}

const BROKEN = new Set(["invalid", "malformed", "broken", "corrupt", "corrupted", "unparsable", "unparseable", "bad"]);

/** The input of a test that is about broken files says so in its name, or in a folder's. */
function saysItIsBroken(path: RawPath): boolean {
	return path
		.toLowerCase()
		.split(/[^a-z]+/)
		.some((word) => BROKEN.has(word));
}

/** Tools that read comments and trailing commas in files named .json, by those names. */
const WITH_COMMENTS =
	/^([jt]sconfig(\.[^/]*)?|[^/]*\.tsconfig|devcontainer|\.?eslintrc(\.[^/]*)?|tslint|api-extractor(\.[^/]*)?|appsettings(\.[^/]*)?|launchsettings|babel\.config|\.?babelrc|\.swcrc|deno|turbo|angular|rush|biome|renovate|wrangler|language-configuration|proxy\.conf)\.json$/;

/** Folders of editors, all of whose .json files may have comments. */
const COMMENTED_FOLDERS = new Set([".vscode", ".devcontainer", ".zed", ".theia", ".fleet"]);

function isJsonWithComments(path: RawPath): boolean {
	const folders = path.split("/").slice(0, -1);
	return WITH_COMMENTS.test(nameOf(path).toLowerCase()) || folders.some((folder) => COMMENTED_FOLDERS.has(folder));
}
