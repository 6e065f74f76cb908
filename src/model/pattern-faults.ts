// Pure. What is wrong with a path pattern. Apart from the schemas: a page that takes one from its reader need not load zod.

const FAULTS: readonly (readonly [isFine: (value: string) => boolean, message: string])[] = [
	[(value) => value.length > 0, "expected a path pattern, got an empty string"],
	[(value) => value.length <= 1024, "a pattern of more than 1,024 characters"],
	[(value) => !value.startsWith("!"), "a pattern may not start with `!`: list the exception under `except`"],
	[(value) => !value.startsWith("#"), "`#` starts a comment in gitignore: write `\\#`"],
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this refuses
	[(value) => !/[\u0000\n\r]/.test(value), "a pattern is one line"],
	[(value) => !/(^|[^\\])(\\\\)*\\$/.test(value), "a pattern may not end in a lone backslash"],
	[(value) => !/(^|[^\\])(\\\\)*\\\//.test(value), "a backslash before `/` guards nothing: a slash is always one"],
	[(value) => value === "" || (value.trim() !== "" && value !== "/"), "a pattern that matches nothing"],
	[(value) => (value.match(/\*\*/g) ?? []).length <= 8, "more than eight `**` in one pattern"],
	[(value) => !hasOpenClass(value), "a character class `[` without its `]`"],
];

/** All that is wrong with a pattern; none: it may be compiled. */
export function patternFaults(pattern: string): string[] {
	return FAULTS.filter(([isFine]) => !isFine(pattern)).map(([, message]) => message);
}

function hasOpenClass(pattern: string): boolean {
	for (let at = 0; at < pattern.length; at++) {
		if (pattern[at] === "\\") at++;
		else if (pattern[at] === "[") {
			let end = at + 1;
			if (pattern[end] === "!" || pattern[end] === "^") end++;
			if (pattern[end] === "]") end++;
			while (end < pattern.length && pattern[end] !== "]") {
				if (pattern[end] === "\\") end++;
				else if (pattern[end] === "[" && pattern[end + 1] === ":") {
					const close = pattern.indexOf(":]", end + 2);
					if (close !== -1) end = close + 1;
				}
				end++;
			}
			if (end >= pattern.length) return true;
			at = end;
		}
	}
	return false;
}
