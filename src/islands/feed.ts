// Pure but for the world it is handed. One kind of answer for all islands of a page: the last one, its age, and how contact stands.
import type { Failure, FailureKind } from "./client.ts";
import { type GatewayClock, noteReply } from "./gateway-clock.ts";
import type { World } from "./poll.ts";
import { type Peers, startSharedPoll, type Told } from "./shared-poll.ts";

/** An answer of the gateway, as far as a feed must understand it. */
export interface Answer {
	readonly version: bigint;
	/** The gateway's run. */
	readonly epoch: bigint;
	/** Its monotonic clock as of the answer. */
	readonly uptimeMs: number;
	/** What the gateway cannot do as it should. */
	readonly notices: readonly string[];
}

/** `waiting`: nothing came back yet. `live`: the last question was answered. `stuck`: answered, with nothing new. */
export type Contact = "waiting" | "live" | "offline" | "stuck" | FailureKind;

export interface FeedState<T> {
	/** The newest answer and the moment it was made, on the page's monotonic clock; null: none yet. */
	readonly held: { readonly answer: T; readonly asOfMs: number } | null;
	readonly contact: Contact;
	/** The gateway's own words where it refused; else empty. */
	readonly words: string;
	/** Show what is held as old until news come: the page was away (hidden, or the machine slept), or answers do not move. */
	readonly isDoubted: boolean;
	/** The machine slept, and a monotonic clock may stand still meanwhile: ages are "at least". */
	readonly hasSlept: boolean;
	/** Moment of this state, monotonic clock. */
	readonly nowMs: number;
	/** The same on the wall clock; null: not in a browser (rendered at build time). */
	readonly wallMs: number | null;
	/** Where the gateway is, if it is not where the page came from. */
	readonly gateway: string | null;
}

export interface Feed<T> {
	/** Calls the listener at once and then at every change, each second while visible. The answer ends it. */
	subscribe(listener: (state: FeedState<T>) => void): () => void;
}

/** What islands show before they run in a browser; what the site's build renders. */
export const AT_BUILD: FeedState<never> = {
	held: null,
	contact: "waiting",
	words: "",
	isDoubted: false,
	hasSlept: false,
	nowMs: 0,
	wallMs: null,
	gateway: null,
};

export interface FeedSource<T> {
	ask(held: T | null, signal: AbortSignal): Promise<T>;
	/** Time between questions, as the answer wants it, ms. */
	intervalMs(answer: T): number;
	failureOf(error: unknown): Failure;
	/** The browser's other pages that ask the same; null: each asks for itself. */
	readonly peers: Peers<Told<T>> | null;
	readonly gateway: string | null;
}

const TICK_MS = 1000;
/** The wall clock ran this much further than the monotonic one between two ticks, ms: the machine slept. */
const SLEEP_MS = 2000;
/** A tick came this much too late, ms: the page was frozen, or its machine was too busy to run it. */
const FROZEN_MS = 5000;
const LEAST_INTERVAL_MS = 1000;
const MOST_INTERVAL_MS = 60_000;
/** So many answers in a row without news, over at least this time, ms: they do not move. */
const STUCK_ANSWERS = 3;
const STUCK_MS = 5000;

/**
 * Whether `next` says anything newer. Runs of the gateway only rise, and within one its version and its clock do: an
 * answer made earlier (a cache, a gateway that is gone) never replaces a newer one, and the same one seen again is no
 * newer knowledge: its age runs on. Wall clocks, which jump, have no say.
 */
export function isNewer(held: Answer | null, next: Answer): boolean {
	if (held === null) return true;
	if (next.epoch !== held.epoch) return next.epoch > held.epoch;
	if (next.version !== held.version) return next.version > held.version;
	return next.uptimeMs > held.uptimeMs;
}

/** A feed that asks while somebody listens, and rests when nobody does. */
export function createFeed<T extends Answer>(world: World, source: FeedSource<T>): Feed<T> {
	const listeners = new Set<(state: FeedState<T>) => void>();
	let state: FeedState<T> = { ...AT_BUILD, gateway: source.gateway };
	let clock: GatewayClock | null = null;
	/** Answers in a row that were no news, and when the last news came. */
	let repeats = 0;
	let newsAtMs = 0;
	let stop: (() => void) | null = null;

	function change(part: Partial<FeedState<T>>): void {
		state = { ...state, ...part, nowMs: world.monotonicMs(), wallMs: world.wallMs() };
		for (const listener of listeners) listener(state);
	}

	function take(answer: T, ageMs: number): number {
		const nowMs = world.monotonicMs();
		if (isNewer(state.held?.answer ?? null, answer)) {
			const noted = noteReply(clock, answer, nowMs - ageMs);
			clock = noted.clock;
			repeats = 0;
			newsAtMs = nowMs;
			const held = { answer, asOfMs: noted.asOfMs };
			change({ held, contact: "live", words: "", isDoubted: false, hasSlept: false });
		} else {
			const isStuck = ++repeats >= STUCK_ANSWERS && nowMs - newsAtMs >= STUCK_MS;
			change(isStuck ? { contact: "stuck", words: "", isDoubted: true } : { contact: "live", words: "" });
		}
		return Math.min(MOST_INTERVAL_MS, Math.max(LEAST_INTERVAL_MS, source.intervalMs(answer)));
	}

	function start() {
		let cancelTick = () => {};
		let lastMs = world.monotonicMs();
		let lastWallMs = world.wallMs();

		/** Whether time passed, since it last looked, that the page knows nothing of. */
		function noteAway(dueMs: number): boolean {
			const passedMs = world.monotonicMs() - lastMs;
			const hasSlept = world.wallMs() - lastWallMs - passedMs > SLEEP_MS;
			const wasAway = hasSlept || passedMs - dueMs > FROZEN_MS;
			lastMs = world.monotonicMs();
			lastWallMs = world.wallMs();
			if (wasAway && state.held !== null) {
				state = { ...state, isDoubted: true, hasSlept: hasSlept || state.hasSlept };
			}
			return wasAway;
		}

		function tickLater(): void {
			cancelTick = world.later(() => {
				const wasAway = noteAway(TICK_MS);
				change({});
				if (wasAway) poll.askAnew();
				tickLater();
			}, TICK_MS);
		}

		// Listens before the poll does, so that the state is in order when the poll acts on the same event.
		const unlisten = world.listen((event) => {
			if (event === "hide") cancelTick();
			if (event === "show") {
				cancelTick();
				noteAway(Number.POSITIVE_INFINITY);
				change({ isDoubted: state.held !== null });
				tickLater();
			}
			if (event === "offline") change({ contact: "offline" });
			if (event === "online") change({ contact: "waiting" });
		});
		state = { ...state, contact: world.isOnline() ? "waiting" : "offline", isDoubted: state.held !== null };
		const poll = startSharedPoll<T>(world, source.peers, {
			ask: (signal) => source.ask(state.held?.answer ?? null, signal),
			onAnswer: take,
			failureOf: source.failureOf,
			onFailure: ({ kind, words }) => change({ contact: kind, words }),
			held: () => state.held && { answer: state.held.answer, ageMs: world.monotonicMs() - state.held.asOfMs },
		});
		if (world.isVisible()) tickLater();

		return () => {
			cancelTick();
			unlisten();
			poll.stop();
		};
	}

	return {
		subscribe(listener) {
			listeners.add(listener);
			stop ??= start();
			listener({ ...state, nowMs: world.monotonicMs(), wallMs: world.wallMs() });
			return () => {
				listeners.delete(listener);
				if (listeners.size > 0) return;
				stop?.();
				stop = null;
			};
		},
	};
}
