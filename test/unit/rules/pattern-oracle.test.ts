// The pattern law against its judge: git check-ignore --no-index, over generated patterns and paths.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { pathPattern } from "#model/field";
import { rawPath } from "#model/history";
import { compilePattern, matchesFile } from "#rules/pattern";
import { gitBytes, temporaryFolder } from "#test/make-repo";

interface Pair {
	readonly pattern: string;
	readonly path: string;
}

/** Said by git for many pairs in one process: each pattern stands in the .gitignore of a folder of its own. */
function askGit(groups: readonly { pattern: string; paths: readonly string[] }[]): boolean[] {
	const dir = temporaryFolder();
	gitBytes(dir, ["init", "--quiet", "."]);
	gitBytes(dir, ["config", "core.ignorecase", "false"]);
	const queries = groups.flatMap(({ pattern, paths }, index) => {
		mkdirSync(join(dir, `d${index}`));
		writeFileSync(join(dir, `d${index}`, ".gitignore"), `#\n${pattern}\n`);
		return paths.map((path) => `d${index}/${path}`);
	});
	const asked = Buffer.from(`${queries.join("\0")}\0`, "utf8");
	// Exit code 1 only says that nothing matched: a path that surely does keeps it 0.
	writeFileSync(join(dir, ".gitignore"), "#\n/surely\n");
	const said = gitBytes(
		dir,
		["check-ignore", "--no-index", "-z", "--stdin", "-v", "-n"],
		Buffer.concat([asked, Buffer.from("surely\0")]),
	);
	const fields = said.toString("utf8").split("\0");
	return queries.map((query, index) => {
		expect(fields[index * 4 + 3]).toBe(query);
		return fields[index * 4 + 2] !== "";
	});
}

const oneOf = (...values: string[]) => fc.constantFrom(...values);
const literal = oneOf("a", "b", "c", "ab", "a.b", "x-y", "A", "é", "日", "1", " ", "_", "~", "a b", "^", "!", "#");
const special = oneOf(
	..."* * * ** ** *** ? ? ?? [a-c] [!a] [^b] [!a-c] [ab] []a] [!]a] [a-] [-a] [a\\]] [z-a] [é] [\\*] [!!] [a-c-e]".split(
		" ",
	),
	..."[[:alpha:]] [[:digit:]a] [![:upper:]] [[:space:]] [[:punct:]] [[:nope:]] [![:nope:]] [[:alpha] [[:] [[::]]".split(
		" ",
	),
	..."\\* \\? \\[ \\\\ \\a \\! \\#".split(" "),
	"\\ ",
	"[ ]",
	"[a/b]",
	"[!a/]",
	"[+--]",
	"[[:ALPHA:]]",
	"[[=a=]]",
	"[a-[:digit:]]",
);
const piece = fc.oneof({ weight: 5, arbitrary: literal }, { weight: 4, arbitrary: special });
const segment = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(""));
const patterns = fc
	.tuple(
		oneOf("", "", "", "/", "**/", "//"),
		fc.array(fc.oneof({ weight: 4, arbitrary: segment }, { weight: 1, arbitrary: oneOf("**", "*", "***") }), {
			minLength: 1,
			maxLength: 4,
		}),
		oneOf("", "", "", "/", "/**", "/*", " ", "  ", "\\ ", "\\\\ ", "\\  ", "/ "),
	)
	.map(([start, middle, end]) => start + middle.join("/") + end)
	.filter((pattern) => pathPattern.safeParse(pattern).success);

const name = fc
	.array(
		oneOf(
			"a",
			"b",
			"c",
			"d",
			"z",
			"A",
			"é",
			"日",
			"1",
			" ",
			".",
			"-",
			"*",
			"[",
			"]",
			"\\",
			"/",
			"^",
			"!",
			"#",
			":",
			"+",
			"\t",
			"\v",
		),
		{
			minLength: 1,
			maxLength: 5,
		},
	)
	.map((chars) => chars.join(""));
const clean = (path: string) =>
	path
		.split("/")
		.filter((part) => part !== "" && part !== "." && part !== ".." && part !== ".git" && part !== ".gitignore")
		.join("/") || "a";

/** Paths near a pattern: its wildcards filled in, so that about as many match as do not. */
const near = (pattern: string) =>
	fc
		.tuple(
			fc.infiniteStream(fc.oneof(name, literal)),
			oneOf("", "", "", "", "", "x/", "a/b/"),
			oneOf("", "", "/x", "/a/b", "/a/b", "x"),
		)
		.map(([fill, start, end]) => {
			const next = () => fill.next().value as string;
			const filled = pattern
				.replace(/\[[!^]?\]?(\[:\w*:\]|\\.|[^\]])*\]/g, (text) => text.at(next().length % 2 === 0 ? 1 : -2) as string)
				.replace(/\\(.)/g, "$1")
				// Stars may stand for nothing, also at the end of what is literal.
				.replace(/\*+/g, () =>
					next()
						.slice(0, 2)
						.replace(/^[a-c]$/, ""),
				)
				.replace(/\?/g, () => next().slice(0, 1));
			return clean(start + filled + end);
		});
const groups = patterns.chain((pattern) =>
	fc.record({
		pattern: fc.constant(pattern),
		paths: fc.array(fc.oneof({ weight: 3, arbitrary: near(pattern) }, { weight: 1, arbitrary: name.map(clean) }), {
			minLength: 10,
			maxLength: 10,
		}),
	}),
);

const PATTERNS = 1_000;
const seed = Number(process.env["PATTERN_SEED"] ?? 20_250_731);

test(`${PATTERNS * 10} generated pairs of pattern and path are judged as git check-ignore --no-index judges them`, () => {
	const sample = fc.sample(groups, { numRuns: PATTERNS, seed });
	const pairs: Pair[] = sample.flatMap(({ pattern, paths }) => paths.map((path) => ({ pattern, path })));
	const said = askGit(sample);
	const wrong = pairs.filter(
		({ pattern, path }, index) => matchesFile(compilePattern(pattern), rawPath(path)) !== said[index],
	);
	const isMixed = said.filter(Boolean).length / said.length;

	expect(
		wrong.slice(0, 20).map(({ pattern, path }) => `${JSON.stringify(pattern)} on ${JSON.stringify(path)}`),
		`seed ${seed} (PATTERN_SEED), ${wrong.length} of ${pairs.length} differ`,
	).toEqual([]);
	expect(pairs).toHaveLength(PATTERNS * 10);
	expect(isMixed, "a fair part of the pairs matches").toBeGreaterThan(0.1);
	expect(isMixed, "a fair part of the pairs does not").toBeLessThan(0.8);
});
