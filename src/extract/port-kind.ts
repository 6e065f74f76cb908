// Pure. Which files may say something of ports, and in which language; apart from the parsers, which take time to load.
import type { RawPath } from "#model/history";
import { endingOf, nameOf } from "./extractor.ts";

const KINDS: Readonly<Record<string, string>> = {
	py: "python",
	sh: "shell",
	bash: "shell",
	yaml: "yaml",
	yml: "yaml",
	json: "json",
	toml: "toml",
	md: "prose",
	mdx: "prose",
	rst: "prose",
};

/** The language of a file that may bind or name ports; null for others. */
export function portKind(path: RawPath): string | null {
	const name = nameOf(path);
	if (ASIDE.test(path)) return null;
	if (name === "package.json") return "npm";
	if (LOCKS.test(name)) return null;
	if (/^(?:dockerfile|containerfile)(?:\.|$)|\.dockerfile$/i.test(name)) return "docker";
	if (/^\.env(?:\.|$)/.test(name)) return "shell";
	const ending = endingOf(path);
	return Object.hasOwn(KINDS, ending) ? (KINDS[ending] ?? null) : null;
}

/**
 * Tests and examples are run one at a time and end; what editors and build machines are told is no start point either,
 * and what others wrote is theirs.
 */
const ASIDE = new RegExp(
	[
		String.raw`(?:^|/)(?:tests?|__tests__|testing|spec|fixtures|e2e|examples?|samples?|node_modules|vendor|third_?party|site-packages|\.?venv|\.github|\.vscode|\.idea|\.devcontainer)/`,
		String.raw`(?:^|/)(?:test_[^/]*|[^/]*_test|conftest)\.(?:py|sh)$`,
	].join("|"),
);

const LOCKS = /^(?:package-lock\.json|pnpm-lock\.yaml|composer\.lock|tsconfig.*\.json)$/;
