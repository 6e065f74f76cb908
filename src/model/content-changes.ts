// Pure. When each file of the content last changed, as the git history of the content tells.
import { z } from "zod";

/** content/changed.json; made by every build where the content lies in a git repository. */
export const contentChangesSchema = z.strictObject({
	version: z.literal(1),
	/** By logical file (`content/teams/team-b.yaml`). A file that is not committed as it stands is left out. */
	files: z.record(z.string(), z.strictObject({ at: z.iso.datetime(), commit: z.string() })),
});
export type ContentChanges = z.output<typeof contentChangesSchema>;
