// The attribution ladder: trailer, branch, e-mail, none; first hit wins, and the evidence is kept.
import { expect, test } from "vitest";
import { compileAttribution, compileBranchTeams, compileWildcards } from "#audit/attribute";
import { compileCoordination } from "#audit/coordination";
import type { Commit, Trailer } from "#model/history";
import { catalogOf } from "../catalog/check-content.ts";

const catalog = catalogOf({
	"project.yaml": `name: P
coordinator: { name: The Desk, identities: { emails: [desk@p.example], trailers: [desk, coordinator] } }
attribution: { sharedIdentities: ["ci@*", pair@a.example] }
`,
	"teams/team-a.yaml": `name: Alpha
aliases: [A, "Team A"]
identities: { emails: ["*@a.example"], branches: ["team-a/**", "alpha-*"] }
`,
	"teams/team-b.yaml": `name: Beta
aliases: [B]
identities: { emails: ["ci@*", "b.*@shared.example"], branches: ["team-b/**"] }
`,
	"claims/one.yaml": `resource: path:config/
team: team-a
agreedBy: The Desk
from: 2025-07-10
until: 2025-07-12
reason: migration
`,
});
const attribute = compileAttribution(catalog);
const teamOf = compileBranchTeams(catalog);
const trailer = (key: string, value: string): Trailer => ({ key, value });

/** `team by evidence`, or `nobody`. */
function said(email: string, trailers: readonly Trailer[] = [], branch: string | null = null): string {
	const madeOn = branch === null ? null : { branch, by: "merge" as const };
	const { team, by, confidence, evidence } = attribute({ author: { name: "N", email }, trailers }, madeOn);
	return team === null ? `nobody (${by}, ${confidence}, ${evidence})` : `${team} ${confidence} by ${by} ${evidence}`;
}

test("the trailer decides before branch and e-mail, as a claim", () => {
	expect(said("ana@a.example", [trailer("Team", "team-b")], "team-a/x")).toBe("team-b declared by trailer team-b");
});

test("the branch decides before the e-mail", () => {
	expect(said("ana@a.example", [], "team-b/x")).toBe("team-b derived by merge team-b/x");
});

test("the e-mail decides where nothing else does", () => {
	expect(said("ana@a.example", [], "main")).toBe("team-a derived by email ana@a.example");
	expect(said("Ana@A.Example")).toBe("team-a derived by email Ana@A.Example");
});

test("nobody is made up", () => {
	expect(said("dev@laptop.example", [], "feature/x")).toBe("nobody (none, unattributed, null)");
	expect(said("")).toBe("nobody (none, unattributed, null)");
});

test("the trailer takes id and aliases, in any case, its key too; not the team's display name", () => {
	expect(said("x@x", [trailer("team", "TEAM A")])).toBe("team-a declared by trailer TEAM A");
	expect(said("x@x", [trailer("TEAM", " b ")])).toBe("team-b declared by trailer  b ");
	expect(said("x@x", [trailer("Team", "Alpha")])).toBe("nobody (none, unattributed, null)");
	expect(said("x@x", [trailer("Teams", "team-a")])).toBe("nobody (none, unattributed, null)");
});

test("a trailer that names no known team falls through to the next rung", () => {
	expect(said("ana@a.example", [trailer("Team", "team-z")], "team-b/x")).toBe("team-b derived by merge team-b/x");
	expect(said("x@x", [trailer("Team", "team-z"), trailer("Team", "team-a")])).toBe("team-a declared by trailer team-a");
});

test("shared identities are evidence for nobody, even where a team lists them", () => {
	expect(said("ci@build.example")).toBe("nobody (none, unattributed, null)");
	expect(said("pair@a.example")).toBe("nobody (none, unattributed, null)");
	expect(said("pair@a.example", [], "team-a/x")).toBe("team-a derived by merge team-a/x");
});

test("the coordinator's commits are the coordinator's, by e-mail and by trailer", () => {
	expect(said("desk@p.example")).toBe("coordinator derived by email desk@p.example");
	expect(said("x@x", [trailer("Team", "Desk")])).toBe("coordinator declared by trailer Desk");
});

test("branch globs: a final /** is all below, a star stays within a segment", () => {
	expect(teamOf("team-a/x")).toBe("team-a");
	expect(teamOf("team-a/x/y")).toBe("team-a");
	expect(teamOf("team-a")).toBeNull();
	expect(teamOf("team-a/")).toBeNull();
	expect(teamOf("old/team-a/x")).toBeNull();
	expect(teamOf("alpha-1")).toBe("team-a");
	expect(teamOf("alpha-1/x")).toBeNull();
	expect(teamOf("Alpha-1")).toBeNull();
});

test("in an e-mail pattern only the star is special", () => {
	const takes = (pattern: string, email: string) => compileWildcards([pattern])(email);

	expect(takes("*@a.example", "ana@a.example")).toBe(true);
	expect(takes("*@a.example", "ana@aXexample")).toBe(false);
	expect(takes("*@a.example", "ana@a.example.org")).toBe(false);
	expect(takes("*[bot]@users.example", "dependabot[bot]@users.example")).toBe(true);
	expect(takes("*[bot]@users.example", "b@users.example")).toBe(false);
	expect(takes("a*b*c", "abc")).toBe(true);
	expect(takes("a*b*c", "ac")).toBe(false);
	expect(takes("ab*ba", "aba")).toBe(false);
	expect(takes("*", "")).toBe(true);
});

test("of several e-mail patterns one must match", () => {
	const takes = compileWildcards(["ana@*", "*@b.example"]);

	expect(["ana@a.example", "ben@b.example", "ben@a.example"].map(takes)).toEqual([true, true, false]);
	expect(compileWildcards([])("")).toBe(false);
});

test("e-mail patterns take time in proportion, however many stars", () => {
	const takes = compileWildcards([`${"a*".repeat(150)}b`]);
	const start = performance.now();

	expect(takes("a".repeat(100_000))).toBe(false);
	expect(performance.now() - start).toBeLessThan(500);
});

const isCoordinated = compileCoordination(catalog);
function agreed(value: string, team = "team-a", key = "Coordinated-by"): boolean {
	return isCoordinated(
		{ trailers: [trailer(key, value)] } as Partial<Commit> as Commit,
		"api.py",
		team,
		"2025-07-01T00:00:00Z",
	);
}

test("coordinated: the trailer names the coordinator, by name, word or address", () => {
	for (const value of [
		"The Desk",
		"the desk",
		"desk",
		"Coordinator",
		"The Desk <desk@p.example>",
		"Someone <DESK@p.example>",
	])
		expect(agreed(value), value).toBe(true);
	expect(agreed("desk", "team-a", "coordinated-BY")).toBe(true);
});

test("coordinated: the trailer names another team, by id, alias or name", () => {
	for (const value of ["team-b", "B", "beta", "Beta <b@b.example>"]) expect(agreed(value), value).toBe(true);
});

test("not coordinated: one's own team, nobody known, another trailer", () => {
	for (const value of ["team-a", "A", "Alpha", "Somebody", "", "<desk@q.example>"])
		expect(agreed(value), value).toBe(false);
	expect(agreed("desk", "team-a", "Reviewed-by")).toBe(false);
});

test("a trailer may hold any character, and any length, without harm", () => {
	for (const value of ["des\rk", "a\u2028b", "x".repeat(10), "a < b <c>", "<<>>"])
		expect(agreed(value), value).toBe(false);
	const start = performance.now();

	expect(agreed(`a${" ".repeat(200_000)}b`)).toBe(false);
	expect(agreed("<".repeat(200_000))).toBe(false);
	expect(performance.now() - start).toBeLessThan(500);
});

test("a claim covers its path, its team and its days, and nothing else", () => {
	const covered = (path: string, team: string, at: string) =>
		isCoordinated({ trailers: [] } as Partial<Commit> as Commit, path, team, at);

	expect(covered("config/x.json", "team-a", "2025-07-10T00:00:00Z")).toBe(true);
	expect(covered("config/x.json", "team-a", "2025-07-12T23:59:59Z")).toBe(true);
	expect(covered("config/x.json", "team-a", "2025-07-13T00:00:00Z")).toBe(false);
	expect(covered("config/x.json", "team-a", "2025-07-09T23:59:59Z")).toBe(false);
	expect(covered("config/x.json", "team-b", "2025-07-11T00:00:00Z")).toBe(false);
	expect(covered("other/x.json", "team-a", "2025-07-11T00:00:00Z")).toBe(false);
});

test("what fits two teams is evidence for neither; what fits one of them alone still is", () => {
	const both = catalogOf({
		"project.yaml": "name: P\n",
		"teams/team-a.yaml": 'name: A\nidentities: { emails: ["*@x.example"], branches: ["work/*"] }\n',
		"teams/team-b.yaml": 'name: B\nidentities: { emails: ["bo@*"], branches: ["work/b-*"] }\n',
	});
	const judge = compileAttribution(both);
	const by = (email: string, branch: string) =>
		judge({ author: { name: "N", email }, trailers: [] }, { branch, by: "merge" }).team;
	expect(by("bo@x.example", "work/b-1")).toBeNull();
	expect(by("ann@x.example", "work/b-1")).toBe("team-a");
	expect(by("bo@x.example", "work/a-1")).toBe("team-a");
	expect(by("bo@y.example", "main")).toBe("team-b");
});
