// Edge(browser). The page's clock, dice and events, and the two feeds that all its islands share.

import type { ClusterState } from "#wire/map";
import type { TeamsState } from "#wire/map-teams";
import { createStatusClient, failureKind } from "./client.ts";
import { createFeed, type Feed } from "./feed.ts";
import { DEADLINE_MS, type World } from "./poll.ts";

const browser: World = {
	monotonicMs: () => performance.now(),
	wallMs: () => Date.now(),
	random: () => Math.random(),
	later(run, ms) {
		const timer = setTimeout(run, ms);
		return () => clearTimeout(timer);
	},
	isVisible: () => document.visibilityState === "visible",
	isOnline: () => navigator.onLine,
	listen(listener) {
		const controller = new AbortController();
		const { signal } = controller;
		const on = (target: EventTarget, type: string, run: () => void) => target.addEventListener(type, run, { signal });
		on(document, "visibilitychange", () => listener(document.visibilityState === "visible" ? "show" : "hide"));
		for (const type of ["focus", "online", "offline"] as const) on(window, type, () => listener(type));
		return () => controller.abort();
	},
};

/** The teams move with commits, not with seconds. */
const TEAMS_INTERVAL_MS = 5000;

interface ClusterAnswer extends ClusterState {
	readonly generatedAt: string;
}

let cluster: Feed<ClusterAnswer> | undefined;
let teams: Feed<TeamsState> | undefined;

/** The page's one feed of the cluster. Site and gateway are one origin: no address to configure. */
export function clusterFeed(): Feed<ClusterAnswer> {
	const client = createStatusClient(location.origin, DEADLINE_MS);
	cluster ??= createFeed<ClusterAnswer>(browser, {
		async ask(held, signal) {
			const state = await client.getCluster(held, signal);
			return { ...state, generatedAt: state.snapshot.takenAt };
		},
		intervalMs: (answer) => answer.snapshot.intervalMs,
		failureKind,
	});
	return cluster;
}

/** The page's one feed of the teams. */
export function teamsFeed(): Feed<TeamsState> {
	teams ??= createFeed<TeamsState>(browser, {
		ask: createStatusClient(location.origin, DEADLINE_MS).getTeams,
		intervalMs: () => TEAMS_INTERVAL_MS,
		failureKind,
	});
	return teams;
}
