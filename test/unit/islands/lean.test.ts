import { readFileSync } from "node:fs";
import { create, type DescField, type DescFile, type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import { file_google_protobuf_timestamp } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { leanCode } from "#islands/lean-descriptors.ts";
import { type LeanFile, leanFile } from "#islands/lean-file.ts";
import {
	file_coordination_v1_status,
	GetClusterResponseSchema,
	GetTeamsResponseSchema,
	NodeState,
} from "#wire/gen/coordination/v1/status_pb.js";
import { clusterToWire } from "#wire/map";
import { teamsToWire } from "#wire/map-teams";
import { cluster, node, silentNode, team, teams } from "./samples.ts";

const GENERATED = new URL("../../../src/wire/gen/coordination/v1/status_pb.js", import.meta.url);
const TIMESTAMP = new URL(
	"../../../node_modules/@bufbuild/protobuf/dist/esm/wkt/google/protobuf/timestamp_pb.js",
	import.meta.url,
);

/** The lists that the build would write into the module. */
function listsIn(module: URL): LeanFile {
	const code = leanCode(readFileSync(module, "utf8"), "x");
	const line = code.split("\n").find((each) => each.includes("leanFile(["))!;
	const from = line.indexOf("[");
	let depth = 0;
	for (let at = from; at < line.length; at++) {
		if (line[at] === "[") depth++;
		if (line[at] === "]" && --depth === 0) return JSON.parse(line.slice(from, at + 1)) as LeanFile;
	}
	throw new Error("no lists");
}

const leanTimestamp = leanFile(listsIn(TIMESTAMP));
const lean = leanFile(listsIn(GENERATED), [leanTimestamp]);

function messageNamed(typeName: string): DescMessage {
	return lean.messages.find((message) => message.typeName === typeName)!;
}

/** All that encoding reads of a field, its types by name. */
function facts(field: DescField) {
	const { kind, localName, number, fieldKind, presence, utf8Validation, packed, delimitedEncoding } =
		field as DescField & {
			packed?: boolean;
			delimitedEncoding?: boolean;
		};
	return {
		...{ kind, localName, number, fieldKind, presence, utf8Validation, packed, delimitedEncoding },
		listKind: field.fieldKind === "list" ? field.listKind : undefined,
		scalar: field.scalar,
		longAsString: (field as { longAsString?: boolean }).longAsString,
		message: field.message?.typeName,
		enum: field.enum?.typeName,
		values: field.enum?.values.map(({ localName: name, number: value }) => [name, value]),
		open: field.enum?.open,
		oneof: field.oneof?.name,
		parent: field.parent.typeName,
		default: field.fieldKind === "list" ? undefined : (field as { getDefaultValue(): unknown }).getDefaultValue(),
	};
}

function messageFacts(file: DescFile) {
	return file.messages.map((message: DescMessage) => ({
		kind: message.kind,
		typeName: message.typeName,
		fields: message.fields.map(facts),
		byName: Object.keys(message.field),
		members: message.members.map((member) => member.localName),
		edition: message.file.edition,
		file: message.file.name,
	}));
}

describe("descriptors in plain lists", () => {
	it("are the same as the real ones in all that encoding reads", () => {
		expect(messageFacts(lean)).toEqual(messageFacts(file_coordination_v1_status));
		expect(messageFacts(leanTimestamp)).toEqual(messageFacts(file_google_protobuf_timestamp));
		expect(messageFacts(lean).length).toBeGreaterThan(10);
	});

	const answers = [
		{
			schema: GetClusterResponseSchema,
			message: clusterToWire({
				version: 2n ** 60n,
				epoch: 3n,
				uptimeMs: 1,
				notices: ["one"],
				history: { minute: 29_000_000, byNode: {} },
				snapshot: cluster(node(), silentNode(), node({ gpuUtilizationPercent: 0 })),
			}),
		},
		{
			schema: GetTeamsResponseSchema,
			message: teamsToWire({
				version: 3n,
				epoch: 3n,
				uptimeMs: 1,
				notices: [],
				derivedAgeMs: 5,
				generatedAt: "2026-11-23T22:10:00.250Z",
				snapshot: teams(team()),
			}),
		},
	];
	it.each(answers)("read and write the bytes of $schema.typeName as the real ones do", ({ schema, message }) => {
		const bytes = toBinary(schema, message as never);
		const leanSchema = messageNamed(schema.typeName);
		const read = fromBinary(leanSchema, bytes);
		expect(read).toEqual(message);
		expect(toBinary(leanSchema, read)).toEqual(bytes);
		expect(create(leanSchema)).toEqual(create(schema));
	});

	it("refuse text that is no UTF-8, as the real ones do", () => {
		const bytes = new Uint8Array([0x0a, 0x01, 0xff]);
		const nodeSchema = messageNamed("coordination.v1.Node");
		expect(() => fromBinary(nodeSchema, bytes)).toThrow();
	});

	it("keep the numbers of enums", () => {
		const values = lean.enums[0]!.values.map(({ localName, number }) => [localName, number]);
		expect(values).toEqual(Object.entries(NodeState).filter(([, number]) => typeof number === "number"));
	});
});

describe("the build", () => {
	it("stops where generated code holds no descriptor it knows", () => {
		expect(() => leanCode("export const x = fileDescriptor()", "x")).toThrow("no descriptor found");
	});

	it("stops at what the lists have no place for", () => {
		const struct = new URL(TIMESTAMP.href.replace("timestamp_pb", "struct_pb"));
		expect(() => leanCode(readFileSync(struct, "utf8"), "x")).toThrow("lean descriptors have no maps");
	});
});
