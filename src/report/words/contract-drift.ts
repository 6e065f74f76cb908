// Pure. The words of `contract-drift`.
import type { Detail } from "#model/conflict-facts";
import { DIFFERENCES } from "#model/contract-difference";
import type { Difference } from "#model/reality";
import { visible } from "#model/visible";
import { differenceWords } from "../contract-words.ts";
import { plural } from "../plural.ts";
import { touchWords } from "./touch.ts";
import type { DetectorWords, Names } from "./words.ts";

export const contractDrift: DetectorWords = {
	title: "Interface that is not as promised",
	fires:
		"The symbol of a contract is there, and a member of it is missing, is asynchronous where that is not promised (or the other way round), does not take the promised parameters by position and by name, needs others, or gives what cannot be the promised result. Parameters at the end that can be left out, defaults, `*args` and `**kwargs` that take the promised ones are no difference. Nothing is said of what the text does not prove: members that a base outside of the tree may bring, functions under a decorator that may change them, results whose names only their authors can compare. An error; a warning where another definition of the symbol keeps the promise, or may keep it. Definitions in tests, stubs, generated code and folders of others' code count only where there are no others; and where one definition keeps the whole promise, a class of its name that lacks a member, and another module of its name, are taken for something else.",
	reads:
		"Contracts, what every Python or protobuf file tracked at the head defines and imports, and earlier versions of the files that differ, to find the commit before which they did not.",
	why: "The other team calls what was promised, and the call fails, or does something else.",
	cure: "The team that promises it brings the code back to the promise. If the code is right, both teams agree on a new promise and write it into the contract.",
	example:
		"Promised is `async def forward_pipeline(input_ids, cache)`. The class has `def forward_pipeline(self, input_ids)`: it is not asynchronous and does not take `cache`.",
	silence:
		"If another thing of the same name was compared, narrow the contract's `source` to where the promised one is. A difference that both teams accept for a time is an override in content/resolutions/.",
	explain: ({ resource, owner, occurrences }, names) => {
		const member = visible(resource.replace(/^api:/, ""));
		const first = occurrences[0]?.facts ?? {};
		const [from, to] = [owner, String(first["to"])].map(names.team);
		const rest = occurrences.length === 1 ? "" : ` (${plural(occurrences.length, "difference")} in all)`;
		return {
			message: `${member}, which ${from} promises ${to}, is not as promised: it ${wordsOf(first)}${rest}.`,
			hint: `${from}: bring it back to what ${visible(String(first["file"]))} says, or agree on another promise with ${to}. ${to}: do not build on it until then.`,
			details: occurrences.map(({ facts = {} }) => describe(facts, names)),
		};
	},
};

function describe(facts: Detail, names: Names): string {
	const touched = touchWords(facts, names);
	if (touched === "") return wordsOf(facts);
	return `${wordsOf(facts)}; ${facts["isBreak"] === true ? "kept until it was changed" : "the file was last changed"}${touched}`;
}

function wordsOf(facts: Detail): string {
	const [kind, name, promised, found] = ["kind", "name", "promised", "found"].map((key) => String(facts[key] ?? ""));
	const known = DIFFERENCES.find((one) => one === kind);
	if (known === undefined) return "is not there";
	return differenceWords({ kind: known, name, promised, found } as Omit<Difference, "line">);
}
