// Pure. The schema of every kind of file that content/ may hold: what the catalog checks, and what is published for editors.
import { z } from "zod";
import { claimSchema, guideSchema, noteSchema, phaseSchema, portSchema, resolutionSchema } from "./agreement.ts";
import { contractSchema } from "./contract.ts";
import { namespaceSchema } from "./namespace.ts";
import { ownershipSchema } from "./ownership.ts";
import { projectSchema } from "./project.ts";
import { teamSchema } from "./team.ts";

/** Schema of every kind of file; a kind is called like its file or folder. */
export const contentSchemas = {
	project: projectSchema,
	teams: teamSchema,
	ownership: ownershipSchema,
	contracts: contractSchema,
	namespaces: namespaceSchema,
	ports: z.array(portSchema),
	schedule: phaseSchema,
	claims: claimSchema,
	resolutions: resolutionSchema,
	notes: noteSchema,
	guide: guideSchema,
};
