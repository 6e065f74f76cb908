// Pure. The registry: every extractor, by what it reads out of files.
import type { Aspect, TreeFacts } from "#model/tree-facts";
import { configExtractor } from "./config.ts";
import type { Extractor } from "./extractor.ts";
import { generated } from "./generated.ts";
import { manifests } from "./manifests.ts";
import { portsExtractor } from "./ports.ts";
import { protobuf } from "./protobuf.ts";
import { python } from "./python.ts";
import { sketches } from "./sketches.ts";

type FactsOf<A extends Aspect> = TreeFacts[A] extends ReadonlyMap<string, infer T> ? T : never;

/** By aspect. */
export type Extractors = { readonly [A in Aspect]?: Extractor<FactsOf<A>> };

export const extractors: Extractors = {
	config: configExtractor,
	generated,
	manifests,
	protobuf,
	python,
	sketches,
	// Last, so that of a file that no parser can read its own aspect tells.
	ports: portsExtractor,
};
