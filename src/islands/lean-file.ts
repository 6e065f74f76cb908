// Pure. Descriptors of generated messages from plain lists, so that the browser loads no parser of descriptors.
import type { DescEnum, DescField, DescFile, DescMessage } from "@bufbuild/protobuf";

/** Name in the message object, number, type of descriptor.proto, kind, and the type's name: of this file, or `.full.Name`. */
export type LeanField = readonly [string, number, number, FieldKind?, string?];
/** 0: implicit presence · 1: `optional` in proto3 · 2: repeated. */
export type FieldKind = 0 | 1 | 2;
/** Name, fields. */
export type LeanMessage = readonly [string, ...LeanField[]];
/** Name, then name in the enum object and number of each value by turns. */
export type LeanEnum = readonly [string, ...(string | number)[]];
/** File name, package, messages, enums. */
export type LeanFile = readonly [string, string, readonly LeanMessage[], readonly LeanEnum[]];

const OPTIONAL = 1;
const REPEATED = 2;
// Numbers of descriptor.proto, fixed by the wire format's own definition.
const PROTO3 = 999;
const STRING = 9;
const MESSAGE = 11;
const BYTES = 12;
const ENUM = 14;
const EXPLICIT = 1;
const IMPLICIT = 2;

/**
 * The descriptor of a proto3 file, as `fileDesc` of protobuf-es makes it from base64, in all that create,
 * toBinary and fromBinary read. Names for JSON, options and services are not there.
 */
export function leanFile([name, pkg, messages, enums]: LeanFile, imports: readonly DescFile[] = []): DescFile {
	const file = { kind: "file", name, edition: PROTO3, messages: [] as DescMessage[], enums: [] as DescEnum[] };
	const types = new Map<string, DescMessage | DescEnum>();
	for (const other of imports) for (const message of other.messages) types.set(`.${message.typeName}`, message);
	for (const [short, ...values] of enums) {
		const desc = leanEnum(`${pkg}.${short}`, values);
		types.set(short, desc);
		file.enums.push(desc);
	}
	for (const [short] of messages) {
		const typeName = `${pkg}.${short}`;
		const desc = {
			kind: "message",
			typeName,
			file,
			fields: [],
			field: {},
			members: [],
			oneofs: [],
			toString: () => typeName,
		};
		types.set(short, desc as unknown as DescMessage);
		file.messages.push(desc as unknown as DescMessage);
	}
	messages.forEach(([, ...fields], index) => {
		const message = file.messages[index]!;
		for (const lean of fields) {
			const field = leanField(lean, message, types);
			message.fields.push(field);
			message.members.push(field);
			message.field[field.localName] = field;
		}
	});
	return file as unknown as DescFile;
}

function leanEnum(typeName: string, pairs: readonly (string | number)[]): DescEnum {
	const values = [];
	for (let at = 0; at < pairs.length; at += 2) values.push({ localName: pairs[at], number: pairs[at + 1] });
	return { kind: "enum", typeName, open: true, values } as unknown as DescEnum;
}

function leanField(
	[localName, number, type, kind = 0, typeName = ""]: LeanField,
	parent: DescMessage,
	types: ReadonlyMap<string, DescMessage | DescEnum>,
): DescField {
	const valueKind = type === MESSAGE ? "message" : type === ENUM ? "enum" : "scalar";
	const isList = kind === REPEATED;
	return {
		kind: "field",
		localName,
		name: localName,
		number,
		parent,
		fieldKind: isList ? "list" : valueKind,
		listKind: isList ? valueKind : undefined,
		scalar: valueKind === "scalar" ? type : undefined,
		message: valueKind === "message" ? types.get(typeName) : undefined,
		enum: valueKind === "enum" ? types.get(typeName) : undefined,
		presence: !isList && (kind === OPTIONAL || type === MESSAGE) ? EXPLICIT : IMPLICIT,
		packed: isList ? ![STRING, MESSAGE, BYTES].includes(type) : undefined,
		delimitedEncoding: type === MESSAGE ? false : undefined,
		utf8Validation: true,
		longAsString: false,
		getDefaultValue: isList ? undefined : () => undefined,
		toString: () => `field ${parent.typeName}.${localName}`,
	} as unknown as DescField;
}
