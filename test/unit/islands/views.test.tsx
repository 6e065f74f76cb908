import { parseHTML } from "linkedom";
import type { ComponentChild } from "preact";
import { renderToString } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import { Announcer } from "#islands/announce.tsx";
import ClusterBoard, { clusterView } from "#islands/ClusterBoard.tsx";
import NodeBadge, { badgeView } from "#islands/NodeBadge.tsx";
import TeamBoard, { teamView } from "#islands/TeamBoard.tsx";
import { cluster, IN_BROWSER, node, received, silentNode, team, teams } from "./samples.ts";

function page(view: ComponentChild) {
	const html = renderToString(<main>{view}</main>);
	const { document } = parseHTML(html);
	return { html, document, text: (document.querySelector("main")?.textContent ?? "").replace(/\s+/g, " ").trim() };
}

const three = cluster(
	node(),
	node({
		id: "mlx-2",
		isSample: true,
		state: "not-serving",
		reason: "connection refused",
		checkedMs: 0,
		ageMs: 60_000,
	}),
	silentNode({ id: "mlx-3" }),
);

describe("the board of nodes", () => {
	it("as built claims nothing about now: every card grey, every state with its date", () => {
		const { document, text } = page(<ClusterBoard initial={three} />);
		const tones = [...document.querySelectorAll("[data-tone]")].map((card) => card.getAttribute("data-tone"));
		expect(tones).toEqual(["grey", "grey", "grey"]);
		const states = [...document.querySelectorAll(".live-state")].map((state) => state.textContent?.slice(2));
		expect(states).toEqual([
			"serving when this page was built, 2026-11-23 22:10 UTC",
			"not serving when this page was built, 2026-11-23 22:10 UTC",
			"unknown",
		]);
		expect(text).not.toMatch(/ago|live/);
	});

	it("live shows every configured node, answering or not, by shape, word and age", () => {
		const { document } = page(clusterView({ initial: null }, received(three, 4000)));
		const cards = [...document.querySelectorAll(".live-card")].map((card) => [
			card.getAttribute("data-tone"),
			card.querySelector(".live-state")?.textContent,
			card.querySelector(".live-age")?.textContent,
		]);
		expect(cards).toEqual([
			["good", "● serving", "last seen 6 s ago"],
			["bad", "■ not serving", "last seen 1 min ago"],
			["grey", "○ unknown", "never seen"],
		]);
		expect(document.querySelector(".live-line")?.textContent).toBe(
			"1 of 3 nodes serving · 1 not serving · 1 unknown · as of 4 s ago",
		);
	});

	it("labels sample nodes, and only those", () => {
		const { document } = page(clusterView({ initial: three }, received(three, 0)));
		const labelled = [...document.querySelectorAll(".live-card")].map((card) =>
			card.textContent?.includes("sample node"),
		);
		expect(labelled).toEqual([false, true, false]);
	});

	it("shows a memory bar with its text, and none for memory nobody measured", () => {
		const { document } = page(clusterView({ initial: three }, received(cluster(node(), silentNode({ id: "x" })), 0)));
		expect([...document.querySelectorAll("meter")].map((bar) => bar.getAttribute("value"))).toEqual(["41.2"]);
		expect(document.querySelector("meter")?.closest("dd")?.textContent).toBe("41 % of 16 GiB");
	});

	it("keeps the last state when the gateway is gone, with its age and one sentence", () => {
		const { document } = page(clusterView({ initial: null }, received(three, 42_000, { contact: "unreachable" })));
		expect(document.querySelectorAll(".live-card")).toHaveLength(3);
		expect(document.querySelector(".live-state")?.textContent).toBe("● was serving");
		expect([...document.querySelectorAll(".live-sentence")].map((sentence) => sentence.textContent)).toEqual([
			"Can't reach the gateway; showing what it said 42 s ago. It is asked again and again.",
		]);
	});

	it("shows what the page brought along where no gateway is", () => {
		const { text } = page(clusterView({ initial: three, compact: true }, { ...IN_BROWSER, contact: "unreachable" }));
		expect(text).toBe(
			"1 of 3 nodes serving when this page was built, 2026-11-23 22:10 UTC (3 days ago) · 1 not serving · 1 unknown" +
				"Live status is not available here; showing the state when this page was built.",
		);
	});

	it("is one line when compact", () => {
		const { document, text } = page(clusterView({ initial: null, compact: true }, received(cluster(node()), 4000)));
		expect(text).toBe("1 of 1 node serving · as of 4 s ago");
		expect(document.querySelectorAll(".live-card")).toHaveLength(0);
	});

	it("says so when no nodes are configured, or nobody asked", () => {
		expect(page(<ClusterBoard initial={cluster()} />).text).toBe("No nodes are configured.");
		expect(page(<ClusterBoard initial={null} />).text).toBe("The nodes were not asked when this page was built.");
	});

	it("shows what nodes say as text, never as markup", () => {
		const { html } = page(
			clusterView({ initial: null }, received(cluster(node({ chip: "<img src=x onerror=y>" })), 0)),
		);
		expect(html).not.toContain("<img");
		expect(html).toContain("&lt;img");
	});
});

describe("the badge of a node", () => {
	it("as built carries its date, and live its age", () => {
		expect(page(<NodeBadge id="mlx-1" initial={three} />).text).toBe(
			"● mlx-1 serving when this page was built, 2026-11-23 22:10 UTC",
		);
		const { document, text } = page(badgeView({ id: "mlx-1", initial: null }, received(three, 4000)));
		expect(text).toBe("● mlx-1 serving · last seen 6 s ago");
		expect(document.querySelector(".live-badge")?.getAttribute("data-tone")).toBe("good");
	});

	it("of a node that is not configured says that", () => {
		expect(page(badgeView({ id: "mlx-9", initial: null }, received(three, 0))).text).toBe(
			"○ mlx-9 unknown: no such node is configured",
		);
	});
});

describe("the board of teams", () => {
	const snapshot = teams(team(), team({ id: "team-a", name: "Team A", contradictions: [] }));
	const links = { "team-c": "/teams/team-c/" };

	it("shows declared beside derived, and says where they disagree", () => {
		const { document, text } = page(<TeamBoard initial={snapshot} links={links} team="team-c" />);
		expect([...document.querySelectorAll(".live-title")].map((title) => title.textContent)).toEqual([
			"Declared by the team",
			"Derived from git",
		]);
		const facts = [...document.querySelectorAll(".live-facts > div")].map((fact) => [
			fact.querySelector("dt")?.textContent,
			fact.querySelector("dd")?.textContent,
		]);
		expect(facts).toEqual([
			["State", "awaiting start"],
			["Working on", "RLHF trainer"],
			["Last activity", "Not yet detected"],
			["Blocked by", "team-b"],
			["Commits", "3"],
			["Last commit", "Move to mlx_rlhf <b> 0123456789, 2025-07-31 14:45 UTC, claimed by trailer"],
			["Open conflicts", "2 errors, 1 warning"],
			["Recent files", "mlx_rlhf/ppo.py"],
		]);
		expect(document.querySelector(".live-contradictions")?.textContent).toBe(
			"Declares no activity yet, but git attributes 3 commits to the team.",
		);
		expect(text).toContain("As of commit fedcba98fe of 2025-08-01 10:00 UTC, the newest when this page was built");
	});

	it("shows all teams, with links where there are pages", () => {
		const { document } = page(<TeamBoard initial={snapshot} links={links} />);
		expect([...document.querySelectorAll(".live-head strong")].map((name) => name.innerHTML)).toEqual([
			'<a href="/teams/team-c/">Team C</a>',
			"Team A",
		]);
		expect(document.querySelectorAll(".live-contradictions")).toHaveLength(1);
	});

	it("live says what the gateway said, and how long ago it was asked", () => {
		const news = teams(team({ contradictions: [], derived: { ...team().derived, commits: 4 } }));
		const { text } = page(teamView({ initial: snapshot, links }, received(news, 4000)));
		expect(text).toContain("Commits4");
		expect(text).toContain("· asked 4 s ago");
		expect(text).not.toContain("when this page was built");
	});

	it("says so when a team or all teams are missing", () => {
		expect(page(<TeamBoard initial={snapshot} links={{}} team="team-x" />).text).toContain(
			"No team team-x is declared.",
		);
		expect(page(<TeamBoard initial={teams()} links={{}} />).text).toContain("No teams are declared.");
	});
});

describe("for screen readers", () => {
	it("there is one polite region, empty as built", () => {
		const { document } = page(<ClusterBoard initial={three} />);
		expect([...document.querySelectorAll('[role="status"]')].map((region) => region.textContent)).toEqual([""]);
	});

	it("the region tells changes of state; the first state and every tick are silent", () => {
		const announcer = new Announcer({ states: null, noun: "state" });
		function said(states: Record<string, string> | null) {
			announcer.props = { states, noun: "state" };
			return page(announcer.render()).text;
		}
		expect(said(null)).toBe("");
		expect(said({ "mlx-1": "serving" })).toBe("");
		expect(said({ "mlx-1": "serving" })).toBe("");
		expect(said({ "mlx-1": "unknown" })).toBe("mlx-1: unknown.");
		expect(said({ "mlx-1": "unknown" })).toBe("mlx-1: unknown.");
		expect(said(null)).toBe("mlx-1: unknown.");
		expect(said({ "mlx-1": "serving" })).toBe("mlx-1: serving.");
	});
});
