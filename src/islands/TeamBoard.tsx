// Browser view. What each team declares, beside what git shows, and where the two disagree.
import type { ComponentChildren } from "preact";
import type { TeamStatus, TeamsSnapshot } from "#model/snapshot";
import type { TeamsState } from "#wire/map-teams";
import { Announcer, told } from "./announce.tsx";
import { Breakable } from "./breakable.tsx";
import type { AtGateway } from "./browser.ts";
import { Contact } from "./Contact.tsx";
import { agoWords, type Source, sourceOf } from "./contact.ts";
import type { FeedState } from "./feed.ts";
import { foreseenIn, foreseenWords } from "./foreseen.ts";
import { teamsFeed } from "./git-feeds.ts";
import "./islands.css";
import "./git.css";
import { later } from "./later.tsx";
import { live } from "./live.tsx";
import { conflictWords, type Declaration, declarationOf, evidenceWords, stateWords } from "./team-words.ts";
import { counted, instantWords } from "./words.ts";

/** Only a gateway knows of worktrees. */
const Worktrees = later(() => import("./Worktrees.tsx"));

interface Props extends AtGateway {
	/** The teams as of the audit the site was built from. */
	readonly initial: TeamsSnapshot;
	/** Address of each team's page, by team id; a team that is not here gets no link. */
	readonly links: Readonly<Record<string, string>>;
	/** Show only this team. */
	readonly team?: string;
}

type Answer = Pick<TeamsState, "snapshot" | "uptimeMs" | "derivedAgeMs" | "notices">;

/** What git shows is to be greyed when it was last looked at longer ago, ms. */
const GIT_STALE_MS = 60_000;

export function teamView({ initial, links, team }: Props, feed: FeedState<Answer>) {
	const answer = feed.held?.answer ?? null;
	const { teams, otherWorktrees, ...head } = answer?.snapshot ?? initial;
	const source = sourceOf(feed, "");
	// Where nothing lies uncommitted, a worktree of nobody's is no news.
	const others = otherWorktrees.filter(({ changed, trouble }) => changed > 0 || trouble !== null);
	const shown = (team === undefined ? teams : teams.filter((each) => each.id === team)).map((each) => ({
		team: each,
		declaration: declarationOf(each.declared, answer?.uptimeMs ?? 0, source.kind === "live" ? source.sinceMs : 0),
	}));
	const nameOf = (id: string) => teams.find((each) => each.id === id)?.name ?? id;
	const states = Object.fromEntries(shown.map((each) => [each.team.name, stateWords(each.team, each.declaration)]));
	return (
		<div class="live-board not-content">
			{shown.length === 0 && <p>{team === undefined ? "No teams are declared." : `No team ${team} is declared.`}</p>}
			<Contact feed={feed} hasInitial={true} />
			<ul class="live-cards live-wide">
				{shown.map((each) => (
					<Card key={each.team.id} {...each} link={links[each.team.id]} nameOf={nameOf} />
				))}
			</ul>
			{team === undefined && others.length > 0 && (
				<div class="live-card live-others">
					<p class="live-title">Worktrees of nobody that could be named</p>
					<Worktrees worktrees={others} nameOf={nameOf} />
				</div>
			)}
			<GitAge {...head} derivedAgeMs={answer?.derivedAgeMs ?? null} source={source} />
			<Announcer noun="state" states={told(states, feed)} />
		</div>
	);
}

export default live(teamsFeed, teamView);

interface GitAgeProps extends Pick<TeamsSnapshot, "head" | "headAt"> {
	readonly derivedAgeMs: number | null;
	readonly source: Source;
}

/** As of when git shows what is shown of it. */
function GitAge({ head, headAt, derivedAgeMs, source }: GitAgeProps) {
	const ageMs = source.kind === "live" && derivedAgeMs !== null ? derivedAgeMs + source.sinceMs : null;
	const isOld = ageMs !== null && (ageMs > GIT_STALE_MS || (source.kind === "live" && source.isDoubted));
	return (
		<p class="live-age" data-old={isOld ? "" : undefined}>
			{ageMs === null
				? "Git as of the audit that built this page"
				: `Git as it was ${agoWords(ageMs, hasSlept(source))}`}
			, at commit <code>{head.slice(0, 10)}</code> of {instantWords(headAt)}
			{source.kind === "live" && ageMs === null && ` · asked ${agoWords(source.sinceMs, source.hasSlept)}`}
		</p>
	);
}

function hasSlept(source: Source): boolean {
	return source.kind === "live" && source.hasSlept;
}

interface CardProps {
	readonly team: TeamStatus;
	readonly declaration: Declaration;
	readonly link: string | undefined;
	nameOf(team: string): string;
}

function Card({ team, declaration, link, nameOf }: CardProps) {
	const { declared, derived, contradictions } = team;
	const foreseen = foreseenIn(derived.worktrees);
	return (
		<li class="live-card">
			<p class="live-head">
				<strong>{link === undefined ? team.name : <a href={link}>{team.name}</a>}</strong>
				<span class="live-tag">
					{counted(derived.openErrors + derived.openWarnings + derived.openNotes, "open conflict")}
				</span>
				{foreseen > 0 && <span class="live-tag live-warned">▲ {foreseenWords(foreseen)}</span>}
			</p>
			{contradictions.length > 0 && (
				<ul class="live-contradictions">
					{contradictions.map((sentence) => (
						<li key={sentence}>{sentence}</li>
					))}
				</ul>
			)}
			<div class="live-pair">
				<Facts title="Declared by the team" note={declaration.origin} isOld={declaration.isExpired}>
					<Fact label="State">
						{declaration.state.replace("-", " ")}
						{declaration.isExpired && `; last said: ${declared.state.replace("-", " ")}`}
					</Fact>
					<Fact label="Working on">{declared.workingOn ?? "not said"}</Fact>
					<Fact label="Last activity">
						{declared.lastActivityAt === null ? "Not yet detected" : instantWords(declared.lastActivityAt)}
					</Fact>
					<Fact label="Blocked by">{declared.blockedBy.map(nameOf).join(", ") || "None"}</Fact>
					{declared.note !== null && <Fact label="Note">{declared.note}</Fact>}
				</Facts>
				<Facts title="Derived from git">
					<Fact label="Commits read">{derived.commits}</Fact>
					<Fact label="Newest of them">
						{derived.last === null ? "none attributed" : <Commit last={derived.last} />}
					</Fact>
					<Fact label="Open conflicts">{conflictWords(derived)}</Fact>
					{derived.branches.length > 0 && (
						<Fact label="Branches">
							<Names names={derived.branches.map(({ name }) => name)} />
						</Fact>
					)}
					{derived.recentFiles.length > 0 && (
						<Fact label="Recent files">
							<Names names={derived.recentFiles.map(({ path }) => path)} />
						</Fact>
					)}
				</Facts>
			</div>
			{derived.worktrees.length > 0 && <Worktrees worktrees={derived.worktrees} nameOf={nameOf} />}
		</li>
	);
}

interface FactsProps {
	readonly title: string;
	readonly note?: string;
	readonly isOld?: boolean;
	readonly children: ComponentChildren;
}

function Facts({ title, note, isOld = false, children }: FactsProps) {
	return (
		<div>
			<p class="live-title">
				{title}
				{note !== undefined && <span class="live-note">, {note}</span>}
			</p>
			<dl class="live-facts" data-old={isOld ? "" : undefined}>
				{children}
			</dl>
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

/** At most five. */
function Names({ names }: { names: readonly string[] }) {
	return (
		<ul class="live-files">
			{names.slice(0, 5).map((name) => (
				<li key={name}>
					<code>
						<Breakable text={name} after="/" />
					</code>
				</li>
			))}
		</ul>
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
