// Two versions of a configuration file, compared key by key.
import { expect, test } from "vitest";
import { configExtractor } from "#extract/config";
import { differenceOf } from "#extract/config-difference";

const compare = (kind: string, before: string, after: string) =>
	differenceOf(configExtractor.extract(before, kind), configExtractor.extract(after, kind));

/** `+a.b` is added, `-a.b` removed, `a.b` has another value. */
function edited(kind: string, before: string, after: string): string[] {
	const marks = { added: "+", removed: "-", changed: "" };
	return (compare(kind, before, after)?.keys ?? []).map(({ path, how }) => marks[how] + path.join("."));
}

test.each([
	["json", '{"a":{"x":1,"y":2}}', '{"a":{"x":1,"y":3}}', ["a.y"]],
	["json", '{"a":{"x":1}}', '{"a":{"x":1,"y":{"z":3}}}', ["+a.y.z"]],
	["json", '{"a":{"x":1},"b":2}', '{"b":2}', ["-a.x"]],
	["json", '{"a":1}', '{"a":{"x":1}}', ["a"]],
	["json", '{"a":{}}', '{"a":{"x":1}}', ["+a.x"]],
	["json", '{"a":{"x":1}}', '{"a":null}', ["-a.x"]],
	["json", '{"a":[1,2]}', '{"a":[2,1]}', ["a"]],
	["json", '{"a":1}', '{"b":1}', ["-a", "+b"]],
	["json", "", '{"a":1}', ["+a"]],
	["json", '{"a":1}', "[1]", ["-a"]],
	["yaml", "a: &x { b: 1 }\nc: *x", "a: &x { b: 2 }\nc: *x", ["a.b"]],
	["yaml", "a: 1\n---\nb: 1", "a: 1\n---\nb: 2", ["b"]],
	["yaml", "a: 1\na: 2", "a: 1\na: 3", ["a"]],
	["toml", "[a.b]\nc = 1", "[a]\nb.c = 2\nd = 1", ["a.b.c", "+a.d"]],
])("%s: %j and %j", (kind, before, after, expected) => {
	expect(edited(kind, before, after)).toEqual(expected);
});

test.each([
	["order and layout", "json", '{"a":1,"b":{"c":1}}', '{\n\t"b": { "c": 1.0 },\n\t"a": 1\n}'],
	["comments", "yaml", "a: 1 # one", "# why\na: 1"],
	["empty sections", "json", '{"a":{"x":1}}', '{"a":{"x":1,"y":{}},"b":{"c":{}},"d":null}'],
	["headers or dots", "toml", "[a]\nb.c = 1", "a = { b = { c = 1 } }"],
])("%s are no difference", (_name, kind, before, after) => {
	expect(compare(kind, before, after)).toEqual({ keys: [], count: 0, isCut: false });
});

test.each([
	["does not parse", "json", '{"a":'],
	["is a template", "yaml", "{% if x %}\na: {{ b }}\n{% endif %}"],
	["is kept by git LFS", "json", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"],
])("with a version that %s nothing is compared", (_name, kind, text) => {
	const other = kind === "json" ? '{"a":1}' : "a: 1";

	expect(compare(kind, other, text)).toBeNull();
	expect(compare(kind, text, other)).toBeNull();
});

test("keys that are left out of a version are part of the one above them, which is said", () => {
	const many = (last: number) =>
		JSON.stringify({
			a: { b: Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`k${at}`, at === 299 ? last : 0])) },
		});

	expect(edited("json", many(1), many(2))).toEqual(["a.b"]);
	expect(compare("json", many(1), many(2))?.isCut).toBe(true);
});

test("of very many edited keys the first are listed, and all counted", () => {
	const keys = (value: number) =>
		JSON.stringify(Object.fromEntries(Array.from({ length: 250 }, (_, at) => [`k${at}`, value])));
	const found = compare("json", keys(1), keys(2));

	expect([found?.keys.length, found?.count]).toEqual([200, 250]);
});
