// Edge(net). Sends a team's report to the gateway, and says in words what became of it.
import { setTimeout as sleep } from "node:timers/promises";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { UsageError, WorldError } from "#model/problem";
import { visible } from "#model/visible";
import { type ReportTeamResponse, StatusService } from "#wire/gen/coordination/v1/status_pb.js";
import { teamStateToWire } from "#wire/map-teams";
import { REPLY_SCHEMA } from "#wire/proof";
import type { ReportFields } from "./report-options.ts";

const TIMEOUT_MS = 10_000;
/** Reports of one team within one millisecond: two hooks at once. More than a few are no accident. */
const CLASHES = 5;

/** A gateway that has enough for now is asked again, so often and after so long: hooks may come in a row. */
const RETRIES = 2;
const RETRY_AFTER_MS = 1_100;

/** What the gateway refuses because of what was sent; anything else is the world's fault. */
const OURS: readonly Code[] = [
	Code.Unauthenticated,
	Code.PermissionDenied,
	Code.NotFound,
	Code.InvalidArgument,
	Code.AlreadyExists,
];

/**
 * Sends the report, with the time in ms as its sequence. Throws UsageError when the gateway refuses what it says, WorldError
 * when it could not be reached, is no gateway, or could not take it now.
 */
export async function sendReport(url: string, token: string, fields: ReportFields): Promise<ReportTeamResponse> {
	const client = createClient(StatusService, createConnectTransport({ baseUrl: url, httpVersion: "1.1" }));
	const { state, blockedBy, ...texts } = fields;
	let [sequence, clashes, retries] = [BigInt(Date.now()), 0, 0];
	for (;;) {
		const report = {
			...texts,
			blockedBy: [...blockedBy],
			state: teamStateToWire(state),
			sequence,
			issuedAt: timestampFromMs(Date.now()),
		};
		try {
			const headers = { authorization: `Bearer ${token}` };
			const reply = await client.reportTeam(report, { headers, timeoutMs: TIMEOUT_MS });
			if (reply.complete && reply.schema === REPLY_SCHEMA && reply.sequence === sequence) return reply;
			throw new WorldError(`${url} answers, but not as a gateway of this version does`);
		} catch (error) {
			if (!(error instanceof ConnectError)) throw error;
			// Only the very same millisecond is a clash. A later one is another report, or a clock that fell behind.
			const isClash = error.code === Code.AlreadyExists && error.metadata.get("last-sequence") === String(sequence);
			if (isClash && clashes < CLASHES) {
				sequence += 1n;
				clashes += 1;
			} else if (error.code === Code.ResourceExhausted && retries < RETRIES) {
				await sleep(RETRY_AFTER_MS);
				sequence = BigInt(Date.now());
				retries += 1;
			} else throw sayRefusal(error, url);
		}
	}
}

function sayRefusal(error: ConnectError, url: string): UsageError | WorldError {
	const words = visible(error.rawMessage);
	if (OURS.includes(error.code)) {
		return error.code === Code.NotFound && /^HTTP 404/.test(words)
			? notAGateway(url, words)
			: new UsageError(`the gateway refused the report: ${words}`);
	}
	switch (error.code) {
		case Code.ResourceExhausted:
			return new WorldError(`the gateway did not take the report: ${words}`);
		case Code.DeadlineExceeded:
			return new WorldError(`no answer from ${url} in ${TIMEOUT_MS / 1000} s; the report may or may not be there`);
		case Code.Unavailable:
			return error.cause instanceof Error && "code" in error.cause
				? new WorldError(`cannot reach the gateway at ${url}: ${words}`, "COORD_GATEWAY says where it is", error)
				: new WorldError(`the gateway did not take the report: ${words}`, null, error);
		default:
			return notAGateway(url, words);
	}
}

function notAGateway(url: string, words: string): WorldError {
	return new WorldError(
		`${url} answers, but does not take reports: ${words}`,
		"COORD_GATEWAY says where the gateway is: the address its pages are opened at",
	);
}
