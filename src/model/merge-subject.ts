// Pure. What the subject of a merge says of the branches that it brought in.

/**
 * Branches named by a merge's subject, one a merged parent: git's own words (`Merge branch 'x'`, `Merge branches
 * 'x', 'y' and 'z'`, `Merge remote-tracking branch 'origin/x'`, with what is behind left aside) and
 * GitHub's (`Merge pull request #1 from owner/x`). None where the words cannot be laid beside the parents: another
 * number of names (git leaves out what it fast-forwarded over), or names of two kinds (git sorts them by kind).
 */
export function mergedBranches(subject: string, parents: number): string[] {
	const names = namedBranches(subject);
	return names.length === parents ? names : [];
}

function namedBranches(subject: string): string[] {
	const pull = /^Merge pull request #\d+ from [^/\s]+\/(\S+)$/.exec(subject);
	if (pull !== null) return [pull[1] as string];
	// A comma or an "and" behind the list goes on with names of another kind.
	const words = /^Merge (remote-tracking )?branch(?:es)? ('[^']+'(?:(?:, | and )'[^']+')*)(?:$| (?!and ))/.exec(
		subject,
	);
	if (words === null) return [];
	return Array.from((words[2] as string).matchAll(/'([^']+)'/g), ([, name]) =>
		words[1] === undefined ? (name as string) : (name as string).replace(/^[^/]+\//, ""),
	);
}
