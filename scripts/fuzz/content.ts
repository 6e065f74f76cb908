// Edge(fs). Fuzz target: the content loader under YAML that was content once.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import type { SourceFile } from "#catalog/entry";
import { link } from "#catalog/link";
import { parseContent } from "#catalog/parse";
import { type Damage, damages, spoil } from "./damage.ts";
import { type MakeTarget, makeTarget } from "./target.ts";

const CONTENT = join(import.meta.dirname, "../../content");

const SCRAPS = [
	..."[ ] { } - , : ? # & * ! | > % @ ` ' \" ~ null true 0 -1 1e999 .nan 2025-02-30 &a *a !x <<: --- ...".split(" "),
	..."[[[[ {a:{a: - - ? ? &a[*a] **/ \\ !!set !!binary".split(" "),
	"\n",
	"\n  ",
	"\t",
	": ",
	"- ",
	"\u0000",
	"\u202e",
	"\ufeff",
	"\ufffd",
	"🎉",
	"__proto__: 1\n",
	"constructor: 1\n",
];

interface Case {
	readonly files: readonly { readonly file: number; readonly damages: readonly Damage[] }[];
	/** Files left out, and taken twice under another name. */
	readonly without: readonly number[];
	readonly twice: readonly number[];
}

const some = fc.array(fc.nat(), { maxLength: 2 });
const cases: fc.Arbitrary<Case> = fc.record({
	files: fc.array(fc.record({ file: fc.nat(), damages: damages(SCRAPS) }), { minLength: 1, maxLength: 4 }),
	without: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: some }),
	twice: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: some }),
});

export const makeContentTarget: MakeTarget = async () => {
	const files = await readContent();
	return makeTarget(cases, (one) => {
		const spoiled = apply(files, one);
		const { catalog, problems } = link(parseContent(spoiled));
		if ((catalog === null) !== problems.length > 0) throw new Error("a catalog with problems, or none without one");
		for (const { file, line, column, message } of problems) {
			const lines = (spoiled.find(({ path }) => path === file)?.text ?? "").split("\n");
			const isThere =
				line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1] as string).length + 1;
			if (!isThere) throw new Error(`${file}:${line}:${column} is no place of the file: ${message}`);
			if (message === "") throw new Error(`${file}:${line}:${column} says nothing`);
		}
	});
};

function apply(files: readonly SourceFile[], { files: spoiled, without, twice }: Case): SourceFile[] {
	const texts = new Map(files.map(({ path, text }) => [path, text]));
	const pick = (index: number) => (files[index % files.length] as SourceFile).path;
	for (const { file, damages: places } of spoiled)
		texts.set(pick(file), spoil(texts.get(pick(file)) as string, places));
	for (const index of twice) texts.set(pick(index).replace(/(\.\w+)$/, "-again$1"), texts.get(pick(index)) as string);
	for (const index of without) texts.delete(pick(index));
	return [...texts].map(([path, text]) => ({ path, text }));
}

async function readContent(): Promise<SourceFile[]> {
	const entries = await readdir(CONTENT, { recursive: true, withFileTypes: true });
	const paths = entries
		.filter((entry) => entry.isFile() && /\.(yaml|mdx?)$/.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
	return Promise.all(
		paths.map(async (path) => ({ path: path.slice(CONTENT.length + 1), text: await readFile(path, "utf8") })),
	);
}
