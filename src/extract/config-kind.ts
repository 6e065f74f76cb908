// Pure. Which files are configuration, and in which format; apart from the parsers, which take time to load.
import type { RawPath } from "#model/history";
import { endingOf, nameOf } from "./extractor.ts";

/** The format of files ending in .json (with comments: `jsonc`), .yaml, .yml and .toml; null for others. */
export function configKind(path: RawPath): "json" | "jsonc" | "yaml" | "toml" | null {
	if (isTemplatePath(path) || saysItIsBroken(path)) return null;
	const ending = endingOf(path);
	if (ending === "json") return isJsonWithComments(path) ? "jsonc" : "json";
	if (ending === "yaml" || ending === "yml") return "yaml";
	return ending === "toml" ? "toml" : null;
}

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
