// Histories for tests of `npm run init`'s proposals, counted by hand: who committed what, how often and when.
import { DAY, type Edit, type Evidence } from "#starter/evidence";

/** The head's date: a day of its own, 700 days after 1970 began. */
export const HEAD_AT = 700 * DAY;

/**
 * So many commits by one address, each with all the paths: one every `every` days (default 10), the newest `last` days before
 * the head (default 200: neither lately nor judged).
 */
export function worked(
	email: string,
	commits: number,
	paths: string | readonly string[],
	{ last = 200, every = 10 }: { last?: number; every?: number } = {},
): Edit[] {
	const all = typeof paths === "string" ? [paths] : paths;
	return Array.from({ length: commits }, (_, index) => ({
		email,
		at: HEAD_AT - (last + index * every) * DAY,
		paths: all,
	}));
}

/** Evidence of these commits; every path is tracked. `names`: by address, the newest first; default: before the `@`. */
export function evidenceOf(edits: readonly Edit[], names: Readonly<Record<string, readonly string[]>> = {}): Evidence {
	const authors = Array.from(
		Map.groupBy(edits, ({ email }) => email),
		([email, made]) => {
			const all = names[email] ?? [email.split("@")[0] as string];
			return { email, name: all[0] as string, names: all, commits: made.length };
		},
	).sort((a, b) => b.commits - a.commits);
	const files = [...new Set(edits.flatMap(({ paths }) => paths))];
	return { authors, files, edits, isRecent: false, headAt: HEAD_AT };
}
