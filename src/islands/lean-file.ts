// Pure. Descriptors of generated messages from plain lists, so that the browser loads no parser of descriptors.
import { createFileRegistry, type DescFile } from "@bufbuild/protobuf";
import type { FileDescriptorProto } from "@bufbuild/protobuf/wkt";

/** name, number, type, label, type name, index of its oneof, whether it is `optional` in proto3. */
export type LeanField = readonly [string, number, number, number?, string?, number?, boolean?];
/** name, fields, names of the oneofs. */
export type LeanMessage = readonly [string, readonly LeanField[], readonly string[]];
/** name, then name and number of each value by turns. */
export type LeanEnum = readonly [string, readonly (string | number)[]];
/** file name, package, messages, enums. */
export type LeanFile = readonly [string, string, readonly LeanMessage[], readonly LeanEnum[]];

/** The descriptor of a proto3 file; does what `fileDesc` of protobuf-es does for one given as base64. */
export function leanFile([name, pkg, messages, enums]: LeanFile, imports: readonly DescFile[] = []): DescFile {
	const proto = {
		$typeName: "google.protobuf.FileDescriptorProto",
		name,
		package: pkg,
		syntax: "proto3",
		edition: 0,
		dependency: imports.map((file) => file.proto.name),
		publicDependency: [],
		extension: [],
		service: [],
		messageType: messages.map(messageProto),
		enumType: enums.map(enumProto),
	};
	const registry = createFileRegistry(proto as unknown as FileDescriptorProto, (wanted) =>
		imports.find((file) => file.proto.name === wanted),
	);
	return registry.getFile(name) as DescFile;
}

function messageProto([name, fields, oneofs]: LeanMessage) {
	return {
		name,
		field: fields.map(fieldProto),
		oneofDecl: oneofs.map((oneof) => ({ name: oneof })),
		nestedType: [],
		enumType: [],
		extension: [],
	};
}

function fieldProto([name, number, type, label = 1, typeName = "", oneofIndex, proto3Optional = false]: LeanField) {
	// protobuf-es tells a field of a oneof by its own property `oneofIndex`, whatever its value.
	const oneof = oneofIndex === undefined ? {} : { oneofIndex };
	return Object.assign(Object.create({ oneofIndex: 0, defaultValue: "", extendee: "" }), {
		name,
		number,
		type,
		label,
		typeName,
		jsonName: name,
		proto3Optional,
		...oneof,
	});
}

function enumProto([name, values]: LeanEnum) {
	const value = [];
	for (let at = 0; at < values.length; at += 2) value.push({ name: values[at], number: values[at + 1] });
	return { name, value };
}
