// Pure. The registry: which files each aspect is read from, and the extractor that reads it.
import type { RawPath } from "#model/history";
import type { Aspect, TreeFacts } from "#model/tree-facts";
import { configKind } from "./config-kind.ts";
import type { Extractor } from "./extractor.ts";
import { manifestKind } from "./manifest-kind.ts";
import { portKind } from "./port-kind.ts";
import { sketchKind } from "./sketch-kind.ts";
import { generatedKind, protobufKind, pythonKind } from "./source-kind.ts";

type FactsOf<A extends Aspect> = TreeFacts[A] extends ReadonlyMap<string, infer T> ? T : never;

export interface Reader<T> {
	/** As the extractor's own: known before it is loaded. */
	readonly kindOf: (path: RawPath) => string | null;
	/** Parsers take longer to load than all else that a second audit does. */
	readonly load: () => Promise<Extractor<T>>;
}
export type Readers = { readonly [A in Aspect]?: Reader<FactsOf<A>> };

export const readers: Readers = {
	config: { kindOf: configKind, load: async () => (await import("./config.ts")).configExtractor },
	generated: { kindOf: generatedKind, load: async () => (await import("./generated.ts")).generated },
	manifests: { kindOf: manifestKind, load: async () => (await import("./manifests.ts")).manifests },
	protobuf: { kindOf: protobufKind, load: async () => (await import("./protobuf.ts")).protobuf },
	python: { kindOf: pythonKind, load: async () => (await import("./python.ts")).python },
	sketches: { kindOf: sketchKind, load: async () => (await import("./sketches.ts")).sketches },
	// Last, so that of a file that no parser can read its own aspect tells.
	ports: { kindOf: portKind, load: async () => (await import("./ports.ts")).portsExtractor },
};
