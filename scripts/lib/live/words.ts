// Pure. What a failed reading says, fit for readers anywhere: one sentence, without places of this machine.
import { basename } from "node:path";
import { visible } from "#model/visible";

/** Longest sentence that is shown. */
const LIMIT = 300;

/**
 * The first line of what the child said on stderr. Bad content keeps its file and line, with how many problems there are;
 * `places` are folders of this machine and what each is called instead.
 */
export function publicSentence(words: string, places: Readonly<Record<string, string>>): string {
	const lines = words.split("\n").filter((line) => line.trim() !== "");
	const first = lines[0] === "this is a bug in the product:" ? lines[1] : lines[0];
	const problems = lines.find((line) => /^\d+ problems? in the content$/.test(line));
	const sentence = (first ?? "it said nothing").replace(/^error: /, "").trim();
	const told = problems === undefined ? sentence : `${sentence} (${problems})`;
	// The longest first: one may lie in another.
	const known = Object.entries(places).sort(([a], [b]) => b.length - a.length);
	const named = known.reduce((text, [folder, name]) => text.replaceAll(folder, name), told);
	return visible(named.length > LIMIT ? `${named.slice(0, LIMIT)}…` : named);
}

/** Names for the folders in question. */
export function placeNames(contentDir: string, repo: string, temporary: string): Record<string, string> {
	return { [contentDir]: "content", [repo]: basename(repo), [temporary]: "…" };
}
