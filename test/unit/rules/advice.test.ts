// What each team may do about a path: by its rules, the claims on it, what was promised there, and what is open.
import { expect, test } from "vitest";
import type { LookUpConflict, LookUpData, LookUpPromise } from "#model/look-up";
import type { Rule } from "#model/ownership";
import { type Advice, adviseTeams, shareAdvice } from "#rules/advice";
import { lookUp } from "#rules/look-up";

const now = "2026-01-01T00:00:00Z";
const until = "2099-01-01T00:00:00Z";
const rule = (pattern: string, owner: string | null, more: Partial<Rule> = {}): Rule => ({
	file: "content/ownership/x.yaml",
	line: 1,
	mode: owner === null ? "shared" : "exclusive",
	owner,
	pattern,
	except: [],
	fromAt: null,
	untilAt: null,
	purpose: "own",
	risk: owner === null ? "high" : null,
	protocol: null,
	note: null,
	...more,
});
const claim = (path: string, team: string, untilAt = until) => ({
	id: `${team}-${path}`,
	resource: `path:${path}`,
	team,
	agreedBy: "Desk",
	reason: "r",
	fromAt: "2025-01-01T00:00:00Z",
	untilAt,
});
const promise = (path: string, what: string, more: Partial<LookUpPromise> = {}): LookUpPromise => ({
	contract: "api",
	title: "The API",
	from: "team-a",
	to: "team-b",
	what,
	path,
	line: 5,
	state: "kept",
	isProved: true,
	...more,
});
const conflict = (id: string, more: Partial<LookUpConflict> = {}): LookUpConflict => ({
	id,
	code: "foreign-edit",
	level: "error",
	state: "open",
	source: "history",
	teams: ["team-b"],
	message: "m",
	paths: ["free.py"],
	...more,
});
const data: LookUpData = {
	teams: ["a", "b", "c"].map((letter) => ({ id: `team-${letter}`, name: `Team ${letter.toUpperCase()}` })),
	coordinator: "Desk",
	coordinatorWord: "desk",
	trailer: "Team",
	coordinationTrailer: "Coordinated-by",
	rules: [rule("own.py", "team-a"), rule("old.py", "team-a", { purpose: "delete" }), rule("shared.toml", null)],
	sharedProtocol: [],
	claims: [],
	contracts: [],
	promises: [],
	conflicts: [],
};

/** What teams A, B and C are told of a path. */
function told(path: string, more: Partial<LookUpData> = {}, kind: "file" | "folder" = "file"): string[] {
	const all = { ...data, ...more };
	return adviseTeams(all, lookUp(all, { path, kind }, now)).map(({ may, text }) => `${may}: ${text}`);
}

const FREE = "yes: may change it, as may everybody: no rule covers it. If it matters, ask Desk whose it shall be.";
const MUST_NOT = "no: must not change it; ask Team A to make the change.";
const ONCE = `agree: may change it, but Team B has claimed it until ${until}: agree with Team B first, and end the message with “Coordinated-by:”.`;
const CLAIMED = `yes: may change it until ${until}: agreed with Desk.`;

test("without claims, promises and conflicts the rules alone decide", () => {
	expect(told("free.py")).toEqual([FREE, FREE, FREE]);
	expect(told("own.py")).toEqual(["yes: may change it.", MUST_NOT, MUST_NOT]);
	const shared =
		"agree: may change it once that is agreed with Desk or another team; end the message with “Coordinated-by:”.";
	expect(told("shared.toml")).toEqual([shared, shared, shared]);
});

test("a claim: whoever has it may change the path, all others agree with that team and no third", () => {
	expect(told("free.py", { claims: [claim("free.py", "team-b")] })).toEqual([ONCE, CLAIMED, ONCE]);
	expect(told("shared.toml", { claims: [claim("shared.toml", "team-b")] })).toEqual([ONCE, CLAIMED, ONCE]);
	const all = { ...data, claims: [claim("free.py", "team-b")] };
	const [first, second] = adviseTeams(all, lookUp(all, { path: "free.py", kind: "file" }, now));
	expect([first?.agreeWith, second?.agreeWith]).toEqual([["team-b"], []]);
});

test("a claim on a path of one team: its owner agrees first, the claimant asks the owner all the same", () => {
	expect(told("own.py", { claims: [claim("own.py", "team-b")] })).toEqual([ONCE, MUST_NOT, MUST_NOT]);
	expect(told("own.py", { claims: [claim("own.py", "team-a")] })).toEqual(["yes: may change it.", MUST_NOT, MUST_NOT]);
});

test("a claim that has ended, has not begun, or is of another path says nothing", () => {
	expect(told("free.py", { claims: [claim("free.py", "team-b", "2025-12-31T00:00:00Z")] })).toEqual([FREE, FREE, FREE]);
	const later = { ...claim("free.py", "team-b"), fromAt: "2026-01-02T00:00:00Z" };
	expect(told("free.py", { claims: [later, claim("free.pyi", "team-b")] })).toEqual([FREE, FREE, FREE]);
});

test("two teams that have claimed a path agree with each other", () => {
	const [a, b, c] = told("free.py", { claims: [claim("free.py", "team-b"), claim("*.py", "team-c")] });
	expect(a).toContain("agree with Team B and Team C first");
	expect(b).toContain(`Team C has claimed it until ${until}: agree with Team C first`);
	expect(c).toContain(`Team B has claimed it until ${until}: agree with Team B first`);
});

test("what was promised in a file is part of what every team is told, and nothing of it is plainly free", () => {
	const kept = " It keeps Team A’s promise to Team B: Api.run (line 5). Change what was promised only with both teams.";
	expect(told("free.py", { promises: [promise("free.py", "Api.run")] })).toEqual(
		[FREE, FREE, FREE].map((said) => `${said.replace("yes", "keep")}${kept}`),
	);
	expect(told("own.py", { promises: [promise("own.py", "Api.run")] })).toEqual([
		`keep: may change it.${kept}`,
		`${MUST_NOT}${kept}`,
		`${MUST_NOT}${kept}`,
	]);
	expect(told("free.py", { promises: [promise("free.pyi", "Api.run"), promise("src/free.py", "Api.run")] })).toEqual([
		FREE,
		FREE,
		FREE,
	]);
});

test("members of one promise are told together, those that are not kept apart, and very many are counted", () => {
	const promises = [
		promise("free.py", "Api.run"),
		promise("free.py", "Api.stop", { line: 9 }),
		promise("free.py", "Api.wait", { line: 0, state: "absent", isProved: false }),
		promise("free.py", "Api.open", { line: 7, isProved: false }),
	];
	expect(told("free.py", { promises })[0]).toContain(
		"It keeps Team A’s promise to Team B: Api.run (line 5), Api.stop (line 9). It does not keep Team A’s promise to Team B: Api.wait. It keeps, as far as the code says, Team A’s promise to Team B: Api.open (line 7). Change",
	);
	const many = Array.from({ length: 9 }, (_, at) => promise("free.py", `Api.m${at}`));
	expect(told("free.py", { promises: many })[0]).toContain("Api.m3 (line 5) and 5 more. Change");
	const contracts = Array.from({ length: 9 }, (_, at) => promise("free.py", `Api${at}.run`, { contract: `c${at}` }));
	expect(told("free.py", { promises: contracts })[0]).toContain("Api2.run (line 5). It bears 6 more promises. Change");
});

test("a folder names the files in it that bear promises", () => {
	const promises = [promise("src/x.py", "Api.run"), promise("src/x.py", "Api.stop"), promise("srcs/y.py", "Api.run")];
	expect(told("src", { promises }, "folder")[0]).toBe(
		`${FREE.replace("yes", "keep")} Before you change a file in it that bears a promise between teams, look it up: src/x.py.`,
	);
	expect(told("lib", { promises }, "folder")[0]).toBe(FREE);
});

test("where nobody knows which files bear promises, that is said, or which contract names the file", () => {
	const contracts = [{ id: "api", title: "The API", from: "team-a", to: "team-b", source: "/free.py" }];
	expect(told("free.py", { contracts, promises: null })[0]).toBe(
		`${FREE.replace("yes", "keep")} It may bear what Team A promised Team B (The API). Change that only with both teams.`,
	);
	const unknown = " Whether a promise between teams stands in it is not known.";
	expect(told("else.py", { contracts, promises: null })[0]).toBe(`${FREE.replace("yes", "keep")}${unknown}`);
	expect(told("own.py", { contracts, promises: null })).toEqual([`keep: may change it.${unknown}`, MUST_NOT, MUST_NOT]);
	// The tree was read, and nothing promised is there.
	expect(told("free.py", { contracts })[0]).toBe(FREE);
});

test("what a team has to settle first comes gravest first, newest first within a level; of very many some are named", () => {
	const conflicts = [
		conflict("CF-1", { level: "warning" }),
		conflict("CF-2"),
		conflict("CF-3", { level: "note" }),
		conflict("CF-4", { source: "tree" }),
		conflict("CF-5", { teams: ["team-a", "team-c"] }),
		conflict("CF-6"),
		conflict("CF-7", { paths: ["free.pyi"] }),
	];
	expect(told("free.py", { conflicts })[1]).toBe(`${FREE} First settle CF-2, CF-6 and CF-1.`);
	expect(told("free.py", { conflicts })[2]).toBe(`${FREE} First settle CF-5.`);
	const many = Array.from({ length: 3_000 }, (_, at) => conflict(`CF-${at}`));
	const all = { ...data, conflicts: many };
	const advice = adviseTeams(all, lookUp(all, { path: "", kind: "folder" }, now))[1];
	expect(advice?.text).toBe(`${FREE.slice("yes: ".length)} First settle CF-0, CF-1, CF-2 and 2,997 more.`);
	expect(advice?.settle).toHaveLength(3_000);
	expect(advice?.pieces.filter((piece) => typeof piece !== "string")).toEqual(
		["CF-0", "CF-1", "CF-2"].map((id) => ({ kind: "conflict", id })),
	);
});

const said = { pieces: [], agreeWith: [], settle: [] };
const must: Omit<Advice, "team"> = { ...said, may: "no", text: "must not change it; ask Team A to make the change." };
const may: Omit<Advice, "team"> = { ...said, may: "yes", text: "may change it." };

test("teams that are told the same are told it once, in the order of the first of each", () => {
	const advice = [
		{ team: "team-b", ...must },
		{ team: "team-a", ...may },
		{ team: "team-c", ...must },
	];
	expect(shareAdvice(advice)).toEqual([
		{ teams: ["team-b", "team-c"], ...must },
		{ teams: ["team-a"], ...may },
	]);
});

test("a team that has something to settle first is told so by itself", () => {
	const settled = { ...must, text: `${must.text} First settle CF-AAAAAAAAAA.` };
	const shared = shareAdvice([
		{ team: "team-b", ...must },
		{ team: "team-c", ...settled },
	]);
	expect(shared.map(({ teams }) => teams)).toEqual([["team-b"], ["team-c"]]);
});
