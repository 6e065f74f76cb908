// Pure but for what it is handed. When to ask: at once when somebody looks, never when nobody does.

/** What happens around a page. `focus` alone does not mean that anything was missed. */
export type WorldEvent = "show" | "hide" | "focus" | "online" | "offline";

/** The clock, the dice and the browser, as far as asking depends on them. */
export interface World {
	/** Monotonic clock, ms. The only clock ages are counted on. */
	monotonicMs(): number;
	/** Wall clock, ms since 1970. Only to notice that the machine slept, and for ages of things built elsewhere. */
	wallMs(): number;
	/** From 0 to 1, 1 excluded. */
	random(): number;
	/** Runs `run` once after `ms`; the answer cancels it. */
	later(run: () => void, ms: number): () => void;
	isVisible(): boolean;
	isOnline(): boolean;
	/** The answer ends the listening. */
	listen(listener: (event: WorldEvent) => void): () => void;
}

export interface Poll<T> {
	/** One question. The signal says that nobody waits for its answer any more. */
	ask(signal: AbortSignal): Promise<T>;
	/** Takes the answer; the result is the time to the next question, ms. What it throws counts as a failure. */
	onAnswer(answer: T): number;
	onFailure(error: unknown): void;
}

export interface RunningPoll {
	/** Asks now, unless a question is under way. */
	ask(): void;
	/** Gives up on a question under way, which may hang, and asks at once. */
	askAnew(): void;
	stop(): void;
}

/** No answer within this, ms: the question is given up, whatever its transport thinks. */
export const DEADLINE_MS = 4000;
const BACK_OFF_FIRST_MS = 1000;
export const BACK_OFF_MOST_MS = 30_000;
/** Browsers tell `focus` right after `show`, and some tell it twice: within this, ms, they are one. */
export const FOCUS_GAP_MS = 1000;

/** A question that got no answer for this long is not waited for when somebody comes to look, ms. */
const HANGS_AFTER_MS = 1000;

export class NoAnswerError extends Error {
	override readonly name = "NoAnswerError";
}

/** Full jitter: anything from 0 to 1 s · 2ⁿ, at most 30 s. `failures` in a row before this one, from 0. */
export function backOffMs(failures: number, random: () => number): number {
	return random() * Math.min(BACK_OFF_MOST_MS, BACK_OFF_FIRST_MS * 2 ** failures);
}

/**
 * Asks now and from then on: never two questions at once, none while hidden or offline, at once on show,
 * focus and online. An answer to a question that was given up is dropped.
 */
export function startPoll<T>(world: World, poll: Poll<T>): RunningPoll {
	/** Moves on with every question and with its end; whatever comes back with an older number comes too late. */
	let sequence = 0;
	let giveUp: (() => void) | null = null;
	let cancelNext: (() => void) | null = null;
	let failures = 0;
	let askedAtMs = 0;
	let lookedAtMs = world.monotonicMs();

	function rest(): void {
		sequence++;
		giveUp?.();
		giveUp = null;
		cancelNext?.();
		cancelNext = null;
	}

	function ask(): void {
		if (giveUp !== null || !world.isVisible() || !world.isOnline()) return;
		cancelNext?.();
		cancelNext = null;
		const mine = ++sequence;
		askedAtMs = world.monotonicMs();
		const controller = new AbortController();
		const cancelDeadline = world.later(() => {
			controller.abort();
			settle(mine, () => fail(new NoAnswerError(`no answer in ${DEADLINE_MS / 1000} s`)));
		}, DEADLINE_MS);
		giveUp = () => {
			cancelDeadline();
			controller.abort();
		};
		function settle(number: number, outcome: () => number): void {
			if (number !== sequence) return;
			const settled = ++sequence;
			cancelDeadline();
			giveUp = null;
			const nextMs = outcome();
			// Whoever takes the outcome may stop the poll or ask anew: then the next time is no longer ours to set.
			if (settled === sequence) cancelNext = world.later(ask, nextMs);
		}
		poll.ask(controller.signal).then(
			(answer) => settle(mine, () => take(answer)),
			(error: unknown) => settle(mine, () => fail(error)),
		);
	}

	function take(answer: T): number {
		let nextMs: number;
		try {
			nextMs = poll.onAnswer(answer);
		} catch (error) {
			return fail(error);
		}
		failures = 0;
		return nextMs;
	}

	function fail(error: unknown): number {
		poll.onFailure(error);
		return backOffMs(failures++, world.random);
	}

	const unlisten = world.listen((event) => {
		if (event === "hide" || event === "offline") return rest();
		const isEcho = event === "focus" && world.monotonicMs() - lookedAtMs < FOCUS_GAP_MS;
		if (isEcho) return;
		if (event !== "online") lookedAtMs = world.monotonicMs();
		// Somebody looks, or the network is back: what failed before says little about now, and a question that hangs since
		// may hang for good.
		failures = 0;
		if (event === "online" || world.monotonicMs() - askedAtMs >= HANGS_AFTER_MS) rest();
		ask();
	});
	ask();

	return {
		ask,
		askAnew() {
			rest();
			ask();
		},
		stop() {
			rest();
			unlisten();
		},
	};
}
