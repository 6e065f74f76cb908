// Edge(git). Fuzz target: the pattern matcher, against `git check-ignore --no-index` and against patterns made to be slow.
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { pathPattern } from "#model/field";
import { rawPath } from "#model/history";
import { compilePattern, matchesFile } from "#rules/pattern";
import { type MakeTarget, makeTarget } from "./target.ts";

/** Folders with a .gitignore each, so that one process of git judges many patterns. */
const GROUPS = 40;

const MARKS = [..."aaabbc/.-*?[]!^\\: é~", "**", "**/", "/**", "[a-b]", "[!a]", "[[:alpha:]]", "a/b", "*a", "\\*"];
const pattern = fc
	.array(fc.constantFrom(...MARKS), { minLength: 1, maxLength: 9 })
	.map((marks) => marks.join(""))
	.filter((text) => pathPattern.safeParse(text).success);
const path = fc
	.array(fc.constantFrom(..."aaabbc///.-*[]!^\\: é~"), { minLength: 1, maxLength: 12 })
	.map((chars) => clean(chars.join("")));
const group = fc.record({ pattern, paths: fc.array(path, { minLength: 6, maxLength: 6 }) });

/** Patterns and paths of the greatest length, with as many ways to match as can be had. */
const slow = fc.record({
	piece: fc.constantFrom("*a", "a*", "?*a", "**/a*", "*[a-z]", "*/", "[!b]*", "a**", "*a*/"),
	start: fc.constantFrom("", "/", "**/"),
	unit: fc.constantFrom("a", "ab", "a/", "aa/", "/a/b"),
	end: fc.constantFrom("", "b", "/b", "c"),
});

const cases = fc.oneof(
	{ weight: 1, arbitrary: fc.record({ groups: fc.array(group, { minLength: GROUPS, maxLength: GROUPS }) }) },
	{ weight: 3, arbitrary: fc.record({ slow }) },
);

export const makeMatcherTarget: MakeTarget = async (folder) => {
	const dir = await mkdtemp(join(folder, "matcher-"));
	const git = (args: readonly string[], input: string) =>
		execFileSync("git", ["-C", dir, ...args], { env: environment(dir), input, maxBuffer: 1 << 26 });
	git(["init", "--quiet", "--template=", "."], "");
	await writeFile(join(dir, ".gitignore"), "/surely\n");
	for (let index = 0; index < GROUPS; index++) await mkdir(join(dir, `d${index}`));

	const isTaken = async (groups: readonly { pattern: string; paths: readonly string[] }[]): Promise<boolean[]> => {
		await Promise.all(groups.map((one, at) => writeFile(join(dir, `d${at}`, ".gitignore"), `#\n${one.pattern}\n`)));
		const asked = groups.flatMap(({ paths }, at) => paths.map((one) => `d${at}/${one}`));
		// Exit code 1 only says that nothing matched: a path that surely does keeps it 0.
		const input = `${[...asked, "surely"].join("\0")}\0`;
		const said = git(["check-ignore", "--no-index", "-z", "--stdin", "-v", "-n"], input).toString("utf8").split("\0");
		return asked.map((_, at) => said[at * 4 + 2] !== "");
	};
	return makeTarget(cases, async (one) => {
		if ("slow" in one) {
			const text = one.slow.start + one.slow.piece.repeat(8) + one.slow.piece.replaceAll("**", "*").repeat(150);
			matchesFile(compilePattern(text.slice(0, 1_024)), rawPath(one.slow.unit.repeat(1_024) + one.slow.end));
			return;
		}
		const judged = await isTaken(one.groups);
		const pairs = one.groups.flatMap((each) => each.paths.map((file) => ({ pattern: each.pattern, file })));
		for (const [at, { pattern: text, file }] of pairs.entries()) {
			if (matchesFile(compilePattern(text), rawPath(file)) === judged[at]) continue;
			throw new Error(`git says ${judged[at]} of ${JSON.stringify(text)} on ${JSON.stringify(file)}, we do not`);
		}
	});
};

function clean(text: string): string {
	const names = text.split("/").filter((name) => !["", ".", "..", ".git", ".gitignore"].includes(name));
	return names.join("/") || "a";
}

function environment(home: string): NodeJS.ProcessEnv {
	return { PATH: process.env["PATH"], HOME: join(home, "no-home"), LC_ALL: "C", GIT_CONFIG_NOSYSTEM: "1" };
}
