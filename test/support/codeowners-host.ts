// Pure. CODEOWNERS as the host reads it, written from its documentation and from nothing of ours: the oracle of the export.
// Source: docs.github.com, "About code owners": last match wins; a line without owners clears; no `[ ]`, no `!`; `*` stays
// within one name; `docs/*` takes direct children only, `docs/` and `docs` all below; a name alone is found at any depth.

interface Line {
	readonly matcher: RegExp;
	readonly owners: readonly string[];
}

/** The owners of a path by the text of a CODEOWNERS file; null where no line matches or the last that does has none. */
export function hostOwners(text: string): (path: string) => string | null {
	const lines = text.split("\n").flatMap(readLine);
	return (path) => {
		const owners = lines.findLast(({ matcher }) => matcher.test(path))?.owners ?? [];
		return owners.length === 0 ? null : owners.join(" ");
	};
}

function readLine(line: string): Line[] {
	const [pattern, ...owners] = line
		.replace(/(^|\s)#.*$/, "")
		.split(/(?<!\\)\s+/)
		.filter((word) => word !== "");
	if (pattern === undefined) return [];
	if (/[[\]!]/.test(pattern)) throw new Error(`the host does not read ${pattern}`);
	return [{ matcher: toRegExp(pattern.replaceAll("\\ ", " ")), owners }];
}

function toRegExp(pattern: string): RegExp {
	const isFolder = pattern.endsWith("/");
	const body = isFolder ? pattern.slice(0, -1) : pattern;
	const isAnchored = body.includes("/");
	const names = body.replace(/^\//, "").split("/");
	const middle = names.map((name, index) => {
		const isLast = index === names.length - 1;
		if (name === "**") return isLast ? ".+" : "(?:[^/]+/)*";
		const one = name
			.replace(/[.+^${}()|\\]/g, "\\$&")
			.replaceAll("?", "[^/]")
			.replace(/\*+/g, "[^/]*");
		return isLast ? one : `${one}/`;
	});
	const last = names.at(-1);
	// Direct children only where the last name is a star below something; else a match takes all below it.
	const end = isFolder ? "/.+" : last === "**" || (last === "*" && isAnchored) ? "" : "(?:/.+)?";
	return new RegExp(`^${isAnchored ? "" : "(?:[^/]+/)*"}${middle.join("")}${end}$`, "su");
}
