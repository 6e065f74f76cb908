// Pure. `config-unparsable`: a tracked file named as JSON, YAML or TOML does not parse as that.
import type { RawPath } from "#model/history";
import { pathResource, treeOccurrence } from "../finding.ts";
import { ownerOf, type TreeDetector } from "./tree.ts";

/** Folders whose files come from elsewhere, as their makers left them. */
const BROUGHT_IN = new Set(["vendor", "third_party", "third-party", "thirdparty", "node_modules", "site-packages"]);

/** Folders of what tests are fed with: some of it is broken so that a test can see what happens. */
const FED_TO_TESTS = new Set(["fixtures", "__fixtures__", "testdata", "test-data", "test_data", "golden"]);

/** Reads: `facts.config`. Templates, JSON lines, empty files and what git LFS keeps elsewhere have no fault. */
export const detectConfigUnparsable: TreeDetector = (seen) =>
	[...seen.facts.config].flatMap(([path, { format, fault }]) => {
		if (fault === null || liesBelow(path, BROUGHT_IN)) return [];
		return {
			code: "config-unparsable",
			level: liesBelow(path, FED_TO_TESTS) ? "note" : "warning",
			resource: pathResource(path),
			actor: null,
			owner: ownerOf(seen, path),
			rule: null,
			occurrence: treeOccurrence(path, fault.line),
			detail: { format, reason: fault.reason },
			anchor: null,
		};
	});

function liesBelow(path: RawPath, names: ReadonlySet<string>): boolean {
	return path
		.split("/")
		.slice(0, -1)
		.some((name) => names.has(name));
}
