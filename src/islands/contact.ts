// Pure. Where what an island shows comes from, how old that is, and the one plain sentence when contact is lost.
import type { FeedState } from "./feed.ts";
import { durationWords, instantWords } from "./words.ts";

/** Where the values shown come from: the page itself, or the gateway's last answer. */
export type Source =
	| { readonly kind: "build"; readonly takenAt: string; readonly wallMs: number | null }
	| {
			readonly kind: "live";
			/** Since the answer came, monotonic clock. */
			readonly sinceMs: number;
			readonly isDoubted: boolean;
			readonly hasSlept: boolean;
	  };

/** `takenAt` is when the page's own values were taken. */
export function sourceOf(feed: FeedState<unknown>, takenAt: string): Source {
	const { held, isDoubted, hasSlept, nowMs, wallMs } = feed;
	if (held === null) return { kind: "build", takenAt, wallMs };
	return { kind: "live", sinceMs: nowMs - held.receivedAtMs, isDoubted, hasSlept };
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

/** Says plainly that what is shown is not live, and why; null while all is well. `hasInitial`: the page brought a state along. */
export function contactSentence(feed: FeedState<unknown>, hasInitial: boolean): string | null {
	const { contact, held, hasSlept, nowMs } = feed;
	if (contact === "live" || contact === "waiting") return null;
	if (held === null) {
		const shown = hasInitial ? "; showing the state when this page was built." : ".";
		return `${contact === "offline" ? "You are offline" : "Live status is not available here"}${shown}`;
	}
	const ago = agoWords(nowMs - held.receivedAtMs, hasSlept);
	const why = {
		offline: "You are offline; showing what the gateway said",
		unreachable: "Can't reach the gateway; showing what it said",
		altered: "The gateway's answer did not arrive whole; showing what it said",
		refused: "The gateway could not answer; showing what it said",
	}[contact];
	return `${why} ${ago}.`;
}
