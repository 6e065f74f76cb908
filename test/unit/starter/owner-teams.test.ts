// Teams that CODEOWNERS names: which addresses are theirs, by the handle and by what their owners work on.
import { expect, test } from "vitest";
import type { Edit } from "#starter/evidence";
import { proposeOwnerTeams } from "#starter/owner-teams";
import { sortPeople } from "#starter/people";
import { evidenceOf, worked } from "#test/worked";

const OWNERS = [
	{ id: "web", handles: ["@org/web"] },
	{ id: "ann", handles: ["@ann"] },
];

/** The addresses of each team; `web/` is the first's, `core/` the second's. */
function teamsOf(edits: readonly Edit[], names: Readonly<Record<string, readonly string[]>> = {}) {
	const evidence = evidenceOf(edits, names);
	const teamOf = (path: string) => (path.startsWith("web/") ? "web" : path.startsWith("core/") ? "ann" : null);
	const people = sortPeople(evidence.authors);
	const { teams } = proposeOwnerTeams(evidence, people, OWNERS, "CODEOWNERS", "github", teamOf);
	return teams.map(({ members }) => members.map(({ email }) => email));
}
const NAMED = ["*+ann@users.noreply.github.com", "ann@users.noreply.github.com"];

test("of whom a handle names, all addresses, whatever they work on", () => {
	const names = { "7+ann@users.noreply.github.com": ["Ann Lee"], "lee@x.io": ["Ann Lee"] };
	const edits = [...worked("7+ann@users.noreply.github.com", 1, "core/1"), ...worked("lee@x.io", 20, "web/1")];
	expect(teamsOf(edits, names)).toEqual([[], [...NAMED, "lee@x.io"]]);
});

test("who works on a team's paths is of the team: five commits on three days, one in twenty of all; programs do not count", () => {
	const [regular, rare] = [worked("wei@x.io", 5, "web/1"), worked("cy@x.io", 4, "web/1")];
	expect(teamsOf([...regular, ...rare])[0]).toEqual(["wei@x.io"]);
	expect(teamsOf([...regular, ...worked("other@x.io", 95, "web/1")])[0]).toEqual(["other@x.io", "wei@x.io"]);
	expect(teamsOf([...regular, ...worked("other@x.io", 96, "web/1")])[0]).toEqual(["other@x.io"]);
	expect(teamsOf([...regular, ...worked("ci-bot@x.io", 96, "web/1")])[0]).toEqual(["wei@x.io"]);
	expect(teamsOf([0, 1, 2].flatMap(() => worked("wei@x.io", 2, "web/1")))[0]).toEqual([]);
});

test("who works on another team's paths too is of none: it would accuse by a guess", () => {
	const both = worked("wei@x.io", 1, ["web/1", "core/1"]);
	expect(teamsOf([...worked("wei@x.io", 19, "web/1"), ...both])[0]).toEqual(["wei@x.io"]);
	expect(teamsOf([...worked("wei@x.io", 18, "web/1"), ...both])[0]).toEqual([]);
	const lately = worked("wei@x.io", 1, ["core/1", "core/2", "core/3", "core/4"], { last: 5 });
	expect(teamsOf([...worked("wei@x.io", 19, "web/1"), ...lately])[0]).toEqual([]);
});
