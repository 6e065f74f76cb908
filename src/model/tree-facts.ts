// Pure. What the files of the tree say, as far as detectors ask: plain JSON, so that it can be kept by blob id.
import type { RawPath } from "./history.ts";

/** A port that a file binds or names. */
export interface PortUse {
	readonly port: number;
	readonly protocol: "tcp" | "udp";
	/** `bind`: what starts from here listens on it, unless told otherwise; `mention`: it is only named. */
	readonly use: "bind" | "mention";
	/** How it stands there: a call's argument, a default, a flag, an assignment, a key, an address, or prose. */
	readonly how: "call" | "default" | "flag" | "assignment" | "key" | "publish" | "expose" | "address" | "prose";
	readonly line: number;
	/** Of a published port: the container's own behind it. */
	readonly inner?: number;
	/** Of a bind by a command or a description: what it starts, as written (a path, a module, a service); null: itself. */
	readonly starts: string | null;
}

/** The ports of a file. */
export interface FilePorts {
	/** By line. */
	readonly uses: readonly PortUse[];
	/** Whether it listens by a call of its own, on whatever port. */
	readonly listens: boolean;
}

/** A key of a configuration file with its nested keys; arrays have none. */
export interface ConfigKey {
	readonly key: string;
	readonly line: number;
	/**
	 * Digest of the value as data, whatever its layout: equal digests are equal values. Empty: it says nothing, as an empty
	 * mapping or null.
	 */
	readonly value: string;
	/** In their order; those that lie too deep or are too many are left out, and are part of the digest all the same. */
	readonly children: readonly ConfigKey[];
}

/** Sections at the top of a configuration file; empty where its top is no mapping. */
export interface ConfigFile {
	readonly format: "JSON" | "YAML" | "TOML";
	readonly keys: readonly ConfigKey[];
	/** Whether its keys are known: not where it does not parse, or is a template of its format. */
	readonly isRead: boolean;
	/** Whether keys were left out, because they lie too deep or are too many. */
	readonly isCut: boolean;
	/** Where it does not parse, and what the parser says; null: it does, or it is a template of its format. */
	readonly fault: { readonly line: number; readonly reason: string } | null;
}

/** A key that one version of a configuration file has other than the one before it, with the keys above it. */
export interface EditedKey {
	readonly path: readonly string[];
	readonly how: "added" | "changed" | "removed";
	/** Digest of its value as data: of the new one, or of what was removed. */
	readonly value: string;
}

/** What one version of a configuration file says other than the one before it. */
export interface KeyDifference {
	/** The first of them. */
	readonly keys: readonly EditedKey[];
	readonly count: number;
	/** Whether keys were left out of a version: then an edited key may stand for one below it. */
	readonly isCut: boolean;
}

/** What a `return` gives, as far as its text shows. */
export type PythonResult =
	| "nothing"
	| "tuple"
	| "dictionary"
	| "list"
	| "set"
	| "text"
	| "number"
	| "boolean"
	/** Anything else: a name, a call. */
	| "value";

export interface PythonFunction {
	readonly name: string;
	readonly line: number;
	/** From `def` or `async` to the annotation of its result, as written, white space folded. */
	readonly signature: string;
	readonly isAsync: boolean;
	/**
	 * Python's own notation, without annotations and values: `a`, `b=` (has a default), `/`, `*`, `*args`, `**kwargs`.
	 * Without what a call of a method leaves out: `self` or `cls`.
	 */
	readonly parameters: readonly string[];
	/** The annotation's text, white space folded; null: there is none. */
	readonly returns: string | null;
	/** What the `return` statements of its own body give, each but once, at the first line. `size`: of a tuple written out. */
	readonly gives?: readonly { readonly result: PythonResult; readonly line: number; readonly size?: number }[];
	/** Whether it yields. */
	readonly isGenerator?: true;
	/** Whether its body says nothing of what it does: only words, `...`, `pass` or `raise`. */
	readonly isStub?: true;
	/** Decorators, outermost first: dotted names without arguments; what is no name is `?`. */
	readonly decorators?: readonly string[];
	readonly under?: PythonCondition;
}

/** What a definition stands under: `if TYPE_CHECKING`, which never runs, or something that may or may not run. */
export type PythonCondition = "typing" | "condition";

export interface PythonClass {
	/** As Python's `__qualname__`: `A`, `A.B`, `f.<locals>.C`. */
	readonly name: string;
	readonly line: number;
	/** Dotted names, subscripts left out; `metaclass=M`; what is no name is `?`. */
	readonly bases: readonly string[];
	readonly methods: readonly PythonFunction[];
	/**
	 * Names assigned or imported in its body, or assigned to `self` in its methods, each once, with the first line;
	 * `__dict__` where its methods give attributes by other means.
	 */
	readonly attributes: readonly PythonName[];
	readonly decorators?: readonly string[];
	readonly under?: PythonCondition;
}

export interface PythonName {
	readonly name: string;
	readonly line: number;
	/** The annotation's text, white space folded. */
	readonly annotation?: string;
}

/** `from a.b import C as D`: D, a.b, C. `import a.b`: a.b, a.b. `from .a import *`: *, .a, *. */
export interface PythonImport {
	readonly name: string;
	readonly from: string;
	/** What of the module; left out: the module itself. */
	readonly member?: string;
}

/** What a Python module defines at its top, also under `if`, `try` and the like; of classes, those within others too. */
export interface PythonModule {
	readonly classes: readonly PythonClass[];
	readonly functions: readonly PythonFunction[];
	/** Names assigned at its top, each once. */
	readonly names: readonly PythonName[];
	readonly imports: readonly PythonImport[];
	/** The first line that its parser does not understand: what is told of the module may lack something. */
	readonly fault?: number;
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

/** A commit's change of a .proto file that is still there, held against the rules of the wire. */
export interface WireChange {
	readonly path: RawPath;
	/** Id of the commit. */
	readonly commit: string;
	/** Of the file as it was after the commit; empty: it has none, or could not be read. */
	readonly package: string;
	/** What breaks the wire, as buf says it, with the line after the commit; only what the head did not mend. */
	readonly breaks: readonly { readonly message: string; readonly line: number }[];
	/** Why the two versions were not compared; null: they were. */
	readonly fault: string | null;
}

/** One dependency as a manifest asks for it. */
export interface Requirement {
	/** Normalised as the ecosystem does it. */
	readonly name: string;
	/** A specifier of PEP 440 or of npm; empty: any. */
	readonly range: string;
	readonly line: number;
	/** `runtime`, or the group or extra it belongs to. */
	readonly group: string;
	/** Whether it holds only for some interpreters or systems. */
	readonly isConditional: boolean;
}

export interface Manifest {
	readonly ecosystem: "python" | "npm";
	readonly kind: "pyproject" | "setup" | "requirements" | "package-json";
	readonly requirements: readonly Requirement[];
	/** The range of interpreters asked for; null: none. */
	readonly runtime: { readonly range: string; readonly line: number } | null;
	/** What builds it; null: not said. */
	readonly buildBackend: { readonly name: string; readonly line: number } | null;
	/** Whether a tool wrote it out of another manifest, every version decided. */
	readonly isLock: boolean;
	/** Globs of folders below it whose packages share its lock file, and of those that do not; null: it has none. */
	readonly members: { readonly include: readonly string[]; readonly exclude: readonly string[] } | null;
	/** Whether it describes something that is run, and not only built on: it names commands, or is never published. */
	readonly isApplication: boolean;
}

/** Generated code, and the least version of a package that it is made for. */
export interface GeneratedCode {
	/** Normalised name of the package it needs. */
	readonly package: string;
	readonly atLeast: string;
	/** Whether it refuses to be loaded beside an older one; otherwise it only says what it was made with. */
	readonly isChecked: boolean;
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
	/** A few words: what the parser says, or a size. */
	readonly reason: string;
	/** Its contents are not in this clone: nothing is wrong with the file. */
	readonly isMissing?: boolean;
	/** What was to be read from it. */
	readonly aspect: Aspect;
}

type ByPath<T> = ReadonlyMap<RawPath, T>;

/** Facts by path, in the order of the tree; files that say nothing of an aspect are left out of it. */
export interface TreeFacts {
	readonly ports: ByPath<FilePorts>;
	readonly config: ByPath<ConfigFile>;
	readonly python: ByPath<PythonModule>;
	readonly protobuf: ByPath<ProtobufFile>;
	readonly manifests: ByPath<Manifest>;
	readonly generated: ByPath<readonly GeneratedCode[]>;
	readonly sketches: ByPath<TextSketch>;
	readonly unread: readonly Unread[];
	/** Of .proto files, by commit. */
	readonly wireChanges: readonly WireChange[];
}
export type Aspect = Exclude<keyof TreeFacts, "unread" | "wireChanges">;
