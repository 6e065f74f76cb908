// Pure but for the world it is handed. One kind of answer for all islands of a page: the last one, its age, and how contact stands.
import type { FailureKind } from "./client.ts";
import { type RunningPoll, startPoll, type World } from "./poll.ts";

/** An answer of the gateway, as far as a feed must understand it. */
export interface Answer {
	readonly version: bigint;
	/** Gateway's wall clock, ISO: orders answers, never gives an age. */
	readonly generatedAt: string;
}

/** `waiting`: nothing came back yet. `live`: the last question was answered. */
export type Contact = "waiting" | "live" | "offline" | FailureKind;

export interface FeedState<T> {
	/** The newest answer and when it came, on the monotonic clock; null: none yet. */
	readonly held: { readonly answer: T; readonly receivedAtMs: number } | null;
	readonly contact: Contact;
	/** The page was away (hidden, or the machine slept): show what is held as old until an answer comes. */
	readonly isDoubted: boolean;
	/** The machine slept, and a monotonic clock may stand still meanwhile: ages are "at least". */
	readonly hasSlept: boolean;
	/** Moment of this state, monotonic clock. */
	readonly nowMs: number;
	/** The same on the wall clock; null: not in a browser (rendered at build time). */
	readonly wallMs: number | null;
}

export interface Feed<T> {
	/** Calls the listener at once and then at every change, each second while visible. The answer ends it. */
	subscribe(listener: (state: FeedState<T>) => void): () => void;
}

/** What islands show before they run in a browser; what the site's build renders. */
export const AT_BUILD: FeedState<never> = {
	held: null,
	contact: "waiting",
	isDoubted: false,
	hasSlept: false,
	nowMs: 0,
	wallMs: null,
};

export interface FeedSource<T> {
	ask(held: T | null, signal: AbortSignal): Promise<T>;
	/** Time between questions, as the answer wants it, ms. */
	intervalMs(answer: T): number;
	failureKind(error: unknown): FailureKind;
}

const TICK_MS = 1000;
/** The wall clock ran this much further than the monotonic one between two ticks, ms: the machine slept. */
const SLEEP_MS = 2000;
const LEAST_INTERVAL_MS = 1000;
const MOST_INTERVAL_MS = 60_000;

/**
 * Whether `next` says anything newer. An answer made earlier (a cache, a second gateway that lags) never
 * replaces a newer one, and the same one seen again is no newer knowledge: its age runs on.
 */
export function isNewer(held: Answer | null, next: Answer): boolean {
	if (held === null || next.version > held.version) return true;
	return next.version === held.version && Date.parse(next.generatedAt) > Date.parse(held.generatedAt);
}

/** A feed that asks while somebody listens, and rests when nobody does. */
export function createFeed<T extends Answer>(world: World, source: FeedSource<T>): Feed<T> {
	const listeners = new Set<(state: FeedState<T>) => void>();
	let state: FeedState<T> = AT_BUILD;
	let stop: (() => void) | null = null;

	function change(part: Partial<FeedState<T>>): void {
		state = { ...state, ...part, nowMs: world.monotonicMs(), wallMs: world.wallMs() };
		for (const listener of listeners) listener(state);
	}

	function take(answer: T): number {
		const isNews = isNewer(state.held?.answer ?? null, answer);
		change(
			isNews
				? {
						held: { answer, receivedAtMs: world.monotonicMs() },
						contact: "live",
						isDoubted: false,
						hasSlept: false,
					}
				: { contact: "live" },
		);
		return Math.min(MOST_INTERVAL_MS, Math.max(LEAST_INTERVAL_MS, source.intervalMs(answer)));
	}

	function start() {
		let cancelTick = () => {};
		let lastMs = world.monotonicMs();
		let lastWallMs = world.wallMs();

		/** Whether time passed, since it last looked, that the monotonic clock knows nothing of. */
		function noteSleep(): boolean {
			const passedMs = world.monotonicMs() - lastMs;
			const hasSlept = world.wallMs() - lastWallMs - passedMs > SLEEP_MS;
			lastMs = world.monotonicMs();
			lastWallMs = world.wallMs();
			if (hasSlept && state.held !== null) state = { ...state, isDoubted: true, hasSlept: true };
			return hasSlept;
		}

		function tickLater(): void {
			cancelTick = world.later(() => {
				const hasSlept = noteSleep();
				change({});
				if (hasSlept) poll.askAnew();
				tickLater();
			}, TICK_MS);
		}

		// Listens before the poll does, so that the state is in order when the poll acts on the same event.
		const unlisten = world.listen((event) => {
			if (event === "hide") cancelTick();
			if (event === "show") {
				cancelTick();
				noteSleep();
				change({ isDoubted: state.held !== null });
				tickLater();
			}
			if (event === "offline") change({ contact: "offline" });
			if (event === "online") change({ contact: "waiting" });
		});
		state = { ...state, contact: world.isOnline() ? "waiting" : "offline", isDoubted: state.held !== null };
		const poll: RunningPoll = startPoll<T>(world, {
			ask: (signal) => source.ask(state.held?.answer ?? null, signal),
			onAnswer: take,
			onFailure: (error) => change({ contact: source.failureKind(error) }),
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
