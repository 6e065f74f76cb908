// Pure. What the files of the tree say, as far as detectors ask: plain JSON, so that it can be kept by blob id.
import type { RawPath } from "./history.ts";

/** A port that a file binds or names. */
export interface PortUse {
	readonly port: number;
	readonly protocol: "tcp" | "udp";
	/** `bind`: what starts from here listens on it, unless told otherwise; `mention`: it is only named. */
	readonly use: "bind" | "mention";
	/** How it stands there: a call's argument, a default, a flag, an assignment, a key, an address. */
	readonly how: "call" | "default" | "flag" | "assignment" | "key" | "publish" | "expose" | "address";
	readonly line: number;
}

/** A key of a configuration file with its nested keys; arrays have none. */
export interface ConfigKey {
	readonly key: string;
	readonly line: number;
	/** Digest of the value as data, whatever its layout: equal digests are equal values. */
	readonly value: string;
	readonly children: readonly ConfigKey[];
}

/** Sections at the top of a configuration file; empty where its top is no mapping. */
export interface ConfigFile {
	readonly keys: readonly ConfigKey[];
}

/** A parameter of a Python function, as declared. */
export interface PythonParameter {
	readonly name: string;
	readonly kind: "positional-only" | "positional" | "keyword-only" | "*args" | "**kwargs";
	readonly hasDefault: boolean;
}

export interface PythonFunction {
	readonly name: string;
	readonly line: number;
	readonly isAsync: boolean;
	/** Without `self` or `cls` of a method that is no static one. */
	readonly parameters: readonly PythonParameter[];
	/** The annotation's text, white space folded; null: there is none. */
	readonly returns: string | null;
	/** Names in the `return` statements of its own body, where they return plain names or tuples of such. */
	readonly returned: readonly string[];
	/** Whether it is a property. */
	readonly isProperty: boolean;
}

export interface PythonClass {
	readonly name: string;
	readonly line: number;
	readonly bases: readonly string[];
	readonly methods: readonly PythonFunction[];
	/** Names assigned in its body, or to `self` in its methods, with the first line. */
	readonly attributes: readonly { readonly name: string; readonly line: number; readonly annotation: string | null }[];
}

/** What a Python module defines at its top, also under `if` and `try`. */
export interface PythonModule {
	readonly classes: readonly PythonClass[];
	readonly functions: readonly PythonFunction[];
}

export interface ProtobufMethod {
	readonly name: string;
	readonly line: number;
	/** Full names where the file says so, else as written; `stream ` before them. */
	readonly request: string;
	readonly response: string;
}

/** What a .proto file declares. Names are full, without a leading dot. */
export interface ProtobufFile {
	readonly package: string;
	/** Paths as its imports name them. */
	readonly imports: readonly string[];
	/** Of all it declares, whatever its comments, layout and options of the file; empty where it declares nothing. */
	readonly digest: string;
	readonly messages: readonly { readonly name: string; readonly line: number }[];
	readonly enums: readonly { readonly name: string; readonly line: number }[];
	readonly services: readonly {
		readonly name: string;
		readonly line: number;
		readonly methods: readonly ProtobufMethod[];
	}[];
}

/** One dependency as a manifest asks for it. */
export interface Requirement {
	/** Normalised as the ecosystem does it. */
	readonly name: string;
	/** The range as written; empty: any. */
	readonly range: string;
	readonly line: number;
	/** `runtime`, or the group or extra it belongs to. */
	readonly group: string;
}

export interface Manifest {
	readonly ecosystem: "python" | "npm";
	readonly kind: "pyproject" | "setup" | "requirements" | "package-json";
	readonly requirements: readonly Requirement[];
	/** The range of interpreters asked for; null: none. */
	readonly runtime: { readonly range: string; readonly line: number } | null;
	/** What builds it; null: not said. */
	readonly buildBackend: { readonly name: string; readonly line: number } | null;
}

/** Generated code, and the least version of the runtime that it checks for itself. */
export interface GeneratedCode {
	/** Normalised name of the package it needs. */
	readonly package: string;
	readonly atLeast: string;
	readonly line: number;
}

/** A file's text in short, to tell copies from namesakes. Lines that are blank, or only comment or brackets, are left out. */
export interface TextSketch {
	readonly lines: number;
	/** The least hashes of its distinct lines, ascending, each of `HASH_WIDTH` characters; all of them where they are few. */
	readonly hashes: string;
	/** Of all its lines in their order: texts with equal ones say the same. */
	readonly digest: string;
}
export const HASH_WIDTH = 4;
/** So many hashes at most. */
export const HASHES_KEPT = 128;

/** Why a file could not be read. */
export interface Unread {
	readonly path: RawPath;
	readonly line: number;
	/** A few words: what the parser says, a size, that the blob is missing. */
	readonly reason: string;
	/** What was to be read from it. */
	readonly aspect: Aspect;
}

type ByPath<T> = ReadonlyMap<RawPath, T>;

/** Facts by path, in the order of the tree; files that say nothing of an aspect are left out of it. */
export interface TreeFacts {
	readonly ports: ByPath<readonly PortUse[]>;
	readonly config: ByPath<ConfigFile>;
	readonly python: ByPath<PythonModule>;
	readonly protobuf: ByPath<ProtobufFile>;
	readonly manifests: ByPath<Manifest>;
	readonly generated: ByPath<readonly GeneratedCode[]>;
	readonly sketches: ByPath<TextSketch>;
	readonly unread: readonly Unread[];
}
export type Aspect = Exclude<keyof TreeFacts, "unread">;
