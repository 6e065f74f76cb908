// Pure. The rules as the files of content hold them: one page each.
import type { Rule } from "#model/ownership";

export interface RuleSet {
	/** The file's name without its ending. */
	readonly id: string;
	readonly file: string;
	readonly mode: Rule["mode"];
	/** Team id; null: shared. */
	readonly owner: string | null;
	/** By line. */
	readonly rules: readonly Rule[];
}

/** Files in the order of the catalog. */
export function ruleSets(rules: readonly Rule[]): RuleSet[] {
	return [...Map.groupBy(rules, ({ file }) => file)].map(([file, ofFile]) => {
		const [first] = ofFile as [Rule, ...Rule[]];
		const id = file.slice(file.lastIndexOf("/") + 1).replace(/\.ya?ml$/, "");
		return { id, file, mode: first.mode, owner: first.owner, rules: ofFile };
	});
}
