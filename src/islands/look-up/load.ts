// Edge(browser). Fetches what answers are given from: both files whole and of one commit, or a sentence that says why not.
import type { LookUpFile } from "#model/look-up";
import { openPaths, type Paths } from "./paths.ts";
import { readLookUp } from "./read-look-up.ts";

export interface Sources {
	/** Addresses of the two files. */
	readonly lookUp: string;
	readonly paths: string;
}

export interface Loaded {
	readonly file: LookUpFile;
	readonly paths: Paths;
}

/** Why no answer can be given; the sentence is for the reader. */
export class LoadProblem extends Error {}

/** `isAnew`: past any cache, after what was kept did not fit. Throws LoadProblem. */
export async function load({ lookUp, paths }: Sources, isAnew: boolean): Promise<Loaded> {
	const [rules, list] = await Promise.all([fetchWhole(lookUp, isAnew), fetchWhole(paths, isAnew)]);
	const file = readLookUp(new TextDecoder().decode(rules));
	if (file === null) throw new LoadProblem("The rules arrived damaged, or are of another version of this site.");
	const opened = await openPaths(list).catch(() => {
		throw new LoadProblem("This browser could not start the search over the tracked paths.");
	});
	if (opened === null) {
		throw new LoadProblem("The list of tracked paths arrived damaged, or is of another version of this site.");
	}
	if (opened.head === file.repository.head) return { file, paths: opened };
	opened.close();
	throw new LoadProblem(
		"The rules and the list of tracked paths are of different commits: the site is being published.",
	);
}

async function fetchWhole(address: string, isAnew: boolean): Promise<ArrayBuffer> {
	try {
		const response = await fetch(address, { cache: isAnew ? "reload" : "default" });
		if (response.ok) return await response.arrayBuffer();
		throw new LoadProblem(`The site answered ${response.status} when asked for ${nameIn(address)}.`);
	} catch (error) {
		if (error instanceof LoadProblem) throw error;
		const why = navigator.onLine ? "the site does not answer" : "this browser is offline";
		throw new LoadProblem(`${nameIn(address)} could not be fetched: ${why}.`);
	}
}

function nameIn(address: string): string {
	return address.slice(address.lastIndexOf("/") + 1);
}
