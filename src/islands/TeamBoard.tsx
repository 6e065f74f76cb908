// Browser view. What each team declares, beside what git shows, and where the two disagree.
import type { ComponentChildren } from "preact";
import type { TeamStatus, TeamsSnapshot } from "#model/snapshot";
import type { TeamsState } from "#wire/map-teams";
import { Announcer, told } from "./announce.tsx";
import { Breakable } from "./breakable.tsx";
import { type AtGateway, teamsFeed } from "./browser.ts";
import { agoWords, contactSentence, sourceOf } from "./contact.ts";
import type { FeedState } from "./feed.ts";
import "./islands.css";
import { live } from "./live.tsx";
import { conflictWords, evidenceWords, stateWords } from "./team-words.ts";
import { counted, instantWords } from "./words.ts";

interface Props extends AtGateway {
	/** The teams as of the audit the site was built from. */
	readonly initial: TeamsSnapshot;
	/** Address of each team's page, by team id; a team that is not here gets no link. */
	readonly links: Readonly<Record<string, string>>;
	/** Show only this team. */
	readonly team?: string;
}

export function teamView({ initial, links, team }: Props, feed: FeedState<Pick<TeamsState, "snapshot">>) {
	const { head, headAt, teams } = feed.held?.answer.snapshot ?? initial;
	const shown = team === undefined ? teams : teams.filter((each) => each.id === team);
	const source = sourceOf(feed, "");
	const sentence = contactSentence(feed, true);
	const states = Object.fromEntries(shown.map((each) => [each.name, stateWords(each)]));
	return (
		<div class="live-board not-content">
			{shown.length === 0 && <p>{team === undefined ? "No teams are declared." : `No team ${team} is declared.`}</p>}
			<ul class="live-cards live-wide">
				{shown.map((each) => (
					<Card key={each.id} team={each} link={links[each.id]} />
				))}
			</ul>
			<p class="live-age">
				As of commit <code>{head.slice(0, 10)}</code> of {instantWords(headAt)}
				{source.kind === "live"
					? ` · asked ${agoWords(source.sinceMs, source.hasSlept)}`
					: ", the newest when this page was built"}
			</p>
			{sentence !== null && <p class="live-sentence">{sentence}</p>}
			<Announcer noun="state" states={told(states, feed)} />
		</div>
	);
}

export default live(teamsFeed, teamView);

function Card({ team, link }: { team: TeamStatus; link: string | undefined }) {
	const { declared, derived, contradictions } = team;
	return (
		<li class="live-card">
			<p class="live-head">
				<strong>{link === undefined ? team.name : <a href={link}>{team.name}</a>}</strong>
				<span class="live-tag">
					{counted(derived.openErrors + derived.openWarnings + derived.openNotes, "open conflict")}
				</span>
			</p>
			{contradictions.length > 0 && (
				<ul class="live-contradictions">
					{contradictions.map((sentence) => (
						<li key={sentence}>{sentence}</li>
					))}
				</ul>
			)}
			<div class="live-pair">
				<Facts title="Declared by the team">
					<Fact label="State">{declared.state.replace("-", " ")}</Fact>
					<Fact label="Working on">{declared.workingOn ?? "not said"}</Fact>
					<Fact label="Last activity">
						{declared.lastActivityAt === null ? "Not yet detected" : instantWords(declared.lastActivityAt)}
					</Fact>
					<Fact label="Blocked by">{declared.blockedBy.join(", ") || "None"}</Fact>
					{declared.note !== null && <Fact label="Note">{declared.note}</Fact>}
				</Facts>
				<Facts title="Derived from git">
					<Fact label="Commits">{derived.commits}</Fact>
					<Fact label="Last commit">{derived.last === null ? "none attributed" : <Commit last={derived.last} />}</Fact>
					<Fact label="Open conflicts">{conflictWords(derived)}</Fact>
					{derived.recentFiles.length > 0 && (
						<Fact label="Recent files">
							<ul class="live-files">
								{derived.recentFiles.slice(0, 5).map(({ path }) => (
									<li key={path}>
										<code>
											<Breakable text={path} after="/" />
										</code>
									</li>
								))}
							</ul>
						</Fact>
					)}
				</Facts>
			</div>
		</li>
	);
}

function Facts({ title, children }: { title: string; children: ComponentChildren }) {
	return (
		<div>
			<p class="live-title">{title}</p>
			<dl class="live-facts">{children}</dl>
		</div>
	);
}

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
	return (
		<div>
			<dt>{label}</dt>
			<dd>{children}</dd>
		</div>
	);
}

function Commit({ last }: { last: NonNullable<TeamStatus["derived"]["last"]> }) {
	return (
		<>
			{last.subject} <code>{last.commit.slice(0, 10)}</code>, {instantWords(last.authoredAt)},{" "}
			{evidenceWords(last.attribution)}
		</>
	);
}
