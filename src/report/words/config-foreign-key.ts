// Pure. The words of `config-foreign-key`.
import type { ConflictFacts } from "#model/conflict-facts";
import { visible } from "#model/visible";
import { plural } from "../plural.ts";
import type { DetectorWords, Names } from "./words.ts";

export const configForeignKey: DetectorWords = {
	title: "Configuration key of nobody, or of another team",
	fires:
		"In a configuration file that a namespace's `files` name: an error for a section of one team in a file that another team has alone (nested keys go by their own owners in `children`); a warning for a key at the top that no namespace naming the file is for. One note tells of a whole file where one team has the file alone, or where only a wildcard names it and no namespace's section stands in it. In a file that teams share, each team's section is right. Schemas, comments and merges (`$schema`, `//`, `<<`, `x-…`, names that begin with a dot) are no sections, and files whose keys a tool has named (`package.json`, `compose.yml`, what is hidden) are not looked through for keys of nobody.",
	reads: "JSON, YAML and TOML files that content/namespaces/ names, key by key, and the rules that hold for them.",
	why: "A key that nobody owns is changed by everybody. A section in another team's file is changed by a team that does not know what it means.",
	cure: "A key of nobody: give it a namespace in content/namespaces/, or move it into a section that has one. A section in the wrong file: move it to a file that its team owns or shares.",
	example:
		'The namespaces are `inference`, `training` and `rlhf`; `app_config.json` also holds `"monitoring": { … }` at its top.',
	silence:
		"If the file is no divided configuration at all, narrow the namespaces' `files`, so that they no longer name it. A section that all teams may use is a namespace of whoever decides about it.",
	explain: (facts, names) => {
		const place = facts.occurrences[0]?.facts?.["place"];
		const words = place === "foreign" ? foreign : place === "outside" ? outside : whole;
		return words(facts, names);
	},
};

function foreign(facts: ConflictFacts, names: Names) {
	const [team, others] = [names.team(facts.owner), facts.teams.filter((id) => id !== facts.owner).map(names.team)];
	return {
		message: `The configuration section ${what(facts)} of ${team} stands in ${files(facts)}, which ${others.join(" and ")} has alone.`,
		hint: `${team} and ${others.join(" and ")}: move the section to a file that ${team} owns or shares, or agree on a rule that shares the file.`,
		details: facts.occurrences.map(() => `holds ${what(facts)}, a section of ${team}`),
	};
}

function outside(facts: ConflictFacts, names: Names) {
	const elsewhere = facts.occurrences[0]?.facts?.["elsewhere"];
	const but =
		typeof elsewhere === "string" ? ` (the namespace of that name, ${names.team(elsewhere)}'s, names other files)` : "";
	return {
		message: `The key ${what(facts)} at the top of ${files(facts)} is outside every namespace${but}.`,
		hint: `Give ${what(facts)} a namespace in content/namespaces/, or move it into a section that has one.`,
		details: facts.occurrences.map(() => `holds ${what(facts)}`),
	};
}

function whole(facts: ConflictFacts, names: Names) {
	const [first] = facts.occurrences;
	const count = Number(first?.facts?.["keys"] ?? 0);
	const isDivided = first?.facts?.["place"] !== "undivided";
	const alone = facts.owner === null ? "" : `, which ${names.team(facts.owner)} has alone,`;
	return {
		message: isDivided
			? `${what(facts)}${alone} has ${plural(count, "key")} at its top outside every namespace.`
			: `Namespaces name ${what(facts)} by a wildcard, and none of its ${plural(count, "key")} is in one.`,
		hint: "Divide it into the sections of content/namespaces/, or narrow the namespaces' `files` so that they do not name it.",
		details: facts.occurrences.map(() => "the first of these keys"),
	};
}

/** The one file by its path, several by their number. */
function files({ occurrences }: ConflictFacts): string {
	const paths = new Set(occurrences.map(({ path }) => path ?? ""));
	return paths.size === 1 ? visible([...paths].join("")) : plural(paths.size, "file");
}

function what({ resource }: ConflictFacts): string {
	return visible(resource.replace(/^[a-z]+:/, ""));
}
