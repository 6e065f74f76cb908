// Pure. Whether a conflict is open, and whether it has a date. Apart from the schemas: a check before a commit has no time to load zod.

/** States in which somebody still has to do something: a decision was not made, or does not settle it. */
const OPEN: readonly string[] = ["open", "acknowledged", "paused"];

/** Whether a conflict still wants somebody's attention. */
export function isOpen(conflict: { readonly state: string }): boolean {
	return OPEN.includes(conflict.state);
}

/**
 * Whether a commit says when it was. What the tree alone shows carries the date of its head, which tells when it was looked
 * at, not since when it is so.
 */
export function isDated({
	occurrences,
}: {
	readonly occurrences: readonly { readonly authoredAt: string | null }[];
}): boolean {
	return occurrences.some(({ authoredAt }) => authoredAt !== null);
}
