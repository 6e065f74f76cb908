// Pure. Text from outside made safe to look at: what would steer a terminal or a reader's eye is shown instead.

/**
 * Control characters (C0, DEL, C1), line breaks, bidirectional controls, zero-width and all other characters that Unicode
 * calls ignorable, so that they leave no trace on a screen, and lone surrogates. Only the variation selector that makes a
 * symbol an emoji may stay. Source: CVE-2021-42574 ("Trojan Source") for the bidi set; ECMA-48 for what steers a terminal.
 */
const INVISIBLE =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this finds
	/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufff9-\ufffb]|(?!\ufe0f)\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}|\p{Cs}/gu;

/** Text of printable ASCII alone. */
const PLAIN = /^[\x20-\x7e]*$/;

/** A run of anything but printable ASCII, line breaks and tabs, which JSON's own layout has. */
const UNCOMMON = /[^\x20-\x7e\n\t]+/g;

/** One line of text in which every such character is written `\xNN` or `\u{NNNN}`. */
export function visible(text: string): string {
	// Nearly all text is plain, and the test for that is far cheaper.
	if (PLAIN.test(text)) return text;
	return text.replace(INVISIBLE, (char) => {
		const code = char.codePointAt(0) as number;
		return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u{${hex(code, 4)}}`;
	});
}

/** The same characters as JSON escapes, for JSON that people open in an editor or a terminal. */
export function escapeJson(json: string): string {
	// A log may have tens of megabytes: only runs of uncommon characters are looked at closely.
	return json.replace(UNCOMMON, (run) =>
		run.replace(INVISIBLE, (char) => Array.from({ length: char.length }, (_, at) => unit(char, at)).join("")),
	);
}

function unit(char: string, at: number): string {
	return `\\u${hex(char.charCodeAt(at), 4).toLowerCase()}`;
}

function hex(code: number, width: number): string {
	return code.toString(16).toUpperCase().padStart(width, "0");
}
