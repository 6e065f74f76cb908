// The search over tracked paths: nothing that matches is missed, and what was meant comes first.
import fc from "fast-check";
import { expect, test } from "vitest";
import { createSearch, makeSearchable } from "#islands/look-up/search.ts";
import type { AskedPath } from "#rules/look-up";
import { writePath } from "#rules/look-up";

const file = (path: string): AskedPath => ({ path, kind: "file" });
const PATHS: AskedPath[] = [
	"README.md",
	"src/mlx_distributed/training/sft/trainer.py",
	"src/mlx_distributed/training/distributed_trainer.py",
	"src/mlx_distributed/training/recovery.py",
	"mlx_rlhf/README.md",
	"docs/Straße.md",
	"odd 🙂 name.txt",
].map(file);
const search = createSearch(makeSearchable([...PATHS, { path: "src", kind: "folder" }]));
const found = (query: string) => search(query, 10).hits.map(({ asked }) => writePath(asked));

test.each([
	["trainer", "src/mlx_distributed/training/sft/trainer.py"],
	["sft trai", "src/mlx_distributed/training/sft/trainer.py"],
	["TRAINER SFT", "src/mlx_distributed/training/sft/trainer.py"],
	["recpy", "src/mlx_distributed/training/recovery.py"],
	["mlx_rlhf/README.md", "mlx_rlhf/README.md"],
	["readme", "README.md"],
	["src/", "src/"],
	["🙂", "odd 🙂 name.txt"],
	["straße", "docs/Straße.md"],
])("%s finds %s first", (query, path) => {
	expect(found(query)[0]).toBe(path);
});

test("what matches nothing finds nothing, and says so", () => {
	expect(search("zq", 10)).toEqual({ hits: [], total: 0, isCut: false });
	expect(search("   ", 10)).toEqual({ hits: [], total: 0, isCut: false });
});

test("the marks are the characters that were meant", () => {
	const [hit] = search("recpy", 1).hits;
	const text = writePath(hit?.asked as AskedPath);
	expect(hit?.marks.map((at) => text[at]).join("")).toBe("recpy");
});

test("every path that holds the letters in order is counted, and the best of them are listed", () => {
	const letters = fc.string({ unit: fc.constantFrom("a", "B", "c", "/", "_", "é", "1"), minLength: 1, maxLength: 9 });
	fc.assert(
		fc.property(fc.uniqueArray(letters, { minLength: 1, maxLength: 40 }), letters, (paths, query) => {
			const { hits, total } = createSearch(makeSearchable(paths.map(file)))(query, 1_000);
			const holds = (path: string) => {
				let at = -1;
				for (const letter of query.toLowerCase()) {
					at = path.toLowerCase().indexOf(letter, at + 1);
					if (at === -1) return false;
				}
				return true;
			};
			const expected = paths.filter(holds);
			expect(total).toBe(expected.length);
			expect(new Set(hits.map(({ asked }) => asked.path))).toEqual(new Set(expected));
		}),
	);
});

test("an accent that is composed finds one that is not, and the other way round", () => {
	const both = createSearch(makeSearchable(["re\u0301sume\u0301.txt", "caf\u00e9.txt"].map(file)));
	expect(both("r\u00e9sum", 5).hits.map(({ asked }) => asked.path)).toEqual(["re\u0301sume\u0301.txt"]);
	expect(both("cafe\u0301", 5).hits.map(({ asked }) => asked.path)).toEqual(["caf\u00e9.txt"]);
});

test("a query of very many words is cut, and says so; one of a dozen is not", () => {
	expect(search("s r c ".repeat(700), 10)).toMatchObject({ isCut: true });
	expect(search("x".repeat(301), 10)).toMatchObject({ isCut: true });
	expect(search("s r c ".repeat(4), 10)).toMatchObject({ isCut: false });
});
