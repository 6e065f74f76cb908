// Pure. What the tree holds of each contract: written beside the conflict log, read by the pages.
import { z } from "zod";
import { DIFFERENCES, DOUBTS, UNPROVED } from "./contract-difference.ts";

/**
 * Of a promise. `kept`: in every place that could be judged, and in all its parts. `unproved`: in every such place, as far as
 * the text says; some part could not be compared. `mixed`: in some, not in others. `broken`: in none. `missing`: the symbol
 * is nowhere. `unknown`: no place could be judged.
 */
export const VERDICTS = ["kept", "unproved", "mixed", "broken", "missing", "unknown"] as const;
export type Verdict = (typeof VERDICTS)[number];

const differenceSchema = z.strictObject({
	kind: z.enum(DIFFERENCES),
	/** The line that shows it. */
	line: z.int().min(0),
	/** The parameter it is about; empty: none. */
	name: z.string(),
	promised: z.string(),
	found: z.string(),
});
export type Difference = z.output<typeof differenceSchema>;

const doubtSchema = z.strictObject({ kind: z.enum(DOUBTS), name: z.string() });
export type Unproved = (typeof UNPROVED)[number];
export type Doubt = z.output<typeof doubtSchema>;

const touchSchema = z.strictObject({ commit: z.string(), at: z.iso.datetime(), team: z.string().nullable() });

/**
 * `kept`: as promised, but for what is `unproved`. `differs`: not as promised. `absent`: the symbol is there, and this member of it is not.
 * `unknown`: what is there cannot be judged by the text alone.
 */
export const placeStateSchema = z.enum(["kept", "differs", "absent", "unknown"]);

/** One place that defines, or should define, a promised member. */
const placeSchema = z.strictObject({
	path: z.string(),
	line: z.int().min(0),
	/** As written there; null: it is not there, or what stands there has none. */
	signature: z.string().nullable(),
	state: placeStateSchema,
	/** Why it is `unknown`; else null. */
	doubt: doubtSchema.nullable(),
	differences: z.array(differenceSchema),
	/** Promised parts that could not be compared there; empty where the whole place was not judged. */
	unproved: z.array(z.enum(UNPROVED)),
	/**
	 * The newest commit that changed this file, its author date and its team (null: nobody known); null where the promise
	 * is kept, or where no commit that was read says so.
	 */
	last: touchSchema.nullable(),
	/** The commit before which this file kept the promise; null where no version that was read kept it. */
	broke: touchSchema.nullable(),
});

export const contractRealitySchema = z.strictObject({
	/** Id of the contract. */
	contract: z.string(),
	/** Files looked in, and files that might hold it and could not be read. */
	files: z.int().min(0),
	unread: z.int().min(0),
	/** Where the promised symbol is, if it is nowhere where it was looked for. */
	elsewhere: z.array(z.strictObject({ path: z.string(), line: z.int().min(0) })),
	/** In the order of the contract. */
	members: z.array(
		z.strictObject({
			name: z.string(),
			/** By path and line; empty: the symbol is nowhere. */
			places: z.array(placeSchema),
		}),
	),
});
export type ContractReality = z.output<typeof contractRealitySchema>;
export type MemberPlace = z.output<typeof placeSchema>;

/** A place of the tree where a port is bound by what starts there, or a registered one is only named. */
const portPlaceSchema = z.strictObject({
	use: z.enum(["bind", "mention"]),
	protocol: z.enum(["tcp", "udp"]),
	port: z.int().min(1).max(65_535),
	path: z.string(),
	line: z.int().min(0),
});
export type PortPlace = z.output<typeof portPlaceSchema>;

/** content/reality.json; regenerated with the log, from the same tree. */
export const realitySchema = z.strictObject({
	version: z.literal(1),
	/** Head the log was made at: both files belong together only if it is the same. */
	head: z.string(),
	/** In the order of the catalog. */
	contracts: z.array(contractRealitySchema),
	/** By port, then protocol, those that are bound first, path and line. */
	ports: z.array(portPlaceSchema),
});
export type Reality = z.output<typeof realitySchema>;
