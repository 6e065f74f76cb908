// Pure. What the site answers to machines below /api/v1/: the shape of each answer. Within a version fields are added only.
import { z } from "zod";
import { claimSchema, phaseSchema, portRangeSchema } from "./agreement.ts";
import { conflictLogSchema, conflictSchema } from "./conflict-log.ts";
import { contractSchema } from "./contract.ts";
import { lookUpFileSchema } from "./look-up.ts";
import { namespaceSchema } from "./namespace.ts";
import { ruleSchema } from "./ownership.ts";
import { pathListSchema } from "./path-list.ts";
import { projectSchema } from "./project.ts";
import { contractRealitySchema, VERDICTS } from "./reality.ts";
import { teamStatusSchema } from "./snapshot.ts";
import { teamSchema } from "./team.ts";

const placeInContent = { id: z.string(), file: z.string().describe("File of the content that says so") };
const page = z.string().describe("Address of its page: absolute, or from the root of the site's host");

/** What every answer begins with, so that a reader can tell how old it is and what it is worth. */
const head = {
	version: z.literal(1),
	repository: z
		.strictObject({
			name: z.string(),
			head: conflictLogSchema.shape.repository.shape.head,
			headAt: z.iso.datetime().describe("Date of the head: how old all that was read of the repository is"),
			complete: z.boolean().describe("False: not all was read, and the absence of a conflict proves nothing"),
			isSample: z.boolean().describe("True: this is the product's own sample and not a project of yours"),
		})
		.describe("What was audited"),
};
export const answerHeadSchema = z.strictObject(head);
export type AnswerHead = z.output<typeof answerHeadSchema>;

const { derived, contradictions } = teamStatusSchema.shape;

export const teamsAnswerSchema = z.strictObject({
	...head,
	teams: z.array(
		teamSchema.omit({ status: true }).extend({
			...placeInContent,
			page,
			declared: teamSchema.shape.status.unwrap().describe("What the content says of the team's status"),
			derived: derived
				.omit({ branches: true, worktrees: true })
				.describe("What git shows of it; what is not committed yet is told by a gateway alone"),
			contradictions: contradictions.describe("What the two say against each other"),
		}),
	),
});

export const rulesAnswerSchema = z.strictObject({
	...head,
	coverage: conflictLogSchema.shape.coverage.describe("Tracked files at the head"),
	sharedProtocol: z.array(z.string()).describe("Steps that hold for every shared path, in order"),
	rules: z.array(ruleSchema).describe("Order never matters; patterns mean what they mean in .gitignore"),
});

const publishedMember = contractSchema.shape.members.element.extend({
	signature: z.string().describe("The promise in the notation of its language"),
	verdict: z.enum(VERDICTS),
});

export const contractsAnswerSchema = z.strictObject({
	...head,
	contracts: z.array(
		contractSchema.extend({
			...placeInContent,
			page,
			members: z.array(publishedMember),
			verdict: z.enum(VERDICTS).describe("The worst of its members'"),
			reality: contractRealitySchema.describe("What the tree holds of it, member by member"),
		}),
	),
});

export const namespacesAnswerSchema = z.strictObject({
	...head,
	namespaces: z.array(namespaceSchema.extend(placeInContent)),
});

export const portsAnswerSchema = z.strictObject({ ...head, ports: z.array(portRangeSchema) });

export const claimsAnswerSchema = z.strictObject({
	...head,
	claims: z.array(
		claimSchema.extend({
			...placeInContent,
			fromAt: z.iso.datetime(),
			untilAt: z.iso.datetime().describe("The first instant at which it no longer holds"),
		}),
	),
});

export const scheduleAnswerSchema = z.strictObject({
	...head,
	phases: z
		.array(
			phaseSchema.extend({
				...placeInContent,
				fromAt: z.iso.datetime().nullable(),
				untilAt: z.iso.datetime().nullable().describe("The first instant after it"),
			}),
		)
		.describe("In order"),
	syncPoints: projectSchema.shape.syncPoints.unwrap(),
	escalation: z.array(z.string()).describe("What happens when work collides, in order"),
});

const publishedConflict = conflictSchema.extend({
	isOpen: z.boolean().describe("Whether it still wants somebody's attention: open, acknowledged or paused"),
	occurrences: z.int().min(0).describe("How many; the log holds them"),
	page,
});

export const conflictsAnswerSchema = z.strictObject({
	...head,
	summary: conflictLogSchema.shape.summary,
	conflicts: z.array(publishedConflict).describe("By lastAt descending, then id"),
});

const address = z.string().describe("Absolute, or from the root of the site's host");

export const indexAnswerSchema = z.strictObject({
	...head,
	project: z.strictObject({ name: z.string(), description: z.string().nullable() }),
	builtAt: z.iso.datetime().describe("When the site was built; nothing else here knows of the clock"),
	log: z.string().describe("sha256, hex, of the published conflict log: the baseline a gateway is asked against"),
	answers: z.array(z.strictObject({ name: z.string(), description: z.string(), address, schema: address })),
	contentSchemas: z
		.array(z.strictObject({ kind: z.string(), files: z.string(), schema: address }))
		.describe("Schemas of the files people write, for their editors"),
});

/** A published answer: what it is for, in one sentence, and its shape. */
export interface Answer {
	readonly description: string;
	readonly schema: z.ZodType;
}

/** Every answer below /api/v1/, by name: `teams` is /api/v1/teams.json. */
export const answers = {
	index: { description: "This list, and what was audited and built when.", schema: indexAnswerSchema },
	teams: { description: "Teams: who they are, what they declare, what git shows.", schema: teamsAnswerSchema },
	rules: { description: "Ownership rules, exclusive and shared, and the shared protocol.", schema: rulesAnswerSchema },
	contracts: {
		description: "Contracts between teams, each beside what the tree holds of it, with a verdict.",
		schema: contractsAnswerSchema,
	},
	namespaces: { description: "Configuration keys and who owns them.", schema: namespacesAnswerSchema },
	ports: { description: "Registered ports and who may bind them.", schema: portsAnswerSchema },
	claims: { description: "Time-limited reservations agreed with the coordinator.", schema: claimsAnswerSchema },
	schedule: {
		description: "Phases, daily sync points and the escalation path.",
		schema: scheduleAnswerSchema,
	},
	conflicts: {
		description: "Every conflict, open and decided, without its occurrences.",
		schema: conflictsAnswerSchema,
	},
	log: {
		description: "The whole conflict log as the audit wrote it, with every occurrence.",
		schema: conflictLogSchema,
	},
	"look-up": {
		description:
			"All that is needed to say whose a path is: rules, claims, contracts, and by path what they promise and open conflicts.",
		schema: lookUpFileSchema,
	},
	paths: { description: "Every tracked path at the head, by folder.", schema: pathListSchema },
} as const satisfies Record<string, Answer>;
export type AnswerName = keyof typeof answers;

/** Those that are written by routes of their own, because pages read them too. */
export type OwnAnswer = "log" | "look-up" | "paths";
