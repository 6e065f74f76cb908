// Browser view. How contact with the gateway stands, and what the gateway says of itself: nothing while all is well.
import { contactSentence } from "./contact.ts";
import type { FeedState } from "./feed.ts";

interface Props {
	readonly feed: FeedState<{ readonly notices?: readonly string[] }>;
	/** The page brought a state along. */
	readonly hasInitial: boolean;
}

export function Contact({ feed, hasInitial }: Props) {
	const sentence = contactSentence(feed, hasInitial);
	const notices = feed.held?.answer.notices ?? [];
	return (
		<>
			{sentence !== null && <p class="live-sentence">{sentence}</p>}
			{notices.map((notice) => (
				<p key={notice} class="live-notice">
					The gateway says: {notice}
				</p>
			))}
		</>
	);
}
