// Pure. The whole of content/, validated and cross-linked: what every command and page reads.
import type { Claim, Note, Phase, Port, Resolution } from "./agreement.ts";
import type { Contract } from "./contract.ts";
import type { Namespace } from "./namespace.ts";
import type { Rule } from "./ownership.ts";
import type { Project } from "./project.ts";
import type { Team } from "./team.ts";

/** All lists are sorted by id, rules by file and line, so that the order of files on disk never matters. */
export interface Catalog {
	readonly project: Project;
	readonly teams: readonly Team[];
	readonly rules: readonly Rule[];
	/** Steps that hold for every shared path, in order, over all shared ownership files. */
	readonly sharedProtocol: readonly string[];
	readonly contracts: readonly Contract[];
	readonly namespaces: readonly Namespace[];
	readonly ports: readonly Port[];
	readonly phases: readonly Phase[];
	readonly claims: readonly Claim[];
	readonly resolutions: readonly Resolution[];
	readonly notes: readonly Note[];
}
