// Configuration files: keys with their lines, or the place where they do not parse; bounded, whatever is in them.
import { expect, test } from "vitest";
import { configExtractor } from "#extract/config";
import { Unreadable } from "#extract/extractor";
import type { ConfigKey } from "#model/tree-facts";

const read = (kind: string, text: string) => configExtractor.extract(text, kind);

/** `a:1 a.b:2`: keys with their lines, in their order. */
function outline(keys: readonly ConfigKey[], above = ""): string {
	return keys
		.flatMap(({ key, line, children }) => [`${above}${key}:${line}`, outline(children, `${above}${key}.`)])
		.filter((text) => text !== "")
		.join(" ");
}

test.each([
	["config.json", "json"],
	["a/b/Config.YAML", "yaml"],
	["x.yml", "yaml"],
	["pyproject.toml", "toml"],
	["tsconfig.build.json", "jsonc"],
	["web/.vscode/launch.json", "jsonc"],
	[".devcontainer/devcontainer.json", "jsonc"],
	["config.json5", null],
	["data.jsonl", null],
	["config.yaml.j2", null],
	["{{ cookiecutter.name }}/app.json", null],
	["tests/invalid-config.json", null],
	["tests/malformed/a.toml", null],
	["json", null],
	[".json", null],
])("%s is read as %s", (path, kind) => {
	expect(configExtractor.kindOf(path)).toBe(kind);
});

test.each([
	["json", '{\n  "a": {\n    "b": 1 },\n  "c": [{ "d": 1 }]\n}', "a:2 a.b:3 c:4"],
	["jsonc", '// x\n{ "a": 1, /* y */\n "b": 2, }', "a:2 b:3"],
	["yaml", "a:\n  b: 1\n# x\nc: [1]\n---\nd: 2", "a:1 a.b:2 c:4 d:6"],
	["yaml", '{ "a": 1,\n  ? [x, y]\n  : 2 }', 'a:1 ["\\"x\\"","\\"y\\""]:2'],
	["yaml", "1: a\ntrue: b\n~: c", "1:1 true:2 null:3"],
	[
		"toml",
		'a.b = 1\n[c]\nt = """\n[no]\n"""\n[[l]]\n["x=y".z]\nd = 1',
		"a:1 a.b:1 c:2 c.t:3 l:6 x=y:7 x=y.z:7 x=y.z.d:8",
	],
	["toml", "[a]\nb = { c = 1 }\nd = [\n  'e = 1',\n]", "a:1 a.b:2 a.b.c:2 a.d:3"],
	["json", '{ "a": 1, "a": 2 }', "a:1 a:1"],
	["yaml", "a: 1\na: 2", "a:1 a:2"],
	["json", "[1]", ""],
	["yaml", "just text", ""],
	["json", "", ""],
])("keys of %s have lines: %j", (kind, text, expected) => {
	const { keys, fault } = read(kind, text);

	expect(fault).toBeNull();
	expect(outline(keys)).toBe(expected);
});

test.each([
	["json", '{ "a": 1,\n}', 2, "a key in double quotes is expected"],
	["json", "{ 'a': 1 }", 1, "a word that is no JSON"],
	["json", '{ "a": 1 }\nEOF', 2, "a word that is no JSON"],
	["json", '{ "a": 1 }\n{ "b":\n2 }', 2, "something follows the end of the value"],
	["json", '{\n"a": "b\\!" }', 2, "a backslash before a character that needs none"],
	["json", '{ "a": "b\tc" }', 1, "a line's end, a tab or another control character within a string"],
	["json", '{ "a": NaN,\n "b": nil }', 2, "a word that is no JSON"],
	["json", '{ "a": [1, 2 }', 1, "a comma is expected"],
	["json", "{\n<<<<<<< HEAD\n=======\n>>>>>>> x\n}", 2, "a conflict marker that git left"],
	["jsonc", '{ "a": 1, , }', 1, "a key in double quotes is expected"],
	["yaml", "a: b: c", 1, "nested mappings are not allowed in compact mappings"],
	["yaml", "a: *nobody\nb: 'x", 2, "missing closing 'quote"],
	// biome-ignore lint/suspicious/noTemplateCurlyInString: it is what such files hold
	["yaml", "jobs:\n  a: ${{ x }}\n b: 1", 3, "all mapping items must start at the same column"],
	["yaml", "a: 'x\nb: 'y'\nc: 'z'", 1, null],
	["toml", "a = 1\na = 2", 2, "trying to redefine an already defined table or value"],
	["toml", "[a\n", 1, null],
])("%s that does not parse is told with its line: %j", (kind, text, line, reason) => {
	const { fault, keys } = read(kind, text);

	expect(fault?.line).toBe(line);
	if (reason !== null) expect(fault?.reason).toBe(reason);
	expect(keys).toEqual([]);
});

test.each([
	["a template of Helm", "yaml", "{{- if .Values.x }}\nport: {{ .Values.port }}\n{{- end }}"],
	["a template of Jinja", "json", '{ "a": {{ port }} }'],
	["a template whose names a script replaces", "yaml", "a: %HOST_NAME%"],
	["a template of ERB", "yaml", "a: b: <%= x %>"],
	// biome-ignore lint/suspicious/noTemplateCurlyInString: it is what such files hold
	["a place for a value", "json", '{ "a": ${PORT} }'],
	["one value a line", "json", '{"a": 1}\n{"a": 2}\n'],
	["no number, as Python writes it", "json", '{ "a": NaN, "b": [-Infinity, Infinity] }'],
	["only white space", "json", " \n\n"],
	["a pointer of git LFS", "json", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"],
	["comments and a trailing comma", "json", '{ "a": 1, // one\n}'],
	["brackets that close where their key begins", "yaml", "on:\n  a: [\n    1\n  ]\nb: {\n}"],
	["a text in quotes that goes on where its key begins", "yaml", "a: ! '\n  b: c\n'\nd: \"e\nf\"\n"],
	["tags of one program", "yaml", "a: !Ref x\nb: !ruby/object:X {}\nc: !my!tag 1"],
	["a number of 64 bits", "toml", "a = 9223372036854775807"],
])("%s is no fault", (_name, kind, text) => {
	expect(read(kind, text).fault).toBeNull();
});

const firstValue = (kind: string, text: string) => read(kind, text).keys[0]?.value;

test.each([
	["json", '{"a":{"x":1,"y":[1,2]}}', '{ "a": {\n "y": [1, 2],\n "x": 1.0 } }'],
	["jsonc", '{"a":{"x":1}}', '{"a":{"x":1 /* one */,}}'],
	["yaml", "a:\n  x: 1 # one\n  y: 'b'", "a: { y: b, x: 1 }"],
	["toml", "[a]\nx = 1\ny = [1]", "a = { y = [ 1 ], x = 1 }"],
])("in %s, equal values are equal however they are written", (kind, one, other) => {
	expect(firstValue(kind, one)).toBe(firstValue(kind, other));
});

test.each([
	["json", '{"a":1}', '{"a":"1"}'],
	["json", '{"a":12345678901234567890}', '{"a":12345678901234567891}'],
	["json", '{"a":[1,2]}', '{"a":[2,1]}'],
	["yaml", "a: 1", "a: '1'"],
	["yaml", "a: !x 1", "a: !y 1"],
	["yaml", "a: *x", "a: *y"],
	["toml", "a = 2020-01-01", 'a = "2020-01-01"'],
])("in %s, other values are not: %j", (kind, one, other) => {
	expect(firstValue(kind, one)).not.toBe(firstValue(kind, other));
});

test("an empty section says nothing", () => {
	for (const [kind, text] of [
		["json", '{"a":{}}'],
		["json", '{"a":null}'],
		["yaml", "a:"],
		["toml", "[a]"],
	] as const) {
		expect(firstValue(kind, text)).toBe("");
	}
});

test("what lies beyond the keys that are kept is still in the digest of what stands above it", () => {
	const many = (last: number) =>
		JSON.stringify({
			a: Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`k${index}`, index === 299 ? last : 0])),
		});
	const [one] = read("json", many(1)).keys;
	const [other] = read("json", many(2)).keys;

	expect(one?.children).toEqual([]);
	expect(one?.value).not.toBe(other?.value);
});

const MEGABYTE = 1_000_000;
const bomb = ["a0: &a0 [x, x]", ...Array.from({ length: 60 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`)].join(
	"\n",
);

test.each([
	["deep lists", "json", "[".repeat(MEGABYTE)],
	["deep lists that close", "json", "[".repeat(MEGABYTE / 2) + "]".repeat(MEGABYTE / 2)],
	["deep mappings", "json", '{"a":'.repeat(MEGABYTE / 5)],
	["deep lists", "yaml", `a: ${"[".repeat(100_000)}`],
	["deep blocks", "yaml", Array.from({ length: 1200 }, (_, index) => `${" ".repeat(index)}a:`).join("\n")],
	["deep dashes", "yaml", "- ".repeat(100_000)],
	["deep lists", "toml", `a = ${"[".repeat(MEGABYTE)}`],
	["deep names", "toml", `a${".a".repeat(MEGABYTE / 2)} = 1`],
])("%s in %s are refused in a moment", (_name, kind, text) => {
	const start = performance.now();

	expect(() => read(kind, text)).toThrow(Unreadable);
	expect(performance.now() - start).toBeLessThan(5000);
});

test.each([
	["one long line", "json", `{${Array.from({ length: 60_000 }, (_, index) => `"k${index}":${index}`).join(",")}}`],
	["one long line", "yaml", `{${Array.from({ length: 60_000 }, (_, index) => `"k${index}": ${index}`).join(", ")}}`],
	["aliases of aliases", "yaml", bomb],
	["one key again and again", "yaml", "a: 1\n".repeat(MEGABYTE / 5)],
	["one key again and again", "json", `{${'"a":1,'.repeat(MEGABYTE / 6)}"a":1}`],
	["many tables", "toml", Array.from({ length: 40_000 }, (_, index) => `[t${index}.x]\na = 1`).join("\n")],
	["rubbish", "json", "a b, ".repeat(MEGABYTE / 5)],
	["open comments", "json", "/*".repeat(MEGABYTE / 2)],
	["quotes", "toml", '"\\'.repeat(MEGABYTE / 2)],
	["many documents", "yaml", "---\na: 1\n".repeat(40_000)],
])("%s in %s ends in a moment, with few keys", (_name, kind, text) => {
	const start = performance.now();
	const { keys } = read(kind, text);

	expect(JSON.stringify(keys).length).toBeLessThan(100_000);
	expect(performance.now() - start).toBeLessThan(10_000);
});
