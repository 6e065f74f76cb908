// Pure. Text as one word of a POSIX shell.

/** As it is where nothing in it is special, else in single quotes. */
export function shellWord(text: string): string {
	return /^[A-Za-z0-9_/.,:=@%+-]+$/.test(text) ? text : shellQuote(text);
}

/** In single quotes, whatever it holds. */
export function shellQuote(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}
