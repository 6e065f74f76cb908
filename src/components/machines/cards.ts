// Pure. What is shown where somebody shares a link: for each page its title and the one fact that matters.
import { FINDING_CODES, LEVELS, type Level } from "#model/finding";
import type { Verdict } from "#model/reality";
import { visible } from "#model/visible";
import { findingWords } from "#report/codes";
import { openByLevel } from "../conflict-rows.ts";
import { contractVerdict, verdictWord } from "../contract-verdict.ts";
import { contractHref, findingHref, teamHref, withBase } from "../links.ts";
import type { Site } from "../site.ts";
import { count, levelWord } from "../words.ts";

export interface Fact {
	/** Decides shape and colour; the words stand for themselves. */
	readonly tone: Level | "good";
	readonly words: string;
}

export interface Card {
	/** Name of the image's file, without its ending. */
	readonly name: string;
	/** Path of the page it is for, with the base. */
	readonly page: string;
	readonly title: string;
	/** A line below the title; empty: none. */
	readonly line: string;
	readonly facts: readonly Fact[];
}

/** Images that one build makes at most; further pages show the site's own. */
export const MOST_CARDS = 80;

/** Cards in the order in which they are kept when there are too many; the first is the site's own. */
export function cards(
	site: Site,
	guide: readonly { readonly id: string; readonly title: string; readonly description?: string | undefined }[],
): Card[] {
	const { catalog, log, realityOf } = site;
	const names = catalog.teams.map(({ name }) => name).join(", ");
	const all = openFacts(site, null);
	const made: Card[] = [
		{ name: "site", page: withBase("/"), title: catalog.project.name, line: `Coordination of ${names}`, facts: all },
		{
			name: "conflicts",
			page: withBase("/conflicts/"),
			title: "Conflict log",
			line: "What collided, how we know, what to do",
			facts: all,
		},
		...catalog.teams.map(({ id, name, title }) => ({
			...{ name: `team-${id}`, page: teamHref(id), title: name, line: title ?? "" },
			facts: openFacts(site, id),
		})),
		...catalog.contracts.map(({ id, title, from, to }) => {
			const reality = realityOf.get(id);
			const facts = reality === undefined ? [] : [verdictFact(contractVerdict(reality))];
			const line = `${site.nameOf(from)} promises ${site.nameOf(to)}`;
			return { name: `contract-${id}`, page: contractHref(id), title, line, facts };
		}),
		...guide.map(({ id, title, description = "" }) => ({
			...{ name: id.replaceAll("/", "-"), page: withBase(`/${id}/`), title, line: description, facts: [] },
		})),
		...FINDING_CODES.filter((code) => (log.summary.byCode[code] ?? 0) > 0).map((code) => {
			const facts = openFacts({ log: { ...log, conflicts: log.conflicts.filter((one) => one.code === code) } }, null);
			return { name: `finding-${code}`, page: findingHref(code), title: findingWords[code].title, line: code, facts };
		}),
	];
	return made.slice(0, MOST_CARDS).map((card) => ({ ...card, title: visible(card.title), line: visible(card.line) }));
}

/** Never says that there are none where not all was read. */
function openFacts({ log }: Pick<Site, "log">, team: string | null): Fact[] {
	const counts = openByLevel(log.conflicts, team);
	const facts = LEVELS.filter((level) => counts[level] > 0).map((level): Fact => {
		return { tone: level, words: count(counts[level], levelWord[level].one, levelWord[level].many) };
	});
	if (!log.repository.complete) return [...facts, { tone: "warning", words: "history not read whole" }];
	return facts.length > 0 ? facts : [{ tone: "good", words: "no open conflict" }];
}

const TONES: Record<Verdict, Fact["tone"]> = {
	kept: "good",
	unproved: "note",
	mixed: "warning",
	broken: "error",
	missing: "error",
	unknown: "note",
};

function verdictFact(verdict: Verdict): Fact {
	return { tone: TONES[verdict], words: verdictWord[verdict] };
}
