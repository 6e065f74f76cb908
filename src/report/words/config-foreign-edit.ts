// Pure. The words of `config-foreign-edit`.
import type { Detail } from "#model/conflict-facts";
import { visible } from "#model/visible";
import { plural } from "../plural.ts";
import type { DetectorWords } from "./words.ts";

export const configForeignEdit: DetectorWords = {
	title: "Edit of another team's configuration",
	fires:
		"A commit attributed to one team added, changed or removed keys that a namespace gives to another team, in a file that the namespace's `files` name; the versions before and after are compared key by key, so that layout, order and comments say nothing. Nested keys go by their own owners in `children`. It does not fire where a `Coordinated-by` trailer names the coordinator or the owner, nor where a claim covers team, date and the file or the key (`config:training.sft`). Merges, empty sections and versions that do not parse or have more than 256 KiB are left out; a key that one commit moves from file to file counts by its value. Where the owner has the whole file alone, it is a `foreign-edit` instead.",
	reads:
		"Commits of one team that changed a file which content/namespaces/ names, and the keys that differ between the commit and its parent.",
	why: "The owner's programs run with values that the owner did not set, and nothing in their own files shows it.",
	cure: "Show the commit to the owner, who takes the change over or takes it back. Next time agree first, and say so with a `Coordinated-by:` trailer or a claim on the key.",
	example:
		"A commit of Team A changes `training.learning_rate` in `app_config.json`; the namespace `training` is Team B's.",
	silence:
		"What was agreed by word of mouth is an `overridden` resolution in content/resolutions/, with who agreed and why.",
	explain: (facts, names) => {
		const { resource, occurrences } = facts;
		const key = visible(resource.replace(/^config:/, ""));
		const [team, owner] = [names.team(facts.actor), names.team(facts.owner)];
		const commits = new Set(occurrences.map(({ commit }) => commit)).size;
		const [only] = occurrences;
		const keys = occurrences.length === 1 ? (only?.detail ?? describe(only?.facts)) : "";
		return {
			message: `${team} changed ${key} in the configuration, which belongs to ${owner}${commits === 1 ? "" : `, in ${plural(commits, "commit")}`}${keys === "" ? "" : `: ${keys}`}.`,
			hint: `${team}: show the change to ${owner}, and agree first next time. ${names.coordinator}: have it taken over or taken back, or record an override with its reason.`,
			details: occurrences.map(({ facts: detail }) => describe(detail)),
		};
	},
};

/** `changed training.sft.lr, added training.seed, and 3 keys more`. */
function describe(detail: Detail | undefined): string {
	if (detail === undefined) return "";
	const [keys, hows] = [list(detail["keys"]), list(detail["how"])];
	const told = ["changed", "added", "removed"].flatMap((how) => {
		const own = keys.filter((_, index) => hows[index] === how);
		return own.length === 0 ? [] : [`${how} ${own.map(visible).join(", ")}`];
	});
	const more = Number(detail["count"] ?? keys.length) - keys.length;
	return `${told.join(", ")}${more > 0 ? `, and ${plural(more, "key")} more` : ""}`;
}

function list(value: Detail[string] | undefined): readonly string[] {
	return Array.isArray(value) ? value : [];
}
