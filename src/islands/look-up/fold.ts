// Pure. Texts that differ in case, or in how their characters are composed, made one.

/** One for all ways to write a text: composed, and in lower case. */
export function fold(text: string): string {
	return (/[^ -~]/.test(text) ? text.normalize() : text).toLowerCase();
}
