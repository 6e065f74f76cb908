// The list of tracked paths: grouped, and nothing lost.
import { expect, test } from "vitest";
import { listPaths, pathListSchema } from "#model/path-list";

const tree = {
	version: 1 as const,
	head: "a".repeat(40),
	headAt: "2025-07-31T15:05:00Z",
	isRead: true,
	verdicts: [{ kind: "unmatched" as const, owner: null, rule: null }],
	files: [
		["README.md", 0],
		["src/a.py", 0],
		["src/caf\\xE9.py", 0],
		["src/deep/b.py", 0],
		["vendor/lib", 0],
	] as [string, number][],
	submodules: [4],
	pathBytes: { 2: btoa("src/caf\xe9.py") },
};

test("paths are grouped by folder; a submodule ends in a slash; bytes that are no UTF-8 are kept", () => {
	const list = listPaths(tree);
	expect(list).toEqual({
		version: 1,
		head: "a".repeat(40),
		headAt: "2025-07-31T15:05:00Z",
		isRead: true,
		count: 5,
		folders: {
			"": ["README.md"],
			"src/": ["a.py", "caf\\xE9.py"],
			"src/deep/": ["b.py"],
			"vendor/": ["lib/"],
		},
		pathBytes: { "src/caf\\xE9.py": "c3JjL2NhZukucHk=" },
	});
	expect(pathListSchema.parse(list)).toEqual(list);
});

test("folders with names of JavaScript's own are folders like others", () => {
	const list = listPaths({
		...tree,
		files: [
			["__proto__/x", 0],
			["constructor/y", 0],
		],
		submodules: undefined,
		pathBytes: undefined,
	});
	expect(JSON.parse(JSON.stringify(list)).folders).toEqual({ "__proto__/": ["x"], "constructor/": ["y"] });
});
