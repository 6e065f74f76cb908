// Pure. The words of `replica-drift`.
import type { Detail } from "#model/conflict-facts";
import { visible } from "#model/visible";
import { plural } from "../plural.ts";
import { touchWords } from "./touch.ts";
import type { DetectorWords, Names } from "./words.ts";

export const replicaDrift: DetectorWords = {
	title: "Copies of one file that drifted apart",
	fires:
		"Source files of one name in several folders share at least half of their distinct lines (of both together; nine tenths for names that any folder may have, such as `__init__.py` or `index.ts`) and have at least 20 lines (40) that are neither blank, a comment nor only brackets. A warning if the copies differ, a note if they say the same. Generated code, migrations, test data and folders of others' code (`node_modules`, `vendor`, `third_party`) are left out.",
	reads:
		"Every tracked source file at the head with a name that stands in several folders, and the commits that last changed the copies.",
	why: "What is mended in one copy stays broken in the others, and nobody can tell which one is meant. Two teams that each keep a copy no longer build on the same thing.",
	cure: "Keep one copy and have the others import it. Where each has to differ, give each a name of its own.",
	example:
		"`services/mail/logger.py` and `services/shop/logger.py` were copied from one another; one has since got a time-out, the other has not.",
	silence:
		"Copies that must stay (two packages that may not depend on each other) are recorded as an override in content/resolutions/, with who keeps them alike.",
	explain: ({ resource, level, teams, occurrences }, names) => {
		const name = visible(resource.replace(/^path:\*\//, ""));
		const whose = teams.length < 2 ? "" : `, of ${teams.map(names.team).join(" and ")}`;
		const places = plural(occurrences.length, "place");
		return {
			message:
				level === "note"
					? `${name} stands in ${places}${whose}, and all say the same.`
					: `${name} stands in ${places}${whose}, and the copies have drifted apart.`,
			hint: "Keep one that all use, or give each a name of its own.",
			details: occurrences.map(({ facts = {} }) => describe(facts, names)),
		};
	},
};

function describe(facts: Detail, names: Names): string {
	const touched = touchWords(facts, names);
	const when = touched === "" ? "" : `; last changed${touched}`;
	if (facts["isReference"] === true) return `the copy that the others are compared with${when}`;
	return `${likeness(facts)} ${visible(String(facts["reference"]))}${when}`;
}

function likeness({ isExact, isSame, isEstimate, shared }: Detail): string {
	if (isExact === true) return "the same as";
	if (isSame === true) return "the same but for comments and white space as";
	return `${isEstimate === true ? "about " : ""}${Math.min(Number(shared), 99)} of 100 lines in common with`;
}
