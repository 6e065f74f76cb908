// Pure. What was promised at a path, in the words that the command and the page share. All is safe to show.
import type { LookUpData, LookUpPromise } from "#model/look-up";
import { visible } from "#model/visible";
import { nameOf } from "./look-up-words.ts";

/** What the file does with the promise, to be followed by whose it is. */
const STATES: Readonly<Record<LookUpPromise["state"], string>> = {
	kept: "keeps",
	differs: "does not keep",
	absent: "does not keep",
	unknown: "keeps or breaks, which the text alone does not tell,",
};

function stateWords({ state, isProved }: LookUpPromise): string {
	return state === "kept" && !isProved ? "keeps, as far as the code says," : STATES[state];
}

/** So many of what one contract promises are named; the rest are counted. */
const MOST_NAMED = 4;

/** Promises of one contract that stand alike in one file, as one sentence begins; at least one. */
export interface SharedPromise {
	readonly contract: string;
	/** `keeps Team A’s promise to Team B: Client.run (line 5)` */
	readonly words: string;
}

/** Promises that all stand in one file, by contract; in the order given. */
export function sharePromises(data: LookUpData, promises: readonly LookUpPromise[]): SharedPromise[] {
	const groups = new Map<string, [LookUpPromise, ...LookUpPromise[]]>();
	for (const promise of promises) {
		const key = JSON.stringify([promise.contract, stateWords(promise)]);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [promise]);
		else group.push(promise);
	}
	return [...groups.values()].map((group) => ({ contract: group[0].contract, words: words(data, group) }));
}

function words(data: LookUpData, group: readonly [LookUpPromise, ...LookUpPromise[]]): string {
	const [{ from, to }] = group;
	const named = group.slice(0, MOST_NAMED).map(placeWords).join(", ");
	const more = group.length > MOST_NAMED ? ` and ${group.length - MOST_NAMED} more` : "";
	const whose = `${nameOf(data, from)}’s promise to ${nameOf(data, to)}`;
	return visible(`${stateWords(group[0])} ${whose}: ${named}${more}`);
}

/** `Client.run (line 5)` */
function placeWords({ what, line }: LookUpPromise): string {
	return line === 0 ? what : `${what} (line ${line})`;
}

/** Files below a folder in which something was promised, each once. */
export function promisedFiles(promises: readonly LookUpPromise[]): string[] {
	return [...new Set(promises.map(({ path }) => path))];
}
