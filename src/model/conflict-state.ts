// Pure. Whether a conflict is open. Apart from the schemas: a check before a commit has no time to load zod.

/** States in which somebody still has to do something: a decision was not made, or does not settle it. */
const OPEN: readonly string[] = ["open", "acknowledged", "paused"];

/** Whether a conflict still wants somebody's attention. */
export function isOpen(conflict: { readonly state: string }): boolean {
	return OPEN.includes(conflict.state);
}
