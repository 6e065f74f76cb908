// Pure. The tokens of a .proto file with their lines, as protobufjs cuts them; strings are one token each.
import tokenize from "protobufjs/src/tokenize.js";
import { Unreadable } from "./extractor.ts";

export interface Token {
	readonly text: string;
	readonly line: number;
	readonly isString: boolean;
}

/** Reads tokens one by one; `null` after the last. Throws Unreadable for what is no token. */
export interface Tokens {
	next(): Token | null;
	/** The next token again, as often as it is asked for. */
	peek(): Token | null;
}

export function readTokens(text: string): Tokens {
	const tokenizer = tokenize(text, false);
	let ahead: Token | null | undefined;

	const read = (): Token | null => {
		try {
			const part = tokenizer.next();
			const { line } = tokenizer;
			if (part !== '"' && part !== "'") return part === null ? null : { text: part, line, isString: false };
			const string = tokenizer.next() ?? "";
			tokenizer.next();
			return { text: string, line, isString: true };
		} catch (error) {
			throw new Unreadable(tokenizer.line, error instanceof Error ? error.message.replace(/ \(line \d+\)$/, "") : "");
		}
	};
	return {
		next() {
			const token = ahead === undefined ? read() : ahead;
			ahead = undefined;
			return token;
		},
		peek() {
			if (ahead === undefined) ahead = read();
			return ahead;
		},
	};
}
