// A history with everything odd that git allows, as steps.
import type { Step } from "#test/make-repo";

const file = (text: string) => `${text}\n`;

export const oddHistory: readonly Step[] = [
	{
		say: "First files",
		rawPaths: true,
		write: {
			"plain.txt": file("plain"),
			"a\nb": "newline in the name",
			"tab\there": "tab",
			'quo"te': "quote",
			"back\\slash": "backslash",
			" spaces ": "spaces",
			"caf\xe9.txt": "latin1: no UTF-8",
			"caf\xc3\xa9.txt": "UTF-8",
			":100644 100644 x y M": "a name like a header",
			"run.sh": file("#!/bin/sh"),
			link: { mode: "120000", text: "plain.txt" },
			"deep/er/file": "x",
		},
	},
	{ say: "Rename", move: { "deep/er/file": "moved/file" } },
	{ say: "Mode only", write: { "run.sh": { mode: "100755", text: file("#!/bin/sh") } } },
	{
		say: "File becomes a symlink, and the symlink a file",
		write: { "plain.txt": { mode: "120000", text: "x" }, link: "file" },
	},
	{ say: "Submodule", write: { sub: { mode: "160000", text: "1".repeat(40) } } },
	{ say: "Submodule moves on", write: { sub: { mode: "160000", text: "2".repeat(40) } } },
	{ say: "Nothing at all" },
	{
		say: ":100644 100644 subject like a change\n\n:000000 100644 and a body\n\n\n\x01\x1f\x1e odd bytes",
		by: "O\"Neil\tò | \u202e <o'neil+x@x.example>",
		write: { one: "1" },
	},
	{ say: "", by: "<>", write: { "no-words": "x" } },
	{ say: "Side work", on: "side", write: { side: "1", both: "side" } },
	{ say: "Main work", write: { main: "1", both: "main" } },
	{ say: "Merge branch 'side'", merge: "side", write: { both: "by hand", extra: "in the merge alone" } },
	{ say: "Clean work", on: "clean", write: { clean: "1" } },
	{ say: "More main work", write: { main: "2" } },
	{ say: "Merge branch 'clean'", merge: "clean" },
	{ say: "p1", on: "p", write: { knot: "p", p: "1" } },
	{ say: "q1", on: "q", from: 14, write: { knot: "q", q: "1" } },
	{ say: "r1", on: "r", from: 14, write: { r: "1" } },
	{ say: "Merge branches 'p', 'q' and 'r'", merge: ["p", "q", "r"], write: { knot: "all three" } },
	{ say: "A root of its own", on: "other", from: null, write: { other: "1" } },
	{ say: "Second commit there", on: "other", write: { other: "2" } },
	{ say: "Merge branch 'other'", merge: "other" },
	{ say: "Drop a file in a merge", on: "last", write: { last: "1" } },
	{ say: "Meanwhile", write: { main: "3" } },
	{ say: "Merge branch 'last'", merge: "last", write: { "run.sh": null } },
];
