// Browser view. What collided since this page was built, and what would, were it committed.
import type { ConflictsState } from "#wire/map-conflicts";
import type { TeamsState } from "#wire/map-teams";
import { Announcer, told } from "./announce.tsx";
import type { AtGateway } from "./browser.ts";
import { Contact } from "./Contact.tsx";
import { sourceOf } from "./contact.ts";
import type { FeedState } from "./feed.ts";
import { foreseenIn, foreseenWords } from "./foreseen.ts";
import { conflictsFeed, teamsFeed } from "./git-feeds.ts";
import "./islands.css";
import "./git.css";
import { later } from "./later.tsx";
import { live } from "./live.tsx";
import { newsOf } from "./news.ts";

interface Props extends AtGateway {
	/** Digest of the log this page shows. */
	readonly baseline: string;
	/** The log; `#` and the id of a conflict follow, and it finds the page. Null: no row gets a link. */
	readonly log: string | null;
	/** Page that shows what would be found. */
	readonly teams: string;
}

/** Only a gateway has news. */
const Changes = later(() => import("./ConflictChanges.tsx"));

type Answer = Pick<ConflictsState, "delta" | "derivedAgeMs" | "notices">;

export function newsView({ gateway = null, log, teams }: Props, feed: FeedState<Answer>) {
	const answer = feed.held?.answer ?? null;
	const { line, isFresh, caveats } = newsOf(
		answer?.delta ?? null,
		answer?.derivedAgeMs ?? null,
		sourceOf(feed, ""),
		feed.contact === "live",
	);
	const changes = answer?.delta.changes ?? [];
	return (
		<div class="live-board live-news not-content">
			<p class="live-line" data-tone={isFresh && changes.length > 0 ? "warn" : "grey"}>
				{changes.length > 0 && (
					<span class="live-state" aria-hidden="true">
						▲{" "}
					</span>
				)}
				{line}
			</p>
			{caveats.map((caveat) => (
				<p key={caveat} class="live-age">
					{caveat}
				</p>
			))}
			<Contact feed={feed} hasInitial={true} />
			{changes.length > 0 && <Changes changes={changes} more={answer?.delta.moreChanges ?? 0} log={log} />}
			<WouldBe gateway={gateway} teams={teams} />
			<Announcer noun="conflict" states={told(Object.fromEntries(changes.map((one) => [one.id, one.message])), feed)} />
		</div>
	);
}

export default live(conflictsFeed, newsView);

interface WouldBeProps extends AtGateway {
	readonly teams: string;
}

/** Counts what would be found in worktrees; says nothing where nothing would be, or nobody looked. */
export function wouldBeView({ teams }: WouldBeProps, feed: FeedState<Pick<TeamsState, "snapshot">>) {
	const snapshot = feed.held?.answer.snapshot;
	if (snapshot === undefined) return null;
	const count = foreseenIn([...snapshot.teams.flatMap(({ derived }) => derived.worktrees), ...snapshot.otherWorktrees]);
	return count === 0 ? null : (
		<p>
			<a href={teams}>{foreseenWords(count)}</a> if committed as they are.
		</p>
	);
}

const WouldBe = live(teamsFeed, wouldBeView);
