// Globs that are sorted by what is literal in them find just what trying each of them finds.
import fc from "fast-check";
import { expect, test } from "vitest";
import { createGlobs } from "#rules/globs";
import { compilePattern, matchesFile } from "#rules/pattern";

/** The patterns, of these, that take the path. */
function matching(patterns: readonly string[], path: string): string[] {
	const globs = createGlobs<string>();
	for (const pattern of patterns) globs.add(compilePattern(pattern), pattern);
	return [...new Set(globs.matching(path))].sort();
}

test("names by their ending, at any depth, folders with all below", () => {
	const patterns = ["*.py", "*.p?", "test_*", "t*/", "*"];

	expect(matching(patterns, "a/b.py")).toEqual(["*", "*.p?", "*.py"]);
	expect(matching(patterns, "a.py/b")).toEqual(["*", "*.p?", "*.py"]);
	expect(matching(patterns, "tools/x")).toEqual(["*", "t*/"]);
	expect(matching(patterns, "tools")).toEqual(["*"]);
	expect(matching(patterns, "tools/")).toEqual(["*", "t*/"]);
});

test("anchored ones by the folder they begin in", () => {
	const patterns = ["/src/*.ts", "/src/a*/x", "/*/b", "**/deep/*", "src/**"];

	expect(matching(patterns, "src/a.ts")).toEqual(["/src/*.ts", "src/**"]);
	expect(matching(patterns, "src/ab/x")).toEqual(["/src/a*/x", "src/**"]);
	expect(matching(patterns, "x/src/a.ts")).toEqual([]);
	expect(matching(patterns, "x/b")).toEqual(["/*/b"]);
	expect(matching(patterns, "x/deep/y/z")).toEqual(["**/deep/*"]);
});

const name = fc.stringMatching(/^[ab.*?]{1,4}$/).filter((text) => !text.includes("**"));
const pattern = fc
	.tuple(fc.boolean(), fc.array(fc.oneof(name, fc.constant("**")), { minLength: 1, maxLength: 3 }), fc.boolean())
	.map(([isAnchored, names, isFolder]) => `${isAnchored ? "/" : ""}${names.join("/")}${isFolder ? "/" : ""}`)
	.filter((text) => compilePattern(text).literal === null);
const path = fc
	.array(fc.stringMatching(/^[ab.]{1,3}$/), { minLength: 1, maxLength: 4 })
	.map((names) => names.join("/"));

test("the same as trying each", () => {
	fc.assert(
		fc.property(fc.array(pattern, { minLength: 1, maxLength: 8 }), path, fc.boolean(), (patterns, file, isFolder) => {
			const asked = isFolder ? `${file}/` : file;
			const tried = patterns.filter((one) => matchesFile(compilePattern(one), asked));

			expect(matching(patterns, asked)).toEqual([...new Set(tried)].sort());
		}),
		{ numRuns: 3_000, seed: 7 },
	);
});
