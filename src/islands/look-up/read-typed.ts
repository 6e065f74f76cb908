// Pure. What people type or paste as a path, and what it may stand for.

/** Why something else is looked up than what was typed. `slashes`: `\` stood for `/`. `line`: a place in the file was left out. */
export type Understood = "slashes" | "line" | "address";

/** A way to read what was typed. */
export interface Reading {
	readonly text: string;
	readonly understood: readonly Understood[];
}

/** `src/x.py:12`, `src/x.py:12:3:`, `src/x.py#L12-L20` */
const LINE = /(?::\d+){1,2}:?$|:\d+-\d+$|#L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?$/;

/** As it stands; with slashes for backslashes; without a line. The last is what most likely was meant. */
export function readingsOf(typed: string): [Reading, ...Reading[]] {
	const readings: [Reading, ...Reading[]] = [{ text: typed, understood: [] }];
	const add = (text: string, why: Understood) => {
		const last = readings.at(-1) as Reading;
		if (text !== last.text && text !== "") readings.push({ text, understood: [...last.understood, why] });
	};
	add(typed.replaceAll("\\", "/"), "slashes");
	add((readings.at(-1) as Reading).text.replace(LINE, ""), "line");
	return readings;
}

export interface Steps {
	/** Names from the top of the repository. */
	readonly names: string[];
	/** Written as a folder. */
	readonly isFolder: boolean;
	/** It leads out of the repository, or counts from the top of a disk. */
	readonly isOutside: boolean;
}

/** A path name by name; as `npm run who` reads it at the top of the repository. */
export function readSteps(text: string): Steps {
	const names: string[] = [];
	let isOutside = text.startsWith("/");
	for (const name of text.split("/")) {
		if (name === "" || name === ".") continue;
		if (name !== "..") names.push(name);
		else if (names.pop() === undefined) isOutside = true;
	}
	return { names, isFolder: names.length === 0 || /(^|\/)\.{0,2}$/.test(text), isOutside };
}

/** Whether the first name is a home folder or a disk, unless the repository has a folder of that name. */
export function isElsewhere(text: string): boolean {
	return /^(~$|~\/|[A-Za-z]:[\\/])/.test(text);
}

/** What stands behind the branch in the address of a file on a repository's host; a branch may have slashes: all are given. */
export function readAddress(text: string): { paths: readonly string[]; last: string } | null {
	if (!/^https?:\/\//i.test(text)) return null;
	const [plain = ""] = text.split(/[?#]/);
	const names = plain.split("/").map(decoded);
	const last = names.findLast((name) => name !== "") ?? "";
	const at = names.findIndex((name, index) => index > 3 && /^(blob|tree|raw|blame|edit|src)$/.test(name));
	const behind = at === -1 ? [] : names.slice(at + 1);
	return { paths: behind.slice(1).map((_, index) => behind.slice(index + 1).join("/")), last };
}

function decoded(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		// A percent sign that begins no escape stands for itself.
		return name;
	}
}
