// Pure. The teams, model <-> wire. Browser-safe; types only from the model, so no validator is bundled.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { TeamStatus, TeamsSnapshot } from "#model/snapshot";
import type { TeamState } from "#model/team";
import {
	type AttributedCommit,
	AttributionSource,
	ChangeKind,
	Confidence,
	type GetTeamsResponse,
	GetTeamsResponseSchema,
	type RecentFile,
	type Team,
	type TeamSchema,
	TeamState as WireState,
} from "./gen/coordination/v1/status_pb.js";
import { instantFromWire, proveWhole, REPLY_SCHEMA, ReplyError, requiredInstant } from "./proof.ts";

/** What a reader holds of the teams: hand it back with the next reply, and its `version` with the next request. */
export interface TeamsState {
	readonly version: bigint;
	/** Wall clock of the gateway, ISO. */
	readonly generatedAt: string;
	readonly snapshot: TeamsSnapshot;
}

type Derived = TeamStatus["derived"];
type LastCommit = NonNullable<Derived["last"]>;

/** The whole reply. */
export function teamsToWire(state: TeamsState): GetTeamsResponse {
	const { teams, head, headAt } = state.snapshot;
	return create(GetTeamsResponseSchema, {
		...frame(state),
		teams: teams.map(teamToWire),
		head,
		headAt: timestampFromMs(Date.parse(headAt)),
	});
}

/** The short reply to a request that names the same version. */
export function teamsUnchangedToWire(state: TeamsState): GetTeamsResponse {
	return create(GetTeamsResponseSchema, { ...frame(state), unchanged: true });
}

/**
 * What a reply says; `held` is what this reader had before (null: nothing). Throws ReplyError for a reply
 * that is cut off, of another format, at odds with itself, or `unchanged` against something not held.
 */
export function teamsFromWire(reply: GetTeamsResponse, held: TeamsState | null): TeamsState {
	const before = held === null ? null : { version: held.version, count: held.snapshot.teams.length };
	proveWhole(reply, reply.teams.length, before);
	const generatedAt = requiredInstant(reply.generatedAt, "date");
	if (reply.unchanged && held !== null) return { ...held, generatedAt };
	return {
		version: reply.version,
		generatedAt,
		snapshot: {
			head: reply.head,
			headAt: requiredInstant(reply.headAt, "date of the head commit"),
			teams: reply.teams.map(teamFromWire),
		},
	};
}

function frame({ version, generatedAt, snapshot }: TeamsState) {
	return {
		schema: REPLY_SCHEMA,
		version,
		generatedAt: timestampFromMs(Date.parse(generatedAt)),
		count: snapshot.teams.length,
		complete: true,
	} satisfies MessageInitShape<typeof GetTeamsResponseSchema>;
}

const stateToWire: Record<TeamState, WireState> = {
	unknown: WireState.UNKNOWN,
	"awaiting-start": WireState.AWAITING_START,
	active: WireState.ACTIVE,
	paused: WireState.PAUSED,
	blocked: WireState.BLOCKED,
	done: WireState.DONE,
};

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

const changeToWire: Record<Derived["recentFiles"][number]["change"], ChangeKind> = {
	A: ChangeKind.ADDED,
	M: ChangeKind.MODIFIED,
	D: ChangeKind.DELETED,
	T: ChangeKind.TYPE_CHANGED,
};

/** The model's word for a wire value; `otherwise` where this reader has no word for it. */
function wordFor<Word extends string>(words: Record<Word, number>, wire: number, otherwise: Word): Word {
	const found = Object.entries(words).find(([, value]) => value === wire);
	return found === undefined ? otherwise : (found[0] as Word);
}

function teamToWire(team: TeamStatus): MessageInitShape<typeof TeamSchema> {
	const { state, workingOn, lastActivityAt, blockedBy, note } = team.declared;
	const { commits, last, recentFiles, openErrors, openWarnings, openNotes } = team.derived;
	return {
		id: team.id,
		name: team.name,
		declared: {
			state: stateToWire[state],
			blockedBy: [...blockedBy],
			...(workingOn === null ? {} : { workingOn }),
			...(lastActivityAt === null ? {} : { lastActivityAt: timestampFromMs(Date.parse(lastActivityAt)) }),
			...(note === null ? {} : { note }),
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
		},
		contradictions: [...team.contradictions],
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
		},
		derived: {
			commits: derived.commits,
			last: derived.last === undefined ? null : commitFromWire(derived.last),
			recentFiles: derived.recentFiles.map(fileFromWire),
			openErrors: derived.openErrors,
			openWarnings: derived.openWarnings,
			openNotes: derived.openNotes,
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
