// Pure. The teams, model <-> wire. Browser-safe; types only from the model, so no validator is bundled.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { TeamStatus, TeamsSnapshot } from "#model/snapshot";
import type { TeamState } from "#model/team";
import {
	type AttributedCommit,
	AttributionSource,
	Confidence,
	DeclaredSource,
	type DeclaredStatus,
	type GetTeamsResponse,
	GetTeamsResponseSchema,
	type RecentFile,
	type Team,
	type TeamSchema,
	TeamState as WireState,
} from "./gen/coordination/v1/status_pb.js";
import { changeToWire, worktreeFromWire, worktreeToWire } from "./map-worktree.ts";
import {
	type GitStamp,
	gitStampFromWire,
	gitTailToWire,
	instantFromWire,
	proveWhole,
	REPLY_SCHEMA,
	ReplyError,
	requiredInstant,
	wholeFromWire,
	wholeToWire,
	wordFor,
} from "./proof.ts";

/** What a reader holds of the teams: hand it back with the next reply, and its `version` with the next request. */
export interface TeamsState extends GitStamp {
	readonly snapshot: TeamsSnapshot;
}

type Derived = TeamStatus["derived"];
type LastCommit = NonNullable<Derived["last"]>;

/** The reply to a reader that holds version `known` (0: none): short where nothing visible moved. */
export function teamsToWire(state: TeamsState, known = 0n): GetTeamsResponse {
	const head = known === state.version ? unchangedHead(state) : wholeHead(state);
	return create(GetTeamsResponseSchema, { ...head, ...gitTailToWire(state) });
}

/** Replies in parts, as `clusterParts`: heads stay the same as long as the version does. */
export const teamsParts = {
	wholeHead: (state: TeamsState) => create(GetTeamsResponseSchema, wholeHead(state)),
	unchangedHead: (state: TeamsState) => create(GetTeamsResponseSchema, unchangedHead(state)),
	tail: (state: GitStamp) => create(GetTeamsResponseSchema, gitTailToWire(state)),
};

/**
 * What a reply says; `held` is what this reader had before (null: nothing). Throws ReplyError for a reply
 * that is cut off, of another format, at odds with itself, or `unchanged` against something not held.
 */
export function teamsFromWire(reply: GetTeamsResponse, held: TeamsState | null): TeamsState {
	const before = held === null ? null : { version: held.version, count: held.snapshot.teams.length };
	proveWhole(reply, reply.teams.length, before);
	const said = gitStampFromWire(reply);
	if (reply.unchanged && held !== null) return { ...said, snapshot: held.snapshot };
	return {
		...said,
		snapshot: {
			head: reply.head,
			headAt: requiredInstant(reply.headAt, "date of the head commit"),
			teams: reply.teams.map(teamFromWire),
			otherWorktrees: reply.otherWorktrees.map(worktreeFromWire),
		},
	};
}

type Fields = MessageInitShape<typeof GetTeamsResponseSchema>;

function head({ version, epoch, notices, snapshot }: TeamsState) {
	return {
		schema: REPLY_SCHEMA,
		version,
		epoch,
		notices: [...notices],
		count: snapshot.teams.length,
	} satisfies Fields;
}

function wholeHead(state: TeamsState) {
	const { teams, otherWorktrees, head: commit, headAt } = state.snapshot;
	return {
		...head(state),
		teams: teams.map(teamToWire),
		otherWorktrees: otherWorktrees.map(worktreeToWire),
		head: commit,
		headAt: timestampFromMs(Date.parse(headAt)),
	} satisfies Fields;
}

function unchangedHead(state: TeamsState) {
	return { ...head(state), unchanged: true } satisfies Fields;
}

const stateToWire: Record<TeamState, WireState> = {
	unknown: WireState.UNKNOWN,
	"awaiting-start": WireState.AWAITING_START,
	active: WireState.ACTIVE,
	paused: WireState.PAUSED,
	blocked: WireState.BLOCKED,
	done: WireState.DONE,
};

/** A state as it goes over the wire. */
export function teamStateToWire(state: TeamState): WireState {
	return stateToWire[state];
}

/** The state a report names; null: none, or one this reader has no word for. */
export function teamStateFromWire(wire: WireState): TeamState | null {
	const found = Object.entries(stateToWire).find(([, value]) => value === wire);
	return found === undefined ? null : (found[0] as TeamState);
}

const sourceToWire: Record<LastCommit["attribution"]["by"], AttributionSource> = {
	trailer: AttributionSource.TRAILER,
	branch: AttributionSource.BRANCH,
	merge: AttributionSource.MERGE,
	email: AttributionSource.EMAIL,
	none: AttributionSource.NONE,
};

const confidenceToWire: Record<LastCommit["attribution"]["confidence"], Confidence> = {
	declared: Confidence.DECLARED,
	derived: Confidence.DERIVED,
	unattributed: Confidence.UNATTRIBUTED,
};

function teamToWire(team: TeamStatus): MessageInitShape<typeof TeamSchema> {
	const { state, workingOn, lastActivityAt, blockedBy, note, report } = team.declared;
	const { commits, last, recentFiles, openErrors, openWarnings, openNotes, branches, worktrees } = team.derived;
	return {
		id: team.id,
		name: team.name,
		declared: {
			state: stateToWire[state],
			blockedBy: [...blockedBy],
			...(workingOn === null ? {} : { workingOn }),
			...(lastActivityAt === null ? {} : { lastActivityAt: timestampFromMs(Date.parse(lastActivityAt)) }),
			...(note === null ? {} : { note }),
			...(report === null ? { source: DeclaredSource.CONTENT } : reportToWire(report)),
		},
		derived: {
			commits,
			openErrors,
			openWarnings,
			openNotes,
			...(last === null ? {} : { last: commitToWire(last) }),
			recentFiles: recentFiles.map(({ path, authoredAt, change }) => ({
				path,
				authoredAt: timestampFromMs(Date.parse(authoredAt)),
				change: changeToWire[change],
			})),
			branches: branches.map(({ name, commit, authoredAt }) => ({
				name,
				commit,
				authoredAt: timestampFromMs(Date.parse(authoredAt)),
			})),
			worktrees: worktrees.map(worktreeToWire),
		},
		contradictions: [...team.contradictions],
	};
}

type Report = NonNullable<TeamStatus["declared"]["report"]>;

function reportToWire({ reportedAt, uptimeMs, validForMs }: Report) {
	return {
		source: DeclaredSource.REPORT,
		reportedAt: timestampFromMs(Date.parse(reportedAt)),
		reportedUptimeMs: BigInt(Math.round(uptimeMs)),
		validForMs: wholeToWire(validForMs),
	};
}

/** A report without its times cannot be judged by age: it is thrown away with the reply. */
function reportFromWire({ source, reportedAt, reportedUptimeMs, validForMs }: DeclaredStatus): Report | null {
	if (source !== DeclaredSource.REPORT) return null;
	if (reportedUptimeMs === undefined) throw new ReplyError("the reply does not say how old a report is");
	return {
		reportedAt: requiredInstant(reportedAt, "date of a report"),
		uptimeMs: Number(reportedUptimeMs),
		validForMs: wholeFromWire(validForMs) ?? 0,
	};
}

function commitToWire({ commit, subject, authoredAt, attribution }: LastCommit) {
	const { team, by, confidence, evidence } = attribution;
	return {
		commit,
		subject,
		authoredAt: timestampFromMs(Date.parse(authoredAt)),
		attribution: {
			source: sourceToWire[by],
			confidence: confidenceToWire[confidence],
			...(team === null ? {} : { team }),
			...(evidence === null ? {} : { evidence }),
		},
	};
}

function teamFromWire(team: Team): TeamStatus {
	const { declared, derived } = team;
	if (declared === undefined || derived === undefined) throw new ReplyError(`the reply says nothing of ${team.id}`);
	return {
		id: team.id,
		name: team.name,
		declared: {
			state: wordFor(stateToWire, declared.state, "unknown"),
			workingOn: declared.workingOn ?? null,
			lastActivityAt: instantFromWire(declared.lastActivityAt),
			blockedBy: [...declared.blockedBy],
			note: declared.note ?? null,
			report: reportFromWire(declared),
		},
		derived: {
			commits: derived.commits,
			last: derived.last === undefined ? null : commitFromWire(derived.last),
			recentFiles: derived.recentFiles.map(fileFromWire),
			openErrors: derived.openErrors,
			openWarnings: derived.openWarnings,
			openNotes: derived.openNotes,
			branches: derived.branches.map(({ name, commit, authoredAt }) => ({
				name,
				commit,
				authoredAt: requiredInstant(authoredAt, `date of branch ${name}`),
			})),
			worktrees: derived.worktrees.map(worktreeFromWire),
		},
		contradictions: [...team.contradictions],
	};
}

function commitFromWire({ commit, subject, authoredAt, attribution }: AttributedCommit): LastCommit {
	return {
		commit,
		subject,
		authoredAt: requiredInstant(authoredAt, `date of commit ${commit}`),
		attribution: {
			team: attribution?.team ?? null,
			// Evidence of a kind this reader does not know is, to this reader, none: it claims the least.
			by: wordFor(sourceToWire, attribution?.source ?? 0, "none"),
			confidence: wordFor(confidenceToWire, attribution?.confidence ?? 0, "unattributed"),
			evidence: attribution?.evidence ?? null,
		},
	};
}

function fileFromWire({ path, authoredAt, change }: RecentFile): Derived["recentFiles"][number] {
	return {
		path,
		authoredAt: requiredInstant(authoredAt, `date of ${path}`),
		// "Changed" is what every kind of change has in common.
		change: wordFor(changeToWire, change, "M"),
	};
}
