// Edge(browser). The page's clock, dice, events and neighbours, and the one feed of each kind that all its islands share.

import { type Ask, createAsk, failureOf, isThisMachine } from "./client.ts";
import { type Answer, createFeed, type Feed, type FeedSource } from "./feed.ts";
import { DEADLINE_MS, type World } from "./poll.ts";
import type { Peers } from "./shared-poll.ts";

/** A gateway on this machine can be reached without any network, and whether there is one says nothing about it. */
const worldOf = (host: string): World => ({
	monotonicMs: () => performance.now(),
	wallMs: () => Date.now(),
	random: () => Math.random(),
	later(run, ms) {
		const timer = setTimeout(run, ms);
		return () => clearTimeout(timer);
	},
	isVisible: () => document.visibilityState === "visible",
	isOnline: () => navigator.onLine || isThisMachine(host),
	listen(listener) {
		const controller = new AbortController();
		const { signal } = controller;
		const on = (target: EventTarget, type: string, run: () => void) => target.addEventListener(type, run, { signal });
		on(document, "visibilitychange", () => listener(document.visibilityState === "visible" ? "show" : "hide"));
		for (const type of ["focus", "online", "offline"] as const) {
			if (type === "focus" || !isThisMachine(host)) on(window, type, () => listener(type));
		}
		return () => controller.abort();
	},
});

/**
 * The pages of this browser that run this very script (its address holds a hash of it: a page of another build, whose
 * answers may be made otherwise, is none of them) and want the same. A lock of the browser says whose turn it is; it is
 * free again as soon as its page is closed. Null where browsers have no locks: without https, but for this machine.
 */
function peersFor<M>(what: string): Peers<M> | null {
	if (navigator.locks === undefined || typeof BroadcastChannel === "undefined") return null;
	const name = `${import.meta.url} ${what}`;
	return {
		join(isForced, on) {
			const channel = new BroadcastChannel(name);
			channel.onmessage = ({ data }) => on.hear(data);
			const controller = new AbortController();
			let release = () => {};
			let isThere = true;
			const isOver = new Promise<void>((resolve) => {
				release = resolve;
			});
			navigator.locks
				.request(name, isForced ? { steal: true } : { signal: controller.signal }, () => {
					if (!isThere) return;
					on.turn();
					return isOver;
				})
				.catch((error: unknown) => {
					if (!isThere) return;
					// Another page took the turn by force; or the browser gives out no locks here, and each page asks for itself.
					if (error instanceof DOMException && error.name === "AbortError") on.lost();
					else on.turn();
				});
			return {
				send: (message) => channel.postMessage(message),
				leave() {
					isThere = false;
					channel.close();
					release();
					controller.abort();
				},
			};
		},
	};
}

const feeds = new Map<string, unknown>();

/** The page's one feed of a kind, from the gateway at an origin; null: where the page came from. */
export function feedOf<T extends Answer>(
	what: string,
	gateway: string | null,
	source: (ask: Ask) => Pick<FeedSource<T>, "ask" | "intervalMs">,
): Feed<T> {
	const host = gateway ?? location.origin;
	const name = `${what} ${host}`;
	const feed =
		(feeds.get(name) as Feed<T> | undefined) ??
		createFeed<T>(worldOf(host), {
			...source(createAsk(host, DEADLINE_MS)),
			failureOf,
			peers: peersFor(name),
			gateway: host === location.origin ? null : host,
		});
	feeds.set(name, feed);
	return feed;
}

export interface AtGateway {
	/** Origin of the gateway; null: where the page came from. */
	readonly gateway?: string | null;
}
