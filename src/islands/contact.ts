// Pure. Where what an island shows comes from, how old that is, and the one plain sentence when contact is lost.
import type { Contact, FeedState } from "./feed.ts";
import { durationWords, instantWords } from "./words.ts";

/** Where the values shown come from: the page itself, or the gateway's last answer. */
export type Source =
	| { readonly kind: "build"; readonly takenAt: string; readonly wallMs: number | null }
	| {
			readonly kind: "live";
			/** Since the answer was made, monotonic clock. */
			readonly sinceMs: number;
			readonly isDoubted: boolean;
			readonly hasSlept: boolean;
	  };

/** `takenAt` is when the page's own values were taken. */
export function sourceOf(feed: FeedState<unknown>, takenAt: string): Source {
	const { held, isDoubted, hasSlept, nowMs, wallMs } = feed;
	if (held === null) return { kind: "build", takenAt, wallMs };
	return { kind: "live", sinceMs: Math.max(0, nowMs - held.asOfMs), isDoubted, hasSlept };
}

/** `42 s ago`, `just now`; after a sleep the clock that counts ages may have stood still: `at least 42 s ago`. */
export function agoWords(ageMs: number, hasSlept: boolean): string {
	if (ageMs < 1000 && !hasSlept) return "just now";
	return `${hasSlept ? "at least " : ""}${durationWords(ageMs)} ago`;
}

/**
 * `when this page was built, 2026-11-23 22:10 UTC`. With `withAge`, and where the reader's clock allows, how
 * long ago that was; only a wall clock can tell, and one that runs behind tells nothing.
 */
export function builtWords({ takenAt, wallMs }: Source & { kind: "build" }, withAge: boolean): string {
	const words = `when this page was built, ${instantWords(takenAt)}`;
	const ageMs = wallMs === null ? -1 : wallMs - Date.parse(takenAt);
	return withAge && ageMs >= 0 ? `${words} (${durationWords(ageMs)} ago)` : words;
}

/**
 * Says plainly that what is shown is not live, why, and what to do about it where a reader can do anything; null while
 * all is well. `hasInitial`: the page brought a state along.
 */
export function contactSentence(feed: FeedState<unknown>, hasInitial: boolean): string | null {
	const { contact, held, hasSlept, nowMs } = feed;
	if (contact === "live" || contact === "waiting") return null;
	const shown =
		held !== null
			? `; showing what ${contact === "offline" ? "the gateway" : "it"} said ${agoWords(nowMs - held.asOfMs, hasSlept)}.`
			: hasInitial
				? "; showing the state when this page was built."
				: ".";
	const [why, cure = ""] = reasonWords(feed, contact);
	return `${why}${shown}${cure}`;
}

function reasonWords(
	{ held, gateway, words }: FeedState<unknown>,
	contact: Exclude<Contact, "live" | "waiting">,
): [why: string, cure?: string] {
	const isNew = held === null;
	switch (contact) {
		case "offline":
			return ["You are offline"];
		case "unreachable":
			if (!isNew) return ["Can't reach the gateway", " It is asked again and again."];
			if (gateway === null) return ["Live status is not available here"];
			return [
				`Can't reach the gateway at ${gateway}`,
				" It may be down, may not allow this site to ask (COORD_ORIGINS), or this browser may keep pages out of your local network: look for a prompt or its site settings.",
			];
		case "foreign":
			if (isNew) return ["No gateway answers at this address"];
			return ["A proxy or portal answers in the gateway's place", " Sign in to the network, or reload the page."];
		case "altered":
			return ["A proxy or portal between this page and the gateway alters its replies"];
		case "stuck":
			return [
				"The gateway's answers do not move",
				" A cache on the way, or a gateway of an earlier run, gives old ones: reload the page.",
			];
		case "blocked":
			return [
				`This page came over https, and browsers let none of those ask ${gateway} over http`,
				" Open the site at the gateway's own address, or give the gateway https.",
			];
		case "refused":
			return [`The gateway could not answer${words === "" ? "" : ` (${words})`}`];
	}
}
