// Browser view. Tells screen readers what changed, and nothing else: ages tick without a word.
import { Component } from "preact";
import type { Contact, FeedState } from "./feed.ts";
import { counted } from "./words.ts";

/** What can be announced: a state for each name. */
export type States = Readonly<Record<string, string>>;

/** More changes than this at once are counted, not told one by one. */
const MOST_TOLD = 3;

/** `mlx-2: not serving. mlx-3: serving.`; empty when nothing changed. A name new or gone is a change too. */
export function changeWords(before: States, after: States, noun: string): string {
	const names = new Set([...Object.keys(before), ...Object.keys(after)]);
	const changed = [...names].filter((name) => before[name] !== after[name]);
	if (changed.length > MOST_TOLD) return `${counted(changed.length, noun)} changed.`;
	return changed.map((name) => `${name}: ${after[name] ?? "no longer listed"}.`).join(" ");
}

const CONTACT_WORDS: Record<Exclude<Contact, "waiting">, string> = {
	live: "answers",
	offline: "not asked, this browser is offline",
	unreachable: "cannot be reached",
	foreign: "does not answer itself",
	altered: "answers do not arrive whole",
	stuck: "answers do not move",
	blocked: "may not be asked from here",
	refused: "could not answer",
};

/**
 * `states` and, as one more, how contact with the gateway stands. Null while nothing can have changed yet: no
 * answer so far, or the page was away and its first question is still open.
 */
export function told(states: States | null, { held, contact, isDoubted }: FeedState<unknown>): States | null {
	if (states === null || held === null || contact === "waiting" || (isDoubted && contact === "live")) return null;
	return { ...states, Gateway: CONTACT_WORDS[contact] };
}

interface Props {
	/** Null: nothing live is known yet. The first states are where changes count from, and are not announced. */
	readonly states: States | null;
	/** What is counted when many change: `node`. */
	readonly noun: string;
}

/** A polite live region that holds the last change. */
export class Announcer extends Component<Props> {
	private before: States | null = null;
	private said = "";

	override render() {
		const { states, noun } = this.props;
		if (states !== null) {
			if (this.before !== null) this.said = changeWords(this.before, states, noun) || this.said;
			this.before = states;
		}
		return (
			<p class="live-said" role="status">
				{this.said}
			</p>
		);
	}
}
