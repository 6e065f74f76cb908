// Pure. `config-foreign-key`: a section of a configuration file that no namespace is for, or that is another team's.
import type { RawPath } from "#model/history";
import type { ConfigFile, ConfigKey } from "#model/tree-facts";
import type { Verdict } from "#rules/ruleset";
import { type Finding, pathResource, treeOccurrence } from "../finding.ts";
import {
	compileNamespaces,
	configResource,
	type NamedFile,
	type Namespaces,
	type OwnedKey,
	ownerOfKey,
} from "../namespaces.ts";
import type { TreeDetector } from "./tree.ts";

/** Keys outside every namespace that are told one by one; a file with more of them is told of as a whole. */
const MAX_OUTSIDE = 40;

/**
 * Reads: `facts.config` of the files that namespaces name, the rules that hold for them. In a file that several teams share
 * each team's section is right where it stands.
 */
export const detectConfigForeignKey: TreeDetector = (seen) => {
	const namespaces = compileNamespaces(seen.catalog.namespaces);
	return [...seen.facts.config].flatMap(([path, config]) => {
		const named = config.keys.length === 0 ? null : namespaces.naming(path);
		if (named === null) return [];
		const verdict = seen.ruleset.judge(path, seen.headAt);
		return [...findForeign(path, config, named, verdict), ...findOutside({ path, config, named, verdict, namespaces })];
	});
};

/** Sections of other teams in a file that one team has alone. */
function findForeign(path: RawPath, { keys }: ConfigFile, named: NamedFile, verdict: Verdict): Finding[] {
	if (verdict.kind !== "owned") return [];
	return keys
		.flatMap((key) => {
			const owned = ownerOfKey(named, [key.key]);
			return owned === null ? [] : foreignIn(key, owned, verdict.owner);
		})
		.map(({ key, owned }) => ({
			code: "config-foreign-key",
			level: "error",
			resource: configResource(owned.path),
			actor: null,
			owner: owned.owner,
			teams: [owned.owner, verdict.owner].sort(),
			rule: verdict.rule,
			occurrence: treeOccurrence(path, key.line),
			detail: { place: "foreign", fileOwner: verdict.owner },
			anchor: null,
		}));
}

interface Foreign {
	readonly key: ConfigKey;
	readonly owned: OwnedKey;
}

/** The highest keys at and below `key` that hold something of a team other than `fileOwner`. */
function foreignIn(key: ConfigKey, owned: OwnedKey, fileOwner: string): Foreign[] {
	const below = key.children.map((child) => ({
		child,
		node: owned.node.children.find((one) => one.key === child.key),
	}));
	const isForeign = owned.owner !== fileOwner;
	// A section that only holds what content gives to other teams is there for their sake.
	const isOwn = below.length === 0 || below.some(({ node }) => node === undefined || node.owner === owned.owner);
	const nested = below.flatMap(({ child, node }) =>
		node === undefined || (isForeign && isOwn && node.owner === owned.owner)
			? []
			: foreignIn(child, { path: [...owned.path, child.key], owner: node.owner, node }, fileOwner),
	);
	return isForeign && isOwn ? [{ key, owned }, ...nested] : nested;
}

interface OutsideSeen {
	readonly path: RawPath;
	readonly config: ConfigFile;
	readonly named: NamedFile;
	readonly verdict: Verdict;
	readonly namespaces: Namespaces;
}

/** Keys at the top that no namespace naming the file is for. */
function findOutside({ path, config, named, verdict, namespaces }: OutsideSeen): Finding[] {
	const outside = config.keys.filter(
		({ key }) => !named.byKey.has(key) && !isNoSection(key) && !isAnywhere(namespaces, key),
	);
	const [first] = outside;
	if (first === undefined || isToolsOwn(path, named)) return [];
	const owner = verdict.kind === "owned" ? verdict.owner : null;
	const common = {
		code: "config-foreign-key",
		actor: null,
		owner,
		rule: verdict.kind === "owned" || verdict.kind === "shared" ? verdict.rule : null,
		anchor: null,
	} as const;
	const ofFile = (level: "warning" | "note", place: string): Finding[] => [
		{
			...common,
			level,
			resource: pathResource(path),
			occurrence: treeOccurrence(path, first.line),
			detail: { place, keys: outside.length },
		},
	];
	const isDivided = config.keys.some(({ key }) => named.byKey.has(key));
	// A wildcard took it: that it is meant to be divided at all is a guess, and in a file of a team's own none of ours.
	if (!isDivided && !named.isLiteral) return owner === null && !hasSchema(config) ? ofFile("note", "undivided") : [];
	if (owner !== null) return ofFile("note", "own");
	if (outside.length > MAX_OUTSIDE) return ofFile("warning", "many");
	return outside.map(({ key, line }) => ({
		...common,
		level: "warning",
		resource: configResource([key]),
		occurrence: treeOccurrence(path, line),
		detail: { place: "outside", elsewhere: namespaces.withKey(key)?.owner ?? null },
	}));
}

/** Whether a file names the schema of its format, which is a tool's. */
function hasSchema({ keys }: ConfigFile): boolean {
	return keys.some(({ key }) => key === "$schema");
}

/** What formats have beside sections: a schema, a comment, a merge, what other parts of the file are made from. */
function isNoSection(key: string): boolean {
	return /^(\$|\/\/|_?comment|<<$|x-|\.)/i.test(key);
}

/** A namespace without `files` may stand in any of them. */
function isAnywhere(namespaces: Namespaces, key: string): boolean {
	return namespaces.withKey(key)?.files.length === 0;
}

/** Files whose sections a tool has named, so that no team can. */
const TOOLS_OWN =
	/^(package(-lock)?|composer|[jt]sconfig(\..*)?|.*\.tsconfig|babel\.config|biome|deno|turbo|nx|lerna|angular|renovate|vercel|firebase|_config|mkdocs|codecov|dependabot|(docker-)?compose(\..*)?|docker-stack|chart|kustomization|skaffold|pyproject|cargo|netlify|pnpm-workspace|pnpm-lock)\.(json|ya?ml|toml)$/;

function isToolsOwn(path: RawPath, { isLiteral }: NamedFile): boolean {
	const folders = path.split("/");
	const name = (folders.pop() ?? "").toLowerCase();
	// What is hidden is a tool's, unless content means that very file: `.changeset/config.json`, `.prettierrc.yaml`.
	return TOOLS_OWN.test(name) || (!isLiteral && [...folders, name].some((one) => one.startsWith(".")));
}
