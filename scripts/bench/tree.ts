// Pure. A tree of many files of the kinds that the audit reads, made for measuring: no two of the same content.

/** Content that asks everything of the files. */
export const TREE_CONTENT = {
	"ports.yaml": [{ port: 8000, owner: "team-a", purpose: "API" }],
	"namespaces/training.yaml": { key: "training", owner: "team-a", files: ["/part-0/**/*.json"] },
	"contracts/thing.yaml": {
		from: "team-a",
		to: "team-b",
		title: "Thing",
		symbol: "Thing0",
		members: [{ name: "method_0", parameters: ["value"] }],
	},
};

/** One commit of `count` files, as a fast-import stream. */
export function* treeHistory(count: number): Generator<string> {
	const who = "Person <person@team-a.example> 1500000000 +0000";
	yield `commit refs/heads/main\nauthor ${who}\ncommitter ${who}\ndata 6\nStart\n\n`;
	for (let index = 0; index < count; index++) {
		const { path, text } = fileOf(index);
		yield `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
	}
	yield "\ndone\n";
}

/** Of ten files four are Python, two JSON, one each YAML, TOML, shell and Markdown: some forty lines each. */
function fileOf(index: number): { path: string; text: string } {
	const folder = `part-${index % 199}/area-${index % 13}`;
	const make = KINDS[index % KINDS.length] as (index: number) => { ending: string; text: string };
	const { ending, text } = make(index);
	return { path: `${folder}/thing_${index}.${ending}`, text };
}

const repeat = (times: number, line: (at: number) => string) =>
	Array.from({ length: times }, (_, at) => line(at)).join("");

const python = (index: number) => ({
	ending: "py",
	text: `"""Thing ${index}."""
import os
from argparse import ArgumentParser

TIMEOUT = ${1000 + (index % 900)}


class Thing${index}:
    def __init__(self, name, size=${index}):
        self.name = name
        self.size = size
${repeat(
	8,
	(at) => `
    def method_${at}(self, value, *, limit=${at}, other=None):
        result = value + ${index}
        return result
`,
)}

def main(argv=None):
    parser = ArgumentParser()
    parser.add_argument("--workers", type=int, default=${index % 16})
    return Thing${index}(os.environ.get("NAME", "thing"))
`,
});

const json = (index: number) => ({
	ending: "json",
	text: `${JSON.stringify({ name: `thing-${index}`, training: { steps: index, rates: [1, 2, 3].map((at) => at / 10) }, list: Array.from({ length: 20 }, (_, at) => ({ id: at, label: `label ${at} of ${index}` })) }, null, 2)}\n`,
});

const yaml = (index: number) => ({
	ending: "yaml",
	text: `name: thing-${index}\nparts:\n${repeat(30, (at) => `  - { id: ${at}, label: part ${at} of ${index} }\n`)}`,
});

const toml = (index: number) => ({
	ending: "toml",
	text: `title = "thing ${index}"\n${repeat(12, (at) => `\n[part.p${at}]\nsize = ${index + at}\n`)}`,
});

const shell = (index: number) => ({
	ending: "sh",
	text: `#!/bin/sh\nset -eu\nname=thing-${index}\n${repeat(20, (at) => `if [ "$1" = ${at} ]; then echo "$name ${at}"; fi\n`)}`,
});

const markdown = (index: number) => ({
	ending: "md",
	text: `# Thing ${index}\n\n${repeat(20, (at) => `Paragraph ${at} says something about thing ${index} and about nothing else.\n\n`)}`,
});

const KINDS = [python, json, python, yaml, python, toml, python, json, shell, markdown];
