// Pure. Hostile texts as a history: each in every field of a commit that git lets hold it.
import type { Step } from "./make-repo.ts";

/** How many of the texts are also names of branches: each costs a merge. */
const BRANCHES = 60;

/**
 * A commit for each text, by an address that a team's pattern matches, in a file that is another team's: subject, trailer,
 * author and path are the text; and for some a branch of that name, merged, by an author nobody knows.
 */
export function hostileSteps(texts: readonly string[]): Step[] {
	const start: Step = { say: "start", write: { "distributed_comm.py": "1\n", "README.md": "1\n" } };
	const commits = texts.map((text, index): Step => {
		const name = authorText(text);
		return {
			say: `${text}\n\nTeam: ${text.replace(/[\0\r\n]/g, " ")}`,
			by: `${name} <${name}${index}@training.mlx.example>`,
			write: { [`${index}${pathText(text)}/distributed_api.py`]: `${index}\n` },
		};
	});
	const merges = [...new Set(texts.map(branchText))].slice(0, BRANCHES).flatMap((name, index): Step[] => {
		const branch = `team-b/${name}`;
		// The maker writes names of branches as they are: bytes, one a character.
		const on = Buffer.from(branch, "utf8").toString("latin1");
		return [
			{
				say: `Work ${index}`,
				on,
				by: `Nobody <${index}@nobody.example>`,
				write: { [`m${index}/distributed_api.py`]: "1\n" },
			},
			{ say: `Merge branch '${branch}'`, merge: on },
		];
	});
	return [start, ...commits, ...merges];
}

/** What may stand in an author's name and address: git ends them at these. */
function authorText(text: string): string {
	return text.replace(/[\0\n<>]/g, "‹");
}

/** One folder's name: no separator, and none that git forbids. */
function pathText(text: string): string {
	return text
		.replace(/[\0/]/g, "∕")
		.replace(/^\.+$|^\.git$/i, "dots")
		.slice(0, 1_000);
}

/** What may stand in a branch's name, by git-check-ref-format(1). */
function branchText(text: string): string {
	const name = text
		// biome-ignore lint/suspicious/noControlCharactersInRegex: what git forbids
		.replace(/[\u0000-\u0020\u007f~^:?*[\\]/g, "_")
		.replace(/\.\.|@\{|\/\/|\/\.|\.lock|^[./]|[./]$/g, "_");
	return `${name.slice(0, 100)}x`;
}
