// Contracts between teams as a graph.
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { contractGraph, type GraphContract, linksOf, readPlain, sayContracts } from "#pictures/contract-graph";

const teams = ["a", "b", "c"].map((id) => ({ id, name: `Team ${id}`, href: `/teams/${id}/`, ink: "ink-1" }));
const contract = (from: string, to: string, title: string, state: GraphContract["state"] = "kept"): GraphContract => ({
	from,
	to,
	title,
	href: `/contracts/${title}/`,
	state,
	verdict: state === "kept" ? "as promised" : "not found",
});

test("each contract is a link from who promises to who is promised, with its verdict in words", async () => {
	const { document } = parseHTML(
		await contractGraph([contract("a", "b", "x"), contract("c", "b", "y", "missing")], teams, "/all/", "TB"),
	);
	const links = [...document.querySelectorAll("a")].map((link) => [
		link.getAttribute("href"),
		[...link.querySelectorAll("text")].map((text) => text.textContent).join(" | "),
	]);
	expect(links.sort()).toEqual([
		["/contracts/x/", "x | ✓ as promised"],
		["/contracts/y/", "y | ◆ not found"],
		["/teams/a/", "Team a"],
		["/teams/b/", "Team b"],
		["/teams/c/", "Team c"],
	]);
	expect(document.querySelectorAll("path.link.kept")).toHaveLength(2);
	expect(document.querySelectorAll("path.link.missing")).toHaveLength(2);
	expect(document.querySelectorAll("path.arrow")).toHaveLength(2);
	const top = (name: string) =>
		Number([...document.querySelectorAll("text")].find((text) => text.textContent === name)?.getAttribute("y"));
	expect(top("Team a")).toBeLessThan(top("x"));
	expect(top("x")).toBeLessThan(top("Team b"));
});

test("teams without a contract are left out, and without a contract there is no graph", async () => {
	expect(await contractGraph([contract("a", "b", "x")], teams, "/all/", "LR")).not.toContain("Team c");
	expect(await contractGraph([], teams, "/all/", "LR")).toBe("");
});

test("a dozen contracts are drawn one by one; more are one link for each pair of teams, with the worst verdict", () => {
	const many = (count: number) => Array.from({ length: count }, (_, index) => contract("a", "b", `x${index}`));
	expect(linksOf(many(12), teams, "/all/")).toHaveLength(12);
	expect(linksOf([...many(12), contract("b", "a", "back", "missing")], teams, "/all/")).toEqual([
		{ from: 0, to: 1, lines: ["12 contracts", "✓ 12 as promised"], href: "/all/", state: "kept" },
		{ from: 1, to: 0, lines: ["1 contract", "◆ 0 as promised"], href: "/all/", state: "missing" },
	]);
});

test("what is kept and what is not, in words", () => {
	expect(sayContracts([])).toBe("No team has promised another an interface.");
	expect(sayContracts([contract("a", "b", "x")])).toBe("The one contract is as promised.");
	expect(sayContracts([contract("a", "b", "x"), contract("a", "c", "y")])).toBe("Both contracts are as promised.");
	expect(sayContracts([contract("a", "b", "x"), contract("a", "c", "y", "missing")])).toBe(
		"1 of 2 contracts is as promised; “y”: not found.",
	);
});

test("a promise that is kept as far as the code says is neither told as kept nor as broken", () => {
	const open = (title: string) => contract("a", "b", title, "unproved");
	const say = (...contracts: GraphContract[]) => sayContracts(contracts);
	expect(say(open("x"))).toBe("The one contract is as promised, as far as the code says.");
	expect(say(open("x"), open("y"))).toBe("Both contracts are as promised, as far as the code says.");
	expect(say(open("x"), contract("a", "b", "y"))).toBe("1 of 2 contracts is as promised, 1 as far as the code says.");
	expect(say(open("x"), contract("a", "b", "y"), contract("a", "b", "z", "missing"))).toBe(
		"1 of 3 contracts is as promised, 1 as far as the code says; “z”: not found.",
	);
	const many = Array.from({ length: 12 }, (_, index) => contract("a", "b", `x${index}`));
	expect(linksOf([...many, open("y")], teams, "/all/")).toMatchObject([
		{ lines: ["13 contracts", "◐ 12 as promised, 1 as far as the code says"], state: "unproved" },
	]);
});

test("the layout's inches from below are pixels from above", () => {
	const plain =
		'graph 1 2 1\nnode t0 1 0.5 0.5 0.25 "" solid box black lightgrey\nedge t0 c0 4 1 0.5 1 0.6 1 0.7 1 0.75 solid black\nstop\n';
	expect(readPlain(plain)).toEqual({
		width: 148,
		height: 76,
		nodes: new Map([["t0", { x: 74, y: 38, width: 36, height: 18 }]]),
		edges: [
			{ tail: "t0", head: "c0", path: "M74 38C74 30.8 74 23.6 74 20", end: { x: 74, y: 20, fromX: 74, fromY: 23.6 } },
		],
	});
});
