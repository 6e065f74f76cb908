// Pure. Manifests: which dependencies a package asks for, on which interpreter it runs, what builds it.
import type { Manifest } from "#model/tree-facts";
import { type Extractor, nameOf } from "./extractor.ts";
import { readPackageJson } from "./manifests/package-json.ts";
import { readPyproject } from "./manifests/pyproject.ts";
import { readRequirements } from "./manifests/requirements.ts";
import { readSetupCfg } from "./manifests/setup-cfg.ts";
import { readSetupPy } from "./manifests/setup-py.ts";

export const manifests: Extractor<Manifest> = {
	kindOf,
	extract: (text, kind) => {
		switch (kind) {
			case "pyproject":
				return readPyproject(text);
			case "setup.py":
				return readSetupPy(text);
			case "setup.cfg":
				return readSetupCfg(text);
			case "package.json":
				return readPackageJson(text);
			default:
				return readRequirements(text, kind.slice("requirements ".length));
		}
	},
};

/** By the names that the tools look for; lists of requirements carry their group in the name (`requirements-dev.txt`). */
function kindOf(path: string): string | null {
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
