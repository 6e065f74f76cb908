// Pure. The feed of conflicts: the newest that are open, each once, whatever page of the log it moves to.
import type { RSSOptions } from "@astrojs/rss";
import type { Conflict, ConflictLog } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import { SAMPLE_REPOSITORY_NAME } from "#model/sample";
import { visible } from "#model/visible";
import { findingWords } from "#report/codes";
import { teamsOf } from "#report/stories";

/** A reader of feeds polls: of more at once it would lose the rest anyhow, and the log holds them all. */
export const FEED_ITEMS = 100;

export interface FeedPlace {
	/** Absolute addresses: of the site with its base, of the feed itself, and of a conflict. */
	readonly site: string;
	readonly self: string;
	readonly addressOf: (id: string) => string;
}

/** Options for @astrojs/rss. A conflict is known to readers by its id and episode, never by its address. */
export function conflictFeed(project: string, log: ConflictLog, { site, self, addressOf }: FeedPlace): RSSOptions {
	const open = log.conflicts.filter(isOpen).sort(newestFirst);
	return {
		title: `${xmlText(project)}: conflicts`,
		description: describe(log, open.length),
		site,
		trailingSlash: false,
		xmlns: { atom: "http://www.w3.org/2005/Atom" },
		// The package would take the slash off the site's own address, too.
		customData: `<link>${site}</link><language>en</language><lastBuildDate>${new Date(log.repository.headAt).toUTCString()}</lastBuildDate><atom:link href="${self}" rel="self" type="application/rss+xml"/>`,
		items: open.slice(0, FEED_ITEMS).map((conflict) => ({
			title: xmlText(`${conflict.level}: ${conflict.message}`),
			link: addressOf(conflict.id),
			description: xmlText(`${findingWords[conflict.code].title} (${teamsOf(conflict)}). ${conflict.hint}`),
			pubDate: new Date(conflict.firstAt),
			categories: [conflict.level, conflict.code, ...conflict.teams.map(xmlText)],
			customData: `<guid isPermaLink="false">${conflict.id}/${conflict.episode}</guid>`,
		})),
	};
}

function describe({ repository }: ConflictLog, open: number): string {
	const { name, head, headAt, complete } = repository;
	const sample = name === SAMPLE_REPOSITORY_NAME ? " This is the built-in sample, not a project of yours." : "";
	const part = complete ? "" : " The history was not read whole: conflicts may be missing.";
	const shown = open > FEED_ITEMS ? `, of which the newest ${FEED_ITEMS} are here` : "";
	return xmlText(`Open conflicts of ${name} at ${head.slice(0, 10)} (${headAt}): ${open}${shown}.${part}${sample}`);
}

function newestFirst(a: Conflict, b: Conflict): number {
	return a.firstAt < b.firstAt ? 1 : a.firstAt > b.firstAt ? -1 : a.id < b.id ? -1 : 1;
}

/** Text that XML can hold: nothing invisible, and none of the code points that XML 1.0 leaves out. */
function xmlText(text: string): string {
	return visible(text).replace(/[\ufffe\uffff]/g, "\ufffd");
}
