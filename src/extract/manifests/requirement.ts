// Pure. One requirement of Python, as PEP 508 writes it.

export interface Pep508 {
	/** Normalised as PEP 503 says. */
	readonly name: string;
	/** A specifier of PEP 440; empty: any version. */
	readonly range: string;
	/** Whether it holds only for some interpreters or systems. */
	readonly isConditional: boolean;
}

/** `name[extra] >=1,<2 ; marker`; null for what asks for no version of a name: an address, a path, or no requirement. */
export function parseRequirement(text: string): Pep508 | null {
	if (text.length > LONG) return null;
	const [, name, range = "", marker] =
		/^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*([^;@]*?)\s*(?:;(.*))?$/.exec(text) ?? [];
	if (name === undefined) return null;
	const bare = range.replace(/^\((.*)\)$/, "$1").trim();
	if (!/^$|^[=<>!~]/.test(bare)) return null;
	return { name: normalise(name), range: bare, isConditional: marker !== undefined };
}

/** Characters of the longest requirement that anybody writes. */
const LONG = 300;

/** PEP 503: lower case, and runs of `-`, `_` and `.` are one `-`. */
export function normalise(name: string): string {
	return name.toLowerCase().replace(/[-_.]+/g, "-");
}
