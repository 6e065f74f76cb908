import { expect, test } from "vitest";
import { wireText } from "#extract/protobuf-wire";

const keep = (text: string, there: readonly string[] = []) =>
	wireText(text, (name) => there.includes(name))
		.replace(/[ \n]+/g, " ")
		.trim();

test("options that others define are left out, the file's own stay", () => {
	expect(keep('option java_package = "a"; option (x.y) = { a: "};" b: [1] }; message A {}')).toBe(
		'option java_package = "a" ; message A { }',
	);
	expect(keep('message A { string b = 1 [deprecated = true, (v).len = { min: 1, max: 2 }, json_name = "c"]; }')).toBe(
		'message A { string b = 1 [ deprecated = true , json_name = "c" ] ; }',
	);
	expect(keep("message A { string b = 1 [(v) = 1]; }")).toBe("message A { string b = 1 ; }");
	expect(keep('service S { rpc R(A) returns (B) { option (http) = { get: "/" }; } }')).toBe(
		"service S { rpc R ( A ) returns ( B ) { } }",
	);
});

test("imports stay where they are there", () => {
	expect(keep('import "a.proto"; import public "b.proto"; message A {}', ["b.proto"])).toBe(
		'import public "b.proto" ; message A { }',
	);
});

test("lines stay, comments do not, and a field may be called as it likes", () => {
	const text = "// a\nmessage A {\n\n  string option = 1; // b\n  string import = 2;\n}\n";
	expect(wireText(text, () => true)).toBe("\nmessage A {\n\nstring option = 1 ;\nstring import = 2 ;\n}\n");
});

test("what ends too soon ends here too", () => {
	expect(keep("message A { string b = 1 [(v) = {")).toBe("message A { string b = 1");
	expect(keep("option (a")).toBe("");
	const before = performance.now();
	keep(`message A {${"string a = 1 [(v) = 1];".repeat(10_000)}`);
	keep("[".repeat(200_000));
	expect(performance.now() - before).toBeLessThan(2_000);
});
