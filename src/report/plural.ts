// Pure. Counts in words.

/** `1 commit`, `3 commits`. */
export function plural(count: number, one: string, many = `${one}s`): string {
	return `${count} ${count === 1 ? one : many}`;
}
