// Whatever people type, they get a catalog or problems that point into the file; never a crash.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { SourceFile } from "#catalog/entry";
import { link } from "#catalog/link";
import { parseContent } from "#catalog/parse";

const folder = join(import.meta.dirname, "../../../content");
const files: SourceFile[] = readdirSync(folder, { recursive: true, withFileTypes: true })
	.filter((entry) => entry.isFile() && /\.(yaml|mdx?)$/.test(entry.name))
	.map((entry) => join(entry.parentPath, entry.name))
	.map((file) => ({ path: file.slice(folder.length + 1), text: readFileSync(file, "utf8") }));

const scraps = [
	"[",
	"]",
	"{",
	"}",
	": ",
	"- ",
	"&a ",
	"*a",
	'"',
	"'",
	"|",
	"\n",
	"\n  ",
	"\t",
	"#",
	"!x ",
	"---\n",
	"null",
	"12",
	"é🎉",
	"? ",
];

/** Takes some characters out of one file and puts scraps of YAML in their place. */
const damage = fc.record({
	file: fc.nat(),
	at: fc.nat(),
	gone: fc.nat(12),
	put: fc.array(fc.constantFrom(...scraps), { maxLength: 4 }),
});

test("the project's own content, damaged at one to three places", () => {
	expect(files.length).toBeGreaterThan(20);
	let broken = 0;
	fc.assert(
		fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
			const texts = new Map(files.map(({ path, text }) => [path, text]));
			for (const { file, at, gone, put } of damages) {
				const { path } = files[file % files.length]!;
				const text = texts.get(path)!;
				const from = at % (text.length + 1);
				texts.set(path, text.slice(0, from) + put.join("") + text.slice(from + gone));
			}
			const { catalog, problems } = link(parseContent([...texts].map(([path, text]) => ({ path, text }))));
			expect(catalog === null).toBe(problems.length > 0);
			if (catalog === null) broken++;
			for (const { file, line, column, message } of problems) {
				const lines = (texts.get(file) ?? "").split("\n");
				expect(line).toBeGreaterThanOrEqual(1);
				expect(line).toBeLessThanOrEqual(lines.length);
				expect(column).toBeGreaterThanOrEqual(1);
				expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
				expect(message).not.toBe("");
			}
		}),
		{ numRuns: 80, seed: 20250731 },
	);
	expect(broken).toBeGreaterThan(40);
}, 60_000);

test("content does not depend on the order in which the disk lists its files", () => {
	const { catalog } = link(parseContent(files));
	expect(catalog).not.toBeNull();
	expect(link(parseContent([...files].reverse())).catalog).toEqual(catalog);
});
