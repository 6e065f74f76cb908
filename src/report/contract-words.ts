// Pure. Words for how a definition differs from what was promised, and for why one cannot be judged.
import type { Difference, Doubt } from "#model/reality";
import { visible } from "#model/visible";
import { plural } from "./plural.ts";

type Said = Omit<Difference, "line" | "kind">;

const DIFFERENCE_WORDS: Record<Difference["kind"], (said: Said) => string> = {
	kind: ({ promised, found }) => `is a ${found}, promised ${promised === "attribute" ? "an" : "a"} ${promised}`,
	async: ({ promised, found }) => `is ${found}, promised ${promised}`,
	"parameter-missing": ({ name }) => `does not take “${visible(name)}”`,
	"parameter-name": ({ promised, found }) => `takes “${visible(found)}” where “${visible(promised)}” is promised`,
	"parameter-order": ({ promised, found }) => `takes (${visible(found)}) by position, promised (${visible(promised)})`,
	"keyword-only": ({ name }) => `takes “${visible(name)}” by name only`,
	"positional-only": ({ name }) => `takes “${visible(name)}” by position only`,
	"default-missing": ({ name }) => `needs “${visible(name)}”, promised with a default`,
	"parameter-extra": ({ name }) => `needs “${visible(name)}”, which is not promised`,
	"result-nothing": ({ promised, found }) =>
		`${found === "" ? "gives nothing" : "says that it gives nothing"}, promised “${visible(promised)}”`,
	"result-count": ({ promised, found }) =>
		`gives ${/^\d+$/.test(found) ? plural(Number(found), "value") : `“${visible(found)}”`}, promised “${visible(promised)}”`,
	"result-type": ({ promised, found }) => `gives ${typeWords(found)}, promised “${visible(promised)}”`,
	request: ({ promised, found }) => `takes ${visible(found)}, promised ${visible(promised)}`,
	response: ({ promised, found }) => `gives ${visible(found)}, promised ${visible(promised)}`,
};

/** Literals have words; annotations stand as they are. */
const LITERALS = new Set(["dictionary", "list", "set", "text", "number", "boolean", "tuple"]);

function typeWords(found: string): string {
	if (!LITERALS.has(found)) return `“${visible(found)}”`;
	return found === "text" ? "a text" : `a ${found}`;
}

/** A difference, to follow the name of what differs: `does not take “config”`. */
export function differenceWords({ kind, ...said }: Omit<Difference, "line">): string {
	return DIFFERENCE_WORDS[kind](said);
}

const DOUBT_WORDS: Record<Doubt["kind"], (name: string) => string> = {
	base: (name) => `it may be inherited from ${name}, which was not found in the tree`,
	dynamic: (name) => `${name} may add it as the program runs`,
	decorator: (name) => `the decorator @${name} may make another thing of it`,
	assigned: () => "it is assigned, and what it holds shows only as the program runs",
	imported: (name) => `it is imported from ${name}`,
	local: () => "it is made within a function",
	fault: (name) => `line ${name} of the file could not be read`,
	ambiguous: (name) => `several classes of the tree may be the base ${name}`,
};

/** Why a definition was not judged. */
export function doubtWords({ kind, name }: Doubt): string {
	return DOUBT_WORDS[kind](visible(name));
}
