// Edge(browser). Fetches what answers are given from: both files whole and of one commit, or a sentence that says why not.
import { openPaths, type Paths } from "./paths.ts";

export interface Sources {
	/** Addresses of the two files. */
	readonly lookUp: string;
	readonly paths: string;
}

/** Why no answer can be given; the sentence is for the reader. */
export class LoadProblem extends Error {
	/** Whether this page itself may be the one that is out of date. */
	readonly isPageOld: boolean;

	constructor(sentence: string, isPageOld = false) {
		super(sentence);
		this.isPageOld = isPageOld;
	}
}

/** Later than this nothing is waited for, in milliseconds. */
const MOST_WAIT_MS = 20_000;

/** `isAnew`: past any cache, after what was kept did not fit. Throws LoadProblem. */
export async function load({ lookUp, paths }: Sources, isAnew: boolean): Promise<Paths> {
	const [rules, list] = await Promise.all([fetchWhole(lookUp, isAnew), fetchWhole(paths, isAnew)]);
	const opened = await openPaths(rules, list, MOST_WAIT_MS).catch(() => {
		throw new LoadProblem("This browser could not start the search over the tracked paths.");
	});
	if ("damaged" in opened) {
		const what = opened.damaged === "rules" ? "The rules arrived" : "The list of tracked paths arrived";
		throw new LoadProblem(`${what} damaged, or of another version than this page.`, true);
	}
	if (opened.head === opened.file.repository.head) return opened;
	opened.close();
	throw new LoadProblem(
		"The rules and the list of tracked paths are of different commits: the site is being published.",
	);
}

async function fetchWhole(address: string, isAnew: boolean): Promise<ArrayBuffer> {
	try {
		const response = await fetch(address, {
			cache: isAnew ? "reload" : "default",
			signal: AbortSignal.timeout(MOST_WAIT_MS),
		});
		if (response.ok) return await response.arrayBuffer();
		throw new LoadProblem(`The site answered ${response.status} when asked for ${nameIn(address)}.`);
	} catch (error) {
		if (error instanceof LoadProblem) throw error;
		const isLate = error instanceof DOMException && error.name === "TimeoutError";
		const late = `it had not arrived after ${MOST_WAIT_MS / 1000} seconds`;
		// A browser without a network still reaches a site on its own machine.
		const isOffline = !navigator.onLine && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname);
		const why = isLate ? late : isOffline ? "this browser is offline" : "the site does not answer";
		throw new LoadProblem(`${nameIn(address)} could not be fetched: ${why}.`);
	}
}

function nameIn(address: string): string {
	return address.slice(address.lastIndexOf("/") + 1);
}
