// Pure. Which files are manifests of packages; apart from the parsers, which take time to load.
import type { RawPath } from "#model/history";
import { nameOf } from "./extractor.ts";

/** By the names that the tools look for; lists of requirements carry their group in the name (`requirements-dev.txt`). */
export function manifestKind(path: RawPath): string | null {
	const name = nameOf(path);
	if (name === "pyproject.toml") return "pyproject";
	if (name === "setup.py" || name === "setup.cfg" || name === "package.json") return name;
	const list =
		/^requirements(?:[-_.](.+))?\.(?:txt|in)$/.exec(name) ?? /(?:^|\/)requirements\/(.+)\.(?:txt|in)$/.exec(path);
	return list === null ? null : `requirements ${groupOf(list[1])}`;
}

function groupOf(name: string | undefined): string {
	return name === undefined || RUNTIME.has(name) ? "runtime" : name;
}

/** What people call the list of what is needed to run. */
const RUNTIME = new Set(["base", "main", "prod", "production", "requirements"]);
