// Pure. When each file of the content last changed, as the git history of the content tells.
import { z } from "zod";

/** content/changed.json; made by every build. */
export const contentChangesSchema = z.strictObject({
	version: z.literal(1),
	/**
	 * What is known of the content's own history. `whole`: all of it · `shallow`: what a shallow clone holds · `none`: the
	 * content lies in no git repository · `unreadable`: git could not tell.
	 */
	history: z.enum(["whole", "shallow", "none", "unreadable"]),
	/** By logical file (`content/teams/team-b.yaml`). A file that is not committed as it stands is left out. */
	files: z.record(z.string(), z.strictObject({ at: z.iso.datetime(), commit: z.string() })),
	/** Files that lie in the repository's folder and are not committed as they stand; sorted. */
	uncommitted: z.array(z.string()),
});
export type ContentChanges = z.output<typeof contentChangesSchema>;
