// Edge(net). The teams, and what collided since a page was built, as the gateway says.
import { GetConflictsResponseSchema, GetTeamsResponseSchema } from "#wire/gen/coordination/v1/status_pb.js";
import { type ConflictsState, conflictsFromWire } from "#wire/map-conflicts";
import { type TeamsState, teamsFromWire } from "#wire/map-teams";
import { type AtGateway, feedOf } from "./browser.ts";
import type { Ask } from "./client.ts";
import type { Feed } from "./feed.ts";
import { conflictsRequest, teamsRequest } from "./requests.ts";

/** Teams and conflicts move with commits and files, not with seconds. */
const INTERVAL_MS = 5000;

/** `held` is what this reader has; the reply may refer to it. Rejects as `ask`, and with ReplyError. */
export async function askTeams(ask: Ask, held: TeamsState | null, signal: AbortSignal): Promise<TeamsState> {
	return teamsFromWire(await ask("GetTeams", teamsRequest(held), GetTeamsResponseSchema, signal), held);
}

export function teamsFeed({ gateway = null }: AtGateway): Feed<TeamsState> {
	return feedOf<TeamsState>("teams", gateway, (ask) => ({
		ask: (held, signal) => askTeams(ask, held, signal),
		intervalMs: () => INTERVAL_MS,
	}));
}

/** What differs from the log of `baseline` (as in GetConflictsRequest). */
export function conflictsFeed({ gateway = null, baseline }: AtGateway & { baseline: string }): Feed<ConflictsState> {
	return feedOf<ConflictsState>(`conflicts ${baseline}`, gateway, (ask) => ({
		async ask(held, signal) {
			const reply = await ask("GetConflicts", conflictsRequest(baseline, held), GetConflictsResponseSchema, signal);
			return conflictsFromWire(reply, baseline, held);
		},
		intervalMs: () => INTERVAL_MS,
	}));
}
