// Pure but for what it is handed. One poll for all pages of a browser: the page whose turn it is asks and tells the others.
import type { Failure } from "./client.ts";
import { BACK_OFF_MOST_MS, DEADLINE_MS, FOCUS_GAP_MS, type RunningPoll, startPoll, type World } from "./poll.ts";

/** What pages tell each other. */
export type Told<T> =
	/** Somebody looks: whoever asks for us all may tell what is known, and ask. */
	| { readonly kind: "looking" }
	/**
	 * The last answer. Each page counts on a clock of its own, that began when it was opened, so what is told is an
	 * age, as of `sentAtMs` on the one clock they share, the machine's wall clock.
	 */
	| { readonly kind: "answer"; readonly answer: T; readonly ageMs: number; readonly sentAtMs: number }
	| { readonly kind: "failure"; readonly failure: Failure };

/** The other pages of this browser that want the same answers. */
export interface Peers<M> {
	/**
	 * Takes a place among the pages that are looked at. `turn` is called when it is this page's turn to ask, at once
	 * where nobody else does, or where it is taken by force; `lost` when another page took it away.
	 */
	join(isForced: boolean, on: { turn(): void; lost(): void; hear(message: M): void }): PlaceAmongPeers<M>;
}

export interface PlaceAmongPeers<M> {
	send(message: M): void;
	leave(): void;
}

export interface SharedPoll<T> {
	ask(signal: AbortSignal): Promise<T>;
	/** Takes an answer of this age; the result is the time to the next question, ms. What it throws counts as a failure. */
	onAnswer(answer: T, ageMs: number): number;
	failureOf(error: unknown): Failure;
	onFailure(failure: Failure): void;
	/** What this page holds. */
	held(): { readonly answer: T; readonly ageMs: number } | null;
}

/** A message takes a moment, an answer up to the deadline: who hears nothing for this long beyond it asks for itself, ms. */
const PATIENCE_MS = 2000;

/** As `startPoll`, for all pages of a browser together. Without peers (null) each page asks for itself. */
export function startSharedPoll<T>(world: World, peers: Peers<Told<T>> | null, poll: SharedPoll<T>): RunningPoll {
	let place: PlaceAmongPeers<Told<T>> | null = null;
	/** Runs while it is this page's turn. */
	let turn: RunningPoll | null = null;
	let cancelWatch = () => {};
	/** How the last question of this page's turn ended. */
	let failed: Failure | null = null;
	if (peers === null) return startPoll(world, pollFor(send));
	const neighbours = peers;

	function pollFor(tell: (told: Told<T>) => void) {
		return {
			ask: poll.ask,
			onAnswer(answer: T) {
				const nextMs = poll.onAnswer(answer, 0);
				failed = null;
				tellAll(tell);
				return nextMs;
			},
			onFailure(error: unknown) {
				failed = poll.failureOf(error);
				poll.onFailure(failed);
				tell({ kind: "failure", failure: failed });
			},
		};
	}

	function tellAll(tell: (told: Told<T>) => void): void {
		const held = poll.held();
		if (held !== null) tell({ kind: "answer", ...held, sentAtMs: world.wallMs() });
		if (failed !== null) tell({ kind: "failure", failure: failed });
	}

	/** Whoever asks for us may hang: heard of nothing for too long, this page takes the turn. */
	function watch(ms: number): void {
		cancelWatch();
		cancelWatch = world.later(
			() => {
				leave();
				join(true);
			},
			ms + DEADLINE_MS + PATIENCE_MS,
		);
	}

	function hear(told: Told<T>): void {
		if (turn !== null) {
			if (told.kind !== "looking") return;
			tellAll(send);
			const ageMs = poll.held()?.ageMs ?? Number.POSITIVE_INFINITY;
			if (ageMs > FOCUS_GAP_MS) turn.ask();
		} else if (told.kind === "answer") {
			// A message waits for a page that was stopped: what it waited counts, and a clock set back counts for nothing.
			watch(poll.onAnswer(told.answer, told.ageMs + Math.max(0, world.wallMs() - told.sentAtMs)));
		} else if (told.kind === "failure") {
			poll.onFailure(told.failure);
			watch(BACK_OFF_MOST_MS);
		}
	}

	function send(told: Told<T>): void {
		place?.send(told);
	}

	function join(isForced: boolean): void {
		if (place !== null || !world.isVisible() || !world.isOnline()) return;
		place = neighbours.join(isForced, {
			turn() {
				cancelWatch();
				failed = null;
				turn = startPoll(world, pollFor(send));
			},
			lost() {
				leave();
				join(false);
			},
			hear,
		});
		if (turn !== null) return;
		watch(0);
		place.send({ kind: "looking" });
	}

	function leave(): void {
		cancelWatch();
		turn?.stop();
		turn = null;
		place?.leave();
		place = null;
	}

	const unlisten = world.listen((event) => {
		if (event === "hide" || event === "offline") leave();
		else if (place === null) join(false);
		else if (turn === null) send({ kind: "looking" });
	});
	join(false);

	return {
		ask() {
			if (turn === null) send({ kind: "looking" });
			else turn.ask();
		},
		askAnew() {
			if (turn === null) send({ kind: "looking" });
			else turn.askAnew();
		},
		stop() {
			unlisten();
			leave();
		},
	};
}
