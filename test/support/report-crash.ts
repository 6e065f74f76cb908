// Edge(process). Kills a gateway again and again while teams report to it, and looks whether anything it accepted is lost.
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { type Client, Code, ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { keptToken, makeToken } from "../../src/gateway/reports/tokens.ts";
import { changeTokens } from "../../src/gateway/reports/tokens-file.ts";
import { openJournal } from "../../src/gateway/store/journal.ts";
import { StatusService, TeamState } from "../../src/wire/gen/coordination/v1/status_pb.js";
import { prepareGateway } from "./gateway-child.ts";

export interface CrashOptions {
	readonly kills: number;
	readonly random: { between(low: number, high: number): number };
	readonly onKill?: (done: number) => void;
}

export interface CrashFigures {
	readonly kills: number;
	/** Reports that were answered with "accepted". */
	readonly accepted: number;
	/** Sent, and not answered when the gateway was killed: they may be there or not. */
	readonly unanswered: number;
	/** Of the unanswered, those found to be there. */
	readonly unansweredKept: number;
	/** Times the journal was replaced by what still counts. */
	readonly compactions: number;
	/** Accepted, and not there after the restart; empty is the only good value. */
	readonly lost: readonly string[];
	/** Accepted ones that were accepted once more when sent again. */
	readonly acceptedTwice: readonly string[];
}

const TEAMS = 40;
/** A gateway is killed after at most so many more reports were accepted, and a moment within which others are under way. */
const ACCEPTED_MAX = 40;
const MOMENT_MS = 15;
/** Small, so that kills also hit the moments in which a journal is replaced. */
const COMPACT_ABOVE_BYTES = 20_000;

interface Reporter {
	readonly team: string;
	readonly token: string;
	/** The last sequence sent, and the last that was answered. */
	sent: number;
	accepted: number;
}

/** `kills` times: start, check all that was accepted, let every team report as fast as it may, SIGKILL at a random moment. */
export async function crashReports({ kills, random, onKill }: CrashOptions): Promise<CrashFigures> {
	const folder = await mkdtemp(join(tmpdir(), "report-crash-"));
	const state = { folder: join(folder, "state"), isShared: false, compactAboveBytes: COMPACT_ABOVE_BYTES };
	const reporters: Reporter[] = Array.from({ length: TEAMS }, (_, index) => ({
		team: `team-${index}`,
		token: makeToken(randomBytes(24)),
		sent: 0,
		accepted: 0,
	}));
	await changeTokens(state.folder, () =>
		reporters.map(({ team, token }) => keptToken(token, team, "2026-11-26T10:00:00Z")),
	);
	const figures = {
		accepted: 0,
		unanswered: 0,
		unansweredKept: 0,
		lost: [] as string[],
		acceptedTwice: [] as string[],
	};
	let next = prepareGateway();
	try {
		for (let kill = 0; kill <= kills; kill++) {
			const waiting = next;
			next = prepareGateway();
			const what = { teams: reporters.map(({ team }) => team), content: folder, state, node: null };
			const gateway = await waiting.start(what);
			const client = createClient(StatusService, createConnectTransport({ baseUrl: gateway.url, httpVersion: "1.1" }));
			await checkAll(client, reporters, state.folder, figures);
			if (kill === kills) {
				await gateway.signal("SIGKILL");
				break;
			}
			const life = { isOver: false };
			const streams = reporters.map((reporter) => stream(client, reporter, life, figures));
			const enough = figures.accepted + Math.floor(random.between(0, ACCEPTED_MAX));
			for (const start = performance.now(); figures.accepted < enough && performance.now() - start < 5_000; )
				await sleep(2);
			await sleep(random.between(0, MOMENT_MS));
			await gateway.signal("SIGKILL");
			life.isOver = true;
			await Promise.all(streams);
			onKill?.(kill + 1);
		}
		const [journal] = (await readdir(state.folder)).filter((name) => name.startsWith("reports-"));
		return { kills, ...figures, compactions: Number(/\d+/.exec(journal ?? "")?.[0] ?? 1) - 1 };
	} finally {
		next.kill();
		await rm(folder, { recursive: true, force: true });
	}
}

/** Sends a report, each with a sequence and a text of its own. True: accepted; a number: the last sequence there is. */
async function send(client: Client<typeof StatusService>, { team, token }: Reporter, sequence: number) {
	const report = {
		team,
		sequence: BigInt(sequence),
		issuedAt: timestampFromMs(Date.now()),
		state: TeamState.ACTIVE,
		workingOn: `report ${sequence}`,
	};
	try {
		await client.reportTeam(report, { headers: { authorization: `Bearer ${token}` }, timeoutMs: 5_000 });
		return true;
	} catch (thrown) {
		const error = ConnectError.from(thrown);
		if (error.code === Code.AlreadyExists) return Number(error.metadata.get("last-sequence"));
		return error;
	}
}

async function stream(
	client: Client<typeof StatusService>,
	reporter: Reporter,
	life: { readonly isOver: boolean },
	figures: { accepted: number; unanswered: number },
): Promise<void> {
	while (!life.isOver) {
		const sequence = reporter.sent + 1;
		const outcome = await send(client, reporter, sequence);
		if (outcome === true) {
			reporter.sent = sequence;
			reporter.accepted = sequence;
			figures.accepted += 1;
		} else if (outcome instanceof ConnectError && outcome.code === Code.ResourceExhausted) {
			// Refused, so never written: the same sequence is free.
			await sleep(20);
		} else {
			reporter.sent = sequence;
			figures.unanswered += 1;
			return;
		}
	}
}

/** Each report accepted before must be there, in the gateway's own word and in the files, and must not be taken again. */
async function checkAll(
	client: Client<typeof StatusService>,
	reporters: readonly Reporter[],
	folder: string,
	figures: { unansweredKept: number; lost: string[]; acceptedTwice: string[] },
): Promise<void> {
	const kept = new Map((await openJournal(folder).all()).map((report) => [report.team, report]));
	for (const reporter of reporters) {
		const { team, accepted, sent } = reporter;
		const report = kept.get(team);
		const last = Number(report?.sequence ?? 0n);
		if (last < accepted || last > sent) figures.lost.push(`${team} ${accepted}: the journal holds ${last}`);
		if (last > 0 && report?.workingOn !== `report ${last}`) figures.lost.push(`${team} ${last}: other words`);
		if (last > accepted) figures.unansweredKept += 1;
		if (last === 0) continue;
		const outcome = await again(client, reporter, last);
		if (outcome === true) figures.acceptedTwice.push(`${team} ${last}`);
		else if (outcome !== last) figures.lost.push(`${team} ${last}: the gateway holds ${outcome}`);
		reporter.accepted = last;
		reporter.sent = last;
	}
}

/** Sent again until it is judged: a machine that is busy turns calls away unread. */
async function again(client: Client<typeof StatusService>, reporter: Reporter, sequence: number) {
	for (;;) {
		const outcome = await send(client, reporter, sequence);
		if (!(outcome instanceof ConnectError)) return outcome;
		if (outcome.code !== Code.ResourceExhausted) return outcome.message;
		await sleep(50);
	}
}
