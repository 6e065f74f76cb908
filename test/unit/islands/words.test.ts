import { describe, expect, it } from "vitest";
import { changeWords, told } from "#islands/announce.tsx";
import { agoWords, contactSentence } from "#islands/contact.ts";
import type { FeedState } from "#islands/feed.ts";
import { conflictWords, evidenceWords } from "#islands/team-words.ts";
import { bytesWords, counted, durationWords, instantWords } from "#islands/words.ts";
import { cluster, IN_BROWSER, node, received, team } from "./samples.ts";

describe("durations are whole units that have passed", () => {
	const cases: [number, string][] = [
		[-5, "0 s"],
		[999, "0 s"],
		[59_999, "59 s"],
		[60_000, "1 min"],
		[3_599_999, "59 min"],
		[3_600_000, "1 h"],
		[86_399_999, "23 h"],
		[86_400_000, "1 day"],
		[172_800_000, "2 days"],
	];
	it.each(cases)("%d ms: %s", (ms, words) => {
		expect(durationWords(ms)).toBe(words);
	});
});

it("sizes, instants and counts", () => {
	expect([bytesWords(16 * 2 ** 30), bytesWords(1.5 * 2 ** 30), bytesWords(512 * 2 ** 20)]).toEqual([
		"16 GiB",
		"1.5 GiB",
		"512 MiB",
	]);
	expect(instantWords("2026-11-23T22:10:59.123Z")).toBe("2026-11-23 22:10 UTC");
	expect([counted(0, "error"), counted(1, "error"), counted(2, "error")]).toEqual(["0 errors", "1 error", "2 errors"]);
});

describe("the sentence when contact is lost", () => {
	const held = cluster(node());
	const cases: [what: string, FeedState<unknown>, hasInitial: boolean, string | null][] = [
		["all well", received(held, 42_000), true, null],
		["nothing back yet", IN_BROWSER, true, null],
		[
			"gone",
			received(held, 42_000, { contact: "unreachable" }),
			true,
			"Can't reach the gateway; showing what it said 42 s ago. It is asked again and again.",
		],
		[
			"gone, after a sleep",
			received(held, 42_000, { contact: "unreachable", hasSlept: true }),
			true,
			"Can't reach the gateway; showing what it said at least 42 s ago. It is asked again and again.",
		],
		[
			"offline",
			received(held, 42_000, { contact: "offline" }),
			true,
			"You are offline; showing what the gateway said 42 s ago.",
		],
		[
			"altered on the way",
			received(held, 42_000, { contact: "altered" }),
			true,
			"A proxy or portal between this page and the gateway alters its replies; showing what it said 42 s ago.",
		],
		[
			"a page of somebody else's, where the gateway was",
			received(held, 42_000, { contact: "foreign" }),
			true,
			"A proxy or portal answers in the gateway's place; showing what it said 42 s ago. Sign in to the network, or reload the page.",
		],
		[
			"a page of somebody else's from the start",
			{ ...IN_BROWSER, contact: "foreign" },
			true,
			"No gateway answers at this address; showing the state when this page was built.",
		],
		[
			"answers that do not move",
			received(held, 42_000, { contact: "stuck", isDoubted: true }),
			true,
			"The gateway's answers do not move; showing what it said 42 s ago. A cache on the way, or a gateway of an earlier run, gives old ones: reload the page.",
		],
		[
			"a page of https whose gateway speaks http",
			{ ...IN_BROWSER, contact: "blocked", gateway: "http://mini.local:4321" },
			true,
			"This page came over https, and browsers let none of those ask http://mini.local:4321 over http; showing the state when this page was built. Open the site at the gateway's own address, or give the gateway https.",
		],
		[
			"a gateway elsewhere that was never reached",
			{ ...IN_BROWSER, contact: "unreachable", gateway: "https://gw.example" },
			true,
			"Can't reach the gateway at https://gw.example; showing the state when this page was built. It may be down, may not allow this site to ask (COORD_ORIGINS), or this browser may keep pages out of your local network: look for a prompt or its site settings.",
		],
		[
			"refused",
			received(held, 42_000, { contact: "refused" }),
			true,
			"The gateway could not answer; showing what it said 42 s ago.",
		],
		[
			"refused, with its own words",
			{ ...IN_BROWSER, contact: "refused", words: "there is no audit to read" },
			true,
			"The gateway could not answer (there is no audit to read); showing the state when this page was built.",
		],
		[
			"never reached",
			{ ...IN_BROWSER, contact: "unreachable" },
			true,
			"Live status is not available here; showing the state when this page was built.",
		],
		[
			"never reached, nothing built in",
			{ ...IN_BROWSER, contact: "unreachable" },
			false,
			"Live status is not available here.",
		],
		[
			"offline from the start",
			{ ...IN_BROWSER, contact: "offline" },
			true,
			"You are offline; showing the state when this page was built.",
		],
	];
	it("says just now, not 0 s, unless the machine slept", () => {
		expect([agoWords(999, false), agoWords(1000, false), agoWords(0, true)]).toEqual([
			"just now",
			"1 s ago",
			"at least 0 s ago",
		]);
	});

	it.each(cases)("%s", (_what, feed, hasInitial, sentence) => {
		expect(contactSentence(feed, hasInitial)).toBe(sentence);
	});
});

describe("what is announced", () => {
	it("is what changed, by name", () => {
		const before = { "mlx-1": "serving", "mlx-2": "serving" };
		expect(changeWords(before, before, "state")).toBe("");
		expect(changeWords(before, { ...before, "mlx-2": "unknown" }, "state")).toBe("mlx-2: unknown.");
		expect(changeWords(before, { "mlx-1": "serving" }, "state")).toBe("mlx-2: no longer listed.");
	});

	it("is a count where more than three change at once", () => {
		const three = { a: "x", b: "x", c: "x" };
		expect(changeWords({}, three, "state")).toBe("a: x. b: x. c: x.");
		expect(changeWords({}, { ...three, d: "x" }, "state")).toBe("4 states changed.");
	});

	it("counts contact with the gateway among the states", () => {
		const gone = received(cluster(), 0, { contact: "unreachable" });
		expect(told({ "mlx-1": "was serving" }, gone)).toEqual({ "mlx-1": "was serving", Gateway: "cannot be reached" });
	});

	const open: [what: string, feed: FeedState<unknown>, isTold: boolean][] = [
		["before the first answer", { ...IN_BROWSER, contact: "unreachable" }, false],
		["while back online and asking", received(cluster(), 0, { contact: "waiting" }), false],
		["while back from being hidden and asking", received(cluster(), 0, { isDoubted: true }), false],
		["when that question failed", received(cluster(), 0, { isDoubted: true, contact: "unreachable" }), true],
		["with an answer", received(cluster(), 0), true],
	];
	it.each(open)("%s: told is the third", (_what, feed, isTold) => {
		expect(told({ "mlx-1": "serving" }, feed) !== null).toBe(isTold);
	});
});

it("conflicts by level, and what a commit's team rests on", () => {
	const { derived } = team();
	expect(conflictWords(derived)).toBe("2 errors, 1 warning");
	expect(conflictWords({ ...derived, openErrors: 0, openWarnings: 0 })).toBe("none");
	expect(evidenceWords(derived.last!.attribution)).toBe("claimed by trailer");
});
