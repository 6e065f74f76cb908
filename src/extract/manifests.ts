// Pure. Manifests: which dependencies a package asks for, on which interpreter it runs, what builds it.
import type { Manifest } from "#model/tree-facts";
import type { Extractor } from "./extractor.ts";
import { manifestKind } from "./manifest-kind.ts";
import { readPackageJson } from "./manifests/package-json.ts";
import { readPyproject } from "./manifests/pyproject.ts";
import { readRequirements } from "./manifests/requirements.ts";
import { readSetupCfg } from "./manifests/setup-cfg.ts";
import { readSetupPy } from "./manifests/setup-py.ts";

export const manifests: Extractor<Manifest> = {
	kindOf: manifestKind,
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
