// The levels a table of codes names are those the detectors give: every golden log is one to compare with.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { FindingCode, Level } from "#model/finding";
import { FINDING_CODES } from "#model/finding";
import { findingLevels } from "#report/levels";

const golden = join(import.meta.dirname, "../../golden");

test("no golden log has a level that its code is not said to have, and every code is in some", () => {
	const seen = new Set<string>();
	for (const entry of readdirSync(golden, { withFileTypes: true })) {
		if (!entry.isDirectory() || entry.name === "base") continue;
		const text = readFileSync(join(golden, entry.name, "expected.yaml"), "utf8");
		for (const [, level, code] of text.matchAll(/^- ["']?(error|warning|note) ([a-z-]+) /gm))
			seen.add(`${code} ${level}`);
	}
	const said = FINDING_CODES.flatMap((code) => findingLevels[code].map((level) => `${code} ${level}`));

	expect([...seen].filter((pair) => !said.includes(pair))).toEqual([]);
	const codes = new Set([...seen].map((pair) => pair.split(" ")[0] as FindingCode));
	expect(FINDING_CODES.filter((code) => !codes.has(code))).toEqual([]);
	const unseen = said.filter((pair) => !seen.has(pair)) as `${FindingCode} ${Level}`[];
	// Said by the detectors, and in no golden case.
	expect(unseen).toEqual([]);
});
