// Pure. The words of `proto-overlap`.
import { visible } from "#model/visible";
import { plural } from "../plural.ts";
import type { DetectorWords } from "./words.ts";

export const protoOverlap: DetectorWords = {
	title: "One protobuf name declared twice",
	fires:
		"Two .proto files that are no copies of each other declare a message, enum or service of the same full name (package and name). Names without a package count only where the files lie in one folder or belong to two teams. An error where the files belong to two teams, else a warning.",
	reads: "The packages and names that every tracked .proto file declares.",
	why: "A full name means one thing to every program that holds both files: protobuf refuses the second one when it is loaded, or the wrong one is used.",
	cure: "Let one file declare the name and the other import it; or give what is different a package of its own.",
	example: "`protos/demo.proto` and `cart/Cart.proto` both declare `shop.CartItem`.",
	silence:
		"Where the two are never loaded by one program, and are meant to differ, record that in a resolution (`overridden`) in content/resolutions/.",
	explain: ({ resource, occurrences, teams }, names) => {
		const shared = new Set(occurrences.flatMap(({ facts }) => namesOf(facts?.["names"])));
		const who = teams.length > 1 ? ` of ${all(teams.map(names.team))}` : "";
		const what = visible(resource.replace(/^proto:/, ""));
		return {
			message: `${plural(occurrences.length, "file")}${who} declare ${shared.size === 1 ? visible([...shared][0] as string) : `${plural(shared.size, "name")} of ${what}`} and are no copies of each other.`,
			hint: "Declare each name in one file and import it from there, or give what is different a package of its own.",
			details: occurrences.map(({ facts }) => `declares ${list(namesOf(facts?.["names"]))}`),
		};
	},
};

/** As many as a line holds. */
const SHOWN = 4;

function list(names: readonly string[]): string {
	const rest = names.length - SHOWN;
	const shown = names.slice(0, SHOWN).map(visible).join(", ");
	return rest > 0 ? `${shown} and ${rest} more` : shown;
}

function all(words: readonly string[]): string {
	return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function namesOf(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.map(String) : [];
}
