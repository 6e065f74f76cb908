// Pure. The words of `proto-breaking`.
import type { Detail } from "#model/conflict-facts";
import { visible } from "#model/visible";
import { plural } from "../plural.ts";
import type { DetectorWords } from "./words.ts";

export const protoBreaking: DetectorWords = {
	title: "Change that breaks the wire",
	fires:
		"A commit changed a .proto file that is still there against the rules that `buf breaking` has for the wire (category WIRE): a number given to another type, a field or an enum's value deleted without reserving its number, an rpc whose messages changed, a package renamed. What a later commit mended is not told, nor are merges; of changes of declarations the newest 200 are compared. A note where two versions could not be: one does not compile, there are too many, or buf is not there.",
	why: "Nodes and teams are not updated at one moment. A program with the old file reads the new bytes as something else, or drops what it does not know, and reports no error.",
	cure: "Give the old field back and add a new one under a new number; reserve numbers that are no longer used. Where every program is updated together, agree it with the teams that use the file.",
	reads:
		"Every change of a .proto file that is still there: the version before it and after it, the head's, and what they import as it is at the head.",
	example: "`string id = 1;` became `int64 id = 1;`.",
	silence:
		"Where no program with the old version is left, record that in a resolution (`overridden`) in content/resolutions/.",
	explain: ({ resource, actor, owner, occurrences }, names) => {
		const what = visible(resource.replace(/^[a-z]+:/, ""));
		const facts = occurrences.map((occurrence) => occurrence.facts);
		if (facts.every((each) => each?.["is"] === "unread")) {
			return {
				message: `${plural(occurrences.length, "change")} of ${what} could not be held against the version before: ${text(facts[0], "reason")}.`,
				hint: "Whether the wire was broken there is not known. Compare the versions by hand, or with buf where the file's imports are.",
				details: facts.map((each) => `commit ${text(each, "commit")} was not compared: ${text(each, "reason")}`),
			};
		}
		const commits = new Set(occurrences.map(({ commit }) => commit)).size;
		const others = owner === null || owner === actor ? "" : `, which belongs to ${names.team(owner)},`;
		return {
			message: `${actor === null ? "Somebody" : names.team(actor)} changed the .proto of ${what}${others} against the rules of the wire, in ${plural(commits, "commit")}.`,
			hint: "Programs built from the old file may misread what new ones write, and the other way round. Restore the old numbers and types and add new ones beside them, or update every program that uses the file at one time.",
			details: facts.map(describe),
		};
	},
};

/** As many as a line holds. */
const SHOWN = 3;

function describe(facts: Detail | undefined): string {
	const breaks = facts?.["breaks"];
	const all = Array.isArray(breaks) ? breaks.map((each) => visible(String(each))) : [];
	const rest = all.length - SHOWN;
	return `${all.slice(0, SHOWN).join(" ")}${rest > 0 ? ` And ${rest} more.` : ""}`;
}

function text(facts: Detail | undefined, key: string): string {
	return visible(String(facts?.[key] ?? ""));
}
