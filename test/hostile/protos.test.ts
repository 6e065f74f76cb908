// .proto files that are made to keep buf busy, or to be written elsewhere: each is answered, soon, and stays in its folder.
import { expect, test } from "vitest";
import { askBuf } from "#scripts/lib/buf-breaking";
import { createReader, readVersion } from "#scripts/lib/proto-version";

const side = (text: string) => new Map([["a.proto", `syntax = "proto3";\npackage p;\n${text}`]]);
const OLD = side("message A { string b = 1; }");

test.each([
	["what breaks the wire", "message A { int32 b = 1; }", "breaks"],
	["what does not parse", "message A {", "fault"],
	["nesting as deep as is read", `${"message A {".repeat(31)}${"}".repeat(31)}`, "breaks"],
	[
		"many fields",
		`message A { ${Array.from({ length: 20_000 }, (_, at) => `string b${at} = ${at + 1};`).join("\n")} }`,
		"any",
	],
])("%s is answered", async (_, text, expected) => {
	const answer = await askBuf(OLD, side(text));
	if (expected !== "any") expect(Object.keys(answer)).toContain(expected);
	if ("breaks" in answer && text.includes("int32")) {
		expect(answer.breaks[0]).toMatchObject({ type: "FIELD_WIRE_COMPATIBLE_TYPE", line: 3 });
	}
	expect(JSON.stringify(answer)).not.toContain("coordination-buf-");
});

test("names that are folders and files at once are a fault, not an end", async () => {
	const clash = new Map([...OLD, ["a.proto/b.proto", 'syntax = "proto3";']]);
	expect(await askBuf(OLD, clash)).toMatchObject({ isPassing: true });
});

test("imports that lead out of the folder are never followed", () => {
	const text = 'syntax = "proto3"; import "../../etc/x.proto"; import "/x.proto"; import "./x.proto"; message A {}';
	const entry = { path: "x.proto", id: "x", mode: "100644" };
	const blobs = {
		byBlob: new Map([
			["a", text],
			["x", text],
		]),
		heads: new Map([["x.proto", [entry]]]),
		read: createReader(),
	};
	const version = readVersion("a.proto", "a", blobs);
	expect([...(version?.files ?? [])].map(([name]) => name)).toEqual(["coordination_subject.proto"]);
	expect(version?.files.get("coordination_subject.proto")).not.toContain("import");
});
