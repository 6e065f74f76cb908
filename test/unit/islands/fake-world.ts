// Support. A clock, dice and a browser that do only what the test says.
import type { World, WorldEvent } from "#islands/poll.ts";

interface Timer {
	readonly atMs: number;
	readonly run: () => void;
}

export class FakeWorld implements World {
	private monotonic = 1000;
	private wall = Date.parse("2026-11-23T22:10:00Z");
	private timers = new Set<Timer>();
	private listeners = new Set<(event: WorldEvent) => void>();
	private visible = true;
	private online = true;
	/** What the dice show. */
	dice = 0.5;

	monotonicMs = () => this.monotonic;
	wallMs = () => this.wall;
	random = () => this.dice;
	isVisible = () => this.visible;
	isOnline = () => this.online;

	later(run: () => void, ms: number) {
		const timer = { atMs: this.monotonic + ms, run };
		this.timers.add(timer);
		return () => void this.timers.delete(timer);
	}

	listen(listener: (event: WorldEvent) => void) {
		this.listeners.add(listener);
		return () => void this.listeners.delete(listener);
	}

	/** Time passes; what falls due happens in order, and promises settle in between. */
	async pass(ms: number) {
		const endMs = this.monotonic + ms;
		for (;;) {
			await settle();
			const next = [...this.timers].sort((a, b) => a.atMs - b.atMs)[0];
			if (next === undefined || next.atMs > endMs) break;
			this.timers.delete(next);
			this.moveTo(next.atMs);
			next.run();
		}
		this.moveTo(endMs);
		await settle();
	}

	/** The machine sleeps: only the wall clock goes on. */
	sleep(ms: number) {
		this.wall += ms;
	}

	/** The page does nothing for a while, as if stopped; what fell due meanwhile happens all at the end. */
	async freeze(ms: number) {
		await settle();
		const endMs = this.monotonic + ms;
		this.moveTo(endMs);
		const due = [...this.timers].filter((timer) => timer.atMs <= endMs).sort((a, b) => a.atMs - b.atMs);
		for (const timer of due) if (this.timers.delete(timer)) timer.run();
		await settle();
	}

	async hide() {
		this.visible = false;
		await this.tell("hide");
	}

	/** As browsers do: `focus` follows `show`. */
	async show() {
		this.visible = true;
		await this.tell("show");
		await this.tell("focus");
	}

	async goOffline() {
		this.online = false;
		await this.tell("offline");
	}

	async goOnline() {
		this.online = true;
		await this.tell("online");
	}

	async tell(event: WorldEvent) {
		for (const listener of [...this.listeners]) listener(event);
		await settle();
	}

	private moveTo(ms: number) {
		this.wall += ms - this.monotonic;
		this.monotonic = ms;
	}
}

async function settle() {
	for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

/** A gateway whose answers the test gives, one question at a time. */
export class FakeGateway<T> {
	readonly questions: { readonly signal: AbortSignal; answer(value: T): void; fail(error: unknown): void }[] = [];
	/** Given at once to every question; null: the test answers. */
	standing: (() => Promise<T>) | null = null;

	ask = (signal: AbortSignal): Promise<T> => {
		return new Promise<T>((answer, fail) => {
			this.questions.push({ signal, answer, fail });
			if (this.standing !== null) this.standing().then(answer, fail);
		});
	};

	get asked() {
		return this.questions.length;
	}

	get last() {
		return this.questions[this.questions.length - 1]!;
	}
}
