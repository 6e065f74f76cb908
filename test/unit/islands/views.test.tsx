import { parseHTML } from "linkedom";
import type { ComponentChild } from "preact";
import { renderToString } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import { Announcer } from "#islands/announce.tsx";
import { bigClusterView } from "#islands/BigClusterBoard.tsx";
import ClusterBoard, { clusterView } from "#islands/ClusterBoard.tsx";
import { lineView } from "#islands/ClusterLine.tsx";
import { newsView, wouldBeView } from "#islands/ConflictNews.tsx";
import { AT_BUILD } from "#islands/feed.ts";
import HistoryStrip from "#islands/HistoryStrip.tsx";
import NodeBadge, { badgeView } from "#islands/NodeBadge.tsx";
import TeamBoard, { teamView } from "#islands/TeamBoard.tsx";
import Worktrees from "#islands/Worktrees.tsx";
import type { Worktree } from "#model/worktree";
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
		const tones = [...document.querySelectorAll(".live-card")].map((card) => card.getAttribute("data-tone"));
		expect(tones).toEqual(["grey", "grey", "grey"]);
		const states = [...document.querySelectorAll(".live-state")].map((state) => state.textContent?.slice(2));
		expect(states).toEqual(["was serving", "was not serving", "unknown"]);
		const ages = [...document.querySelectorAll(".live-age")].map((age) => age.textContent);
		const when = "when this page was built, 2026-11-23 22:10 UTC";
		expect(ages).toEqual([when, when]);
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
		const { text } = page(lineView({ initial: three }, { ...IN_BROWSER, contact: "unreachable" }));
		expect(text).toBe(
			"1 of 3 nodes serving when this page was built, 2026-11-23 22:10 UTC (3 days ago) · 1 not serving · 1 unknown" +
				"Live status is not available here; showing the state when this page was built.",
		);
	});

	it("is one line when compact", () => {
		const { document, text } = page(lineView({ initial: null }, received(cluster(node()), 4000)));
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

describe("many nodes", () => {
	const many = cluster(
		...Array.from({ length: 60 }, (_, index) =>
			node({
				id: `mlx-${index}`,
				...(index === 59 ? { state: "not-serving", reason: "connection refused", checkedMs: 0 } : {}),
			}),
		),
	);

	it("are rows, the worst first, fifty at a time, with a button for each state and its count", () => {
		const { document, text } = page(bigClusterView({ initial: null }, received(many, 0)));
		const rows = [...document.querySelectorAll(".live-row strong")].map((name) => name.textContent);
		expect(rows).toHaveLength(50);
		expect(rows.slice(0, 2)).toEqual(["mlx-59", "mlx-0"]);
		expect([...document.querySelectorAll("button[aria-pressed]")].map((button) => button.textContent)).toEqual([
			"■ not serving 1",
			"▲ degraded 0",
			"○ unknown 0",
			"● serving 59",
		]);
		expect(text).toContain("60 nodes, page 1 of 2");
	});

	it("say all a row says in words, too", () => {
		const { document } = page(bigClusterView({ initial: null }, received(many, 0)));
		expect(document.querySelector(".live-row summary")?.textContent).toBe(
			"mlx-59■ not servinglast seen 2 s ago · connection refusedlatency 2.3 msmemory 41 %layers 0–11",
		);
	});
});

describe("the last hour of a node", () => {
	it("goes on without data while no answer comes", () => {
		const minute = Date.parse("2026-11-23T21:03:00Z") / 60_000;
		const { document } = page(<HistoryStrip bytes={new Uint8Array(60).fill(2)} minute={minute} missed={2} />);
		expect(document.querySelector('[role="img"]')?.getAttribute("aria-label")).toBe(
			"hour to 21:06 UTC: serving 58 min, no data 2 min",
		);
	});

	it("is told in words, and each stretch with its times", () => {
		const bytes = new Uint8Array([...new Array(52).fill(2), 4, 4, 4]);
		const minute = Date.parse("2026-11-23T21:03:00Z") / 60_000;
		const { document } = page(<HistoryStrip bytes={bytes} minute={minute} missed={0} />);
		expect(document.querySelector('[role="img"]')?.getAttribute("aria-label")).toBe(
			"hour to 21:04 UTC: no data 5 min, serving 52 min, not serving 3 min",
		);
		expect([...document.querySelectorAll("i")].map((run) => [run.getAttribute("data-was"), run.title])).toEqual([
			["nothing", "20:04–20:09 UTC: no data"],
			["serving", "20:09–21:01 UTC: serving"],
			["not-serving", "21:01–21:04 UTC: not serving"],
		]);
	});
});

it("what the gateway says of itself is told", () => {
	const notices = ["the list of nodes cannot be read since 21:04 UTC"];
	const { document } = page(clusterView({ initial: null }, received(three, 0, {}, { notices })));
	expect(document.querySelector(".live-notice")?.textContent).toBe(
		"The gateway says: the list of nodes cannot be read since 21:04 UTC",
	);
});

describe("the badge of a node", () => {
	it("as built carries its date, and live its age", () => {
		expect(page(<NodeBadge id="mlx-1" initial={three} />).text).toBe(
			"● mlx-1 was serving · when this page was built, 2026-11-23 22:10 UTC",
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
			"Declared by the team, as the content says",
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
			["Commits read", "3"],
			["Newest of them", "Move to mlx_rlhf <b> 0123456789, 2025-07-31 14:45 UTC, claimed by trailer"],
			["Open conflicts", "2 errors, 1 warning"],
			["Recent files", "mlx_rlhf/ppo.py"],
		]);
		expect(document.querySelector(".live-contradictions")?.textContent).toBe(
			"Declares no activity yet, but git attributes 3 commits to the team.",
		);
		expect(text).toContain("Git as of the audit that built this page, at commit fedcba98fe of 2025-08-01 10:00 UTC");
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
		expect(text).toContain("Commits read4");
		expect(text).toContain("Git as it was 5 s ago, at commit");
		expect(text).not.toContain("this page");
	});

	it("lists worktrees of nobody where something lies in them, or they cannot be read, and only then", () => {
		const file = { path: "notes.txt", change: "A", isStaged: false, foreseen: null } as const;
		const clean = { name: "scratch", branch: "main", changed: 0, files: [], trouble: null };
		const isListed = (worktree: Partial<Worktree>) => {
			const now = { ...snapshot, otherWorktrees: [{ ...clean, ...worktree }] };
			return page(teamView({ initial: now, links }, AT_BUILD)).text.includes("Worktrees of nobody");
		};
		expect(isListed(clean)).toBe(false);
		expect(isListed({ changed: 1, files: [file] })).toBe(true);
		expect(isListed({ trouble: "its index cannot be read" })).toBe(true);
	});

	it("says so when a team or all teams are missing", () => {
		expect(page(<TeamBoard initial={snapshot} links={{}} team="team-x" />).text).toContain(
			"No team team-x is declared.",
		);
		expect(page(<TeamBoard initial={teams()} links={{}} />).text).toContain("No teams are declared.");
	});
});

describe("a team's own report", () => {
	const report = { reportedAt: "2026-11-23T22:08:00Z", uptimeMs: 3_480_000, validForMs: 1_800_000 };
	const declared = { ...team().declared, state: "active" as const, report };
	const shown = (sinceMs: number) => {
		const { document } = page(teamView({ initial: teams(), links: {} }, received(teams(team({ declared })), sinceMs)));
		const [title] = [...document.querySelectorAll(".live-title")].map((one) => one.textContent);
		return [title, document.querySelector(".live-facts dd")?.textContent];
	};

	it("is shown with its age, which counts on, and how long it holds", () => {
		expect(shown(0)).toEqual(["Declared by the team, reported 2 min ago, holds for another 28 min", "active"]);
		expect(shown(600_000)).toEqual(["Declared by the team, reported 12 min ago, holds for another 18 min", "active"]);
	});

	it("that does not hold any more leaves the state unknown, and what was said as last said", () => {
		expect(shown(1_680_000)).toEqual([
			"Declared by the team, reported 30 min ago, held for 30 min",
			"unknown; last said: active",
		]);
	});
});

describe("what is not committed", () => {
	const foreseen = {
		code: "foreign-edit" as const,
		level: "error" as const,
		owner: "team-a",
		message: "Team C edits api.py, which belongs to Team A",
		hint: "Ask Team A.",
	};
	const worktree = {
		name: "mlx-c",
		branch: "team-c/rlhf",
		changed: 2,
		trouble: null,
		files: [
			{ path: "api.py", change: "M" as const, isStaged: true, foreseen },
			{ path: "mlx_rlhf/ppo.py", change: "A" as const, isStaged: false, foreseen: null },
		],
	};
	const derived = { ...team().derived, worktrees: [worktree] };

	it("is counted where it would be a violation, on the team's card and for everybody", () => {
		const feed = received(teams(team({ derived })), 0);
		const { document } = page(teamView({ initial: teams(), links: {} }, feed));
		expect(document.querySelector(".live-warned")?.textContent).toBe("▲ 1 uncommitted file would be a violation");
		const { text } = page(wouldBeView({ teams: "/status/#teams" }, feed));
		expect(text).toBe("1 uncommitted file would be a violation if committed as they are.");
		expect(page(wouldBeView({ teams: "/" }, received(teams(team()), 0))).text).toBe("");
	});

	it("is told with its owner and what to do; the rest can be opened", () => {
		const nameOf = (id: string) => (id === "team-a" ? "Team A" : id);
		const { document } = page(<Worktrees worktrees={[worktree]} nameOf={nameOf} />);
		expect([...document.querySelectorAll(".live-foreseen p")].map((line) => line.textContent)).toEqual([
			"◆ error api.py modified, staged · owned by Team A",
			"Team C edits api.py, which belongs to Team A",
			"Ask Team A.",
		]);
		expect(document.querySelector("summary")?.textContent).toBe("1 file of which nothing would be said");
	});

	it("that could not be read says why, not that there is nothing", () => {
		const unread = { ...worktree, changed: 0, files: [], trouble: "permission denied" };
		const { text } = page(<Worktrees worktrees={[unread]} nameOf={(id) => id} />);
		expect(text).toBe("mlx-c on team-c/rlhf: its files could not be read: permission denied");
	});
});

it("news of conflicts are none where no gateway was asked", () => {
	const props = { baseline: "ab", log: "/conflicts/", teams: "/status/" };
	expect(page(newsView(props, IN_BROWSER)).text).toBe("No news is known since this page was built.");
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
