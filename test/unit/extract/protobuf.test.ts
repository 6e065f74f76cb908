import { describe, expect, test } from "vitest";
import { Unreadable } from "#extract/extractor";
import { protobuf, readFields } from "#extract/protobuf";

const read = (text: string) => protobuf.extract(text, "proto");
const names = (list: readonly { name: string; line: number }[]) => list.map(({ name, line }) => `${name}:${line}`);

test("only .proto files are read", () => {
	expect(protobuf.kindOf("a/b.proto")).toBe("proto");
	expect(protobuf.kindOf("a/proto")).toBeNull();
	expect(protobuf.kindOf("a/b.proto.txt")).toBeNull();
});

test("package, imports, messages, enums and services stand with full names and lines", () => {
	const file = read(`// message Not {}
syntax = "proto3";
package team.v1;
import "google/protobuf/empty.proto";
import public "other.proto";
option (mine) = { message: "message No {}" list: [ { a: 1 } ] };

/* message
 * Neither {} */
message Outer {
  message Inner { enum Kind { KIND_UNSPECIFIED = 0; } }
  oneof choice { string message = 1 [deprecated = true]; Inner inner = 2; }
  map<string, Inner> all = 3;
  reserved 4 to 6; reserved "enum";
}
enum State { option allow_alias = true; STATE_UNSPECIFIED = 0 [(x) = {y: "}"}]; }
service Api {
  rpc Get(Outer) returns (google.protobuf.Empty) { option (http) = { get: "/v1" }; }
  rpc Watch (
    stream .team.v1.Outer
  ) returns (stream Outer.Inner);
}
`);
	expect(file.package).toBe("team.v1");
	expect(file.imports).toEqual(["google/protobuf/empty.proto", "other.proto"]);
	expect(names(file.messages)).toEqual(["team.v1.Outer:10", "team.v1.Outer.Inner:11"]);
	expect(names(file.enums)).toEqual(["team.v1.Outer.Inner.Kind:11", "team.v1.State:16"]);
	expect(names(file.services)).toEqual(["team.v1.Api:17"]);
	expect(file.services[0]?.methods).toEqual([
		{ name: "Get", line: 18, request: "team.v1.Outer", response: "google.protobuf.Empty" },
		{ name: "Watch", line: 19, request: "stream team.v1.Outer", response: "stream team.v1.Outer.Inner" },
	]);
});

test("proto2: groups declare messages, extensions do not, fields are no declarations", () => {
	const file = read(`package p;
message A {
  extensions 100 to max;
  repeated group Result = 1 { required string url = 2; }
  optional A enum_like = 3 [default = "message X {"];
}
extend A { optional int32 more = 100; }
`);
	expect(names(file.messages)).toEqual(["p.A:2", "p.A.Result:4"]);
	expect(file.enums).toEqual([]);
});

test("without a package names stand alone", () => {
	expect(names(read('syntax = "proto3"; message A { A a = 1; };').messages)).toEqual(["A:1"]);
	expect(read("")).toEqual({ package: "", imports: [], messages: [], enums: [], services: [], digest: "" });
});

describe("the digest is of what is declared", () => {
	const text = 'syntax = "proto3"; package p; option go_package = "a"; message A { string b = 1; }';
	test.each([
		["comments", text.replace("message", "// a comment\nmessage")],
		["layout", text.replaceAll(" ", "\n ")],
		["options of the file", text.replace('"a"', '"b"')],
	])("%s do not move it", (_, other) => expect(read(other).digest).toBe(read(text).digest));
	test.each([
		["a number", text.replace("= 1", "= 2")],
		["a type", text.replace("string", "bytes")],
		["a name", text.replace("b =", "c =")],
	])("%s does", (_, other) => expect(read(other).digest).not.toBe(read(text).digest));
});

test("fields are known by number, repetition and the last part of their type", () => {
	const fields = readFields(`message A {
	option deprecated = true; reserved 9; extensions 100 to 200;
	optional a.b.Item item = 1 [deprecated = true]; repeated .c.Item items = 2;
	oneof one { string text = 3; }
	map<string, d.Item> by_name = 4;
	message Inner { int32 item = 1; }
	extend Other { int32 more = 5; }
}`);
	expect(Object.fromEntries(fields.get("A") ?? [])).toEqual({
		1: "Item",
		2: "repeated Item",
		3: "string",
		4: "map < string , Item >",
	});
	expect(Object.fromEntries(fields.get("A.Inner") ?? [])).toEqual({ 1: "int32" });
});

describe("what is no .proto is refused with its line", () => {
	test.each([
		["a merge marker", "package p;\n<<<<<<< HEAD\nmessage A {}\n", 2],
		["a marker within a message", "message A {\n<<<<<<< HEAD\nstring a = 1;\n}\n", 2],
		["prose", "Here is\na service", 1],
		["a block that is not closed", "message A {\n", 0],
		["a statement without an end", "package p\n", 1],
		["a closing brace too many", "message A {}\n}\n", 2],
		["a string that is not closed", 'import "a\n', 1],
		["a comment that is not closed", "/* a\n", 2],
		["a service without returns", "service A { rpc B(C); }", 1],
	])("%s", (_, text, line) => {
		expect(() => read(text)).toThrow(Unreadable);
		expect(() => read(text)).toThrow(expect.objectContaining({ line }));
	});
});

describe("hostile files end soon", () => {
	const size = 200_000;
	test.each([
		["deep", "message A{".repeat(size / 10)],
		["many fields", `message A {${Array.from({ length: size / 10 }, (_, at) => `int32 a${at}=${at};`).join("")}}`],
		["a long package", `package ${"a.".repeat(size / 2)}a; service S { rpc A(B) returns (C); }`],
		["long names", `message ${"A".repeat(size / 2)} { ${"message B{}".repeat(size / 22)} }`],
		["open brackets", `option (a) = ${"{a:".repeat(size / 3)}`],
		["open quotes", 'option a = "\\\n'.repeat(size / 14)],
		["doc comments on one line", "/** a */ ".repeat(size / 9)],
	])("%s", (_, text) => {
		const before = performance.now();
		try {
			expect(JSON.stringify(read(text)).length).toBeLessThan(5 * size);
		} catch (error) {
			expect(error).toBeInstanceOf(Unreadable);
		}
		expect(performance.now() - before).toBeLessThan(2_000);
	});
});
