// Build time. A Vite plugin that keeps protobuf-es's parser of descriptors out of the browser's bundle.
import { fromBinary } from "@bufbuild/protobuf";
import { base64Decode } from "@bufbuild/protobuf/wire";
import {
	type DescriptorProto,
	type EnumDescriptorProto,
	type FieldDescriptorProto,
	FieldDescriptorProto_Label,
	FileDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";
import type { LeanEnum, LeanField, LeanFile, LeanMessage } from "./lean-file.ts";

const CALL = /\bfileDesc\(\s*"([A-Za-z0-9+/=]+)"/g;

/**
 * Generated code carries its descriptor as base64, and parsing that takes the descriptor of descriptors:
 * 5.6 KB gzip for a page that speaks two messages. This writes the few facts that encoding needs in plain
 * lists instead (`lean-file.ts`). For the browser's build only; Node reads the generated code as it is.
 */
export function leanDescriptors(runtime: string) {
	return {
		name: "lean-descriptors",
		enforce: "pre" as const,
		applyToEnvironment: (environment: { name: string }) => environment.name === "client",
		transform(code: string, id: string) {
			return isLoaded(id) ? leanCode(code, runtime) : null;
		},
	};
}

/** The generated modules that islands load. One that is not listed still works, at its full weight. */
const LOADED = ["coordination/v1/status_pb.js", "google/protobuf/timestamp_pb.js"];

function isLoaded(id: string): boolean {
	return LOADED.some((module) => id.split("?")[0]!.endsWith(`/${module}`));
}

/** The module's code with each descriptor in plain lists; null: it holds none. `runtime` is where `leanFile` is found. */
export function leanCode(code: string, runtime: string): string | null {
	let found = 0;
	const lean = code.replace(CALL, (_, base64: string) => {
		found++;
		return `leanFile(${JSON.stringify(leanFromBase64(base64))}`;
	});
	if (found === 0) return null;
	return `import { leanFile } from ${JSON.stringify(runtime)};\n${lean}`;
}

/** Throws for what the lists have no place for, rather than leave it out. */
function leanFromBase64(base64: string): LeanFile {
	const file = fromBinary(FileDescriptorProtoSchema, base64Decode(base64));
	if (file.syntax !== "proto3")
		throw new Error(`${file.name}: lean descriptors are for proto3, this is ${file.syntax}`);
	if (file.extension.length > 0) throw new Error(`${file.name}: lean descriptors have no extensions`);
	return [file.name, file.package, file.messageType.map(leanMessage), file.enumType.map(leanEnum)];
}

function leanMessage(message: DescriptorProto): LeanMessage {
	const { name, field, oneofDecl, nestedType, enumType, extension } = message;
	if (nestedType.length + enumType.length + extension.length > 0) {
		throw new Error(`${name}: lean descriptors have no nested types, maps or extensions`);
	}
	return [name, field.map(leanField), oneofDecl.map((oneof) => oneof.name)];
}

function leanField(field: FieldDescriptorProto): LeanField {
	if (field.options !== undefined) throw new Error(`${field.name}: lean descriptors have no field options`);
	const { name, number, type, label, typeName, proto3Optional } = field;
	if (proto3Optional || Object.hasOwn(field, "oneofIndex")) {
		return [name, number, type, label, typeName, field.oneofIndex, proto3Optional];
	}
	if (typeName !== "") return [name, number, type, label, typeName];
	return label === FieldDescriptorProto_Label.OPTIONAL ? [name, number, type] : [name, number, type, label];
}

function leanEnum({ name, value }: EnumDescriptorProto): LeanEnum {
	return [name, value.flatMap((each) => [each.name, each.number])];
}
