// Pure. The words of `contract-missing`.
import { visible } from "#model/visible";
import { plural } from "../plural.ts";
import type { DetectorWords } from "./words.ts";

export const contractMissing: DetectorWords = {
	title: "Promised interface that is not there",
	fires:
		"No class, function, assigned name or module (Python), or no service (protobuf), bears the name that a contract promises, in no tracked file, or in none that its `source` matches. An error; a warning if some of these files could not be read, so that it may stand there.",
	reads: "Contracts, and what every Python or protobuf file tracked at the head defines.",
	why: "Another team builds on an interface that nobody wrote, or that was renamed, moved or deleted. It finds out when the two meet.",
	cure: "The team that promises it writes it, or gives it back its name. If it has another name or place by now, both teams agree and correct the contract.",
	example: "A contract promises `SFTTrainer` of `src/training/`, and the only class there is called `Trainer`.",
	silence:
		"A promise for later is recorded as `paused` in content/resolutions/, with its date. A promise that nobody needs any more is removed from content/contracts/.",
	explain: ({ resource, owner, occurrences }, names) => {
		const symbol = visible(resource.replace(/^api:/, ""));
		const facts = occurrences[0]?.facts ?? {};
		const [from, to] = [owner, String(facts["to"])].map(names.team);
		const elsewhere = Array.isArray(facts["elsewhere"]) ? facts["elsewhere"].map((one) => visible(String(one))) : [];
		const source = typeof facts["source"] === "string" ? `where “${visible(facts["source"])}” matches` : "in the tree";
		const found = elsewhere.length === 0 ? "" : `; elsewhere it is in ${elsewhere.join(", ")}`;
		return {
			message: `${symbol}, which ${from} promises ${to}, is nowhere ${source}${found}.`,
			hint: `${from}: write it, or correct ${visible(occurrences[0]?.path ?? "the contract")} together with ${to}. ${to}: do not build on it until then.`,
			details: occurrences.map(({ facts: seen = {} }) => lookedIn(seen)),
		};
	},
};

function lookedIn({ files = 0, unread = 0, language }: Readonly<Record<string, unknown>>): string {
	const kind = language === "protobuf" ? ".proto file" : "Python file";
	const rest = Number(unread) === 0 ? "" : `; ${Number(unread)} more could not be read`;
	return `looked in ${plural(Number(files), kind)}${rest}`;
}
