// Pure. What is needed to say whose a path is, and no more: the catalog in small, read by the look-up of pages and commands.
import { z } from "zod";
import { FINDING_CODES, LEVELS } from "./finding.ts";
import { ruleSchema } from "./ownership.ts";
import { placeStateSchema } from "./reality.ts";

const instant = z.iso.datetime();
const address = z.string().min(1);

const dataSchema = z.strictObject({
	/** By id. */
	teams: z.array(z.strictObject({ id: z.string(), name: z.string() })),
	/** Name of the coordinator. */
	coordinator: z.string(),
	/** The word by which a trailer names the coordinator; null: the content has none. */
	coordinatorWord: z.string().nullable(),
	/** Trailers of a commit message: the one that names the team, the one that names who agreed. */
	trailer: z.string(),
	coordinationTrailer: z.string(),
	/** By file and line. */
	rules: z.array(ruleSchema),
	/** Steps that hold for every shared path, in order. */
	sharedProtocol: z.array(z.string()),
	/** Those of paths. */
	claims: z.array(
		z.strictObject({
			id: z.string(),
			/** `path:` and a pattern. */
			resource: z.string(),
			team: z.string(),
			agreedBy: z.string(),
			reason: z.string(),
			fromAt: instant,
			/** First instant it no longer holds. */
			untilAt: instant,
		}),
	),
	/** Those that say where what they promise lies. */
	contracts: z.array(
		z.strictObject({ id: z.string(), title: z.string(), from: z.string(), to: z.string(), source: z.string() }),
	),
	/**
	 * Where the audit found what contracts promise, member by member, in the order of the contracts; null: nobody knows, as
	 * the tree of this log was not read for it.
	 */
	promises: z
		.array(
			z.strictObject({
				/** Id, title and parties of the contract. */
				contract: z.string(),
				title: z.string(),
				from: z.string(),
				to: z.string(),
				/** `Client.run`: what bears it, and the promised member. */
				what: z.string(),
				/** As it is shown. */
				path: z.string(),
				/** From 1; 0 where no line applies. */
				line: z.int().min(0),
				state: placeStateSchema,
				/** Whether all of it is kept; false also where parts could not be compared. */
				isProved: z.boolean(),
			}),
		)
		.nullable(),
	/** Open ones that stand at a path, as the log orders them. */
	conflicts: z.array(
		z.strictObject({
			id: z.string(),
			code: z.enum(FINDING_CODES),
			level: z.enum(LEVELS),
			state: z.string(),
			/** Where it was found: what a team did, or what lies there. */
			source: z.enum(["history", "tree"]),
			teams: z.array(z.string()),
			message: z.string(),
			/** Paths as they are shown, each once: those of moved files too as they were before. */
			paths: z.array(z.string()).min(1),
		}),
	),
});
/** All that a look-up is answered from. */
export type LookUpData = z.output<typeof dataSchema>;
export type LookUpClaim = LookUpData["claims"][number];
export type LookUpContract = LookUpData["contracts"][number];
export type LookUpPromise = NonNullable<LookUpData["promises"]>[number];
export type LookUpConflict = LookUpData["conflicts"][number];

/** /api/v1/look-up.json */
export const lookUpFileSchema = z.strictObject({
	version: z.literal(1),
	/** What was audited: answers are as of this commit. */
	repository: z.strictObject({
		name: z.string(),
		head: z.string(),
		headAt: instant,
		/** False: parts of the history were not read, and conflicts may be missing. */
		complete: z.boolean(),
		isSample: z.boolean(),
	}),
	data: dataSchema,
	/** Addresses of pages by what they show: ids of teams, contracts and conflicts; files of rules, whose line 7 is at `#L7`. */
	pages: z.strictObject({
		teams: z.record(z.string(), address),
		contracts: z.record(z.string(), address),
		conflicts: z.record(z.string(), address),
		rules: z.record(z.string(), address),
	}),
	/** Where a file of rules can be edited; those alone for which an address is known. */
	edit: z.record(z.string(), address),
});
export type LookUpFile = z.output<typeof lookUpFileSchema>;
