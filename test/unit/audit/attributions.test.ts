// The ladder asked by numbers says what it says of each commit, and says it once.
import { expect, test } from "vitest";
import { compileAttribution } from "#audit/attribute";
import { attributeRows } from "#audit/attributions";
import { type BranchEvidence, NO_EVIDENCE } from "#audit/lineage";
import { tabulate } from "#git/tabulate";
import type { Commit, Trailer } from "#model/history";
import { catalogOf } from "../catalog/check-content.ts";

const catalog = catalogOf({
	"teams/team-a.yaml": 'name: A\nidentities: { emails: ["*@a.example"], branches: ["team-a/**"] }\n',
	"teams/team-b.yaml": 'name: B\nidentities: { emails: ["*@b.example"], branches: ["team-b/**"] }\n',
});

/** By its number, the branch a commit was made on. */
const branches: readonly BranchEvidence[] = [
	{ branch: "main", by: "branch" },
	{ branch: "team-a/x", by: "branch" },
	{ branch: "team-a/x", by: "merge" },
	{ branch: "team-b/y", by: "merge" },
];
const lineage = { evidence: (number: number) => branches[number] as BranchEvidence };

const team = (value: string): Trailer => ({ key: "Team", value });
const review: Trailer = { key: "Reviewed-by", value: "team-a" };

/** Asks of these commits, by their places, with the number of a branch. */
function attributionOf(commits: readonly Pick<Commit, "trailers" | "author">[]) {
	const whole = commits.map(
		(words, index): Commit => ({
			id: String(index).padStart(40, "0"),
			parents: [],
			authorDate: "0 +0000",
			subject: "s",
			reverts: [],
			changes: [],
			...words,
		}),
	);
	const table = tabulate(whole, "sha1");
	const attribute = attributeRows(catalog, table, lineage);
	return (commit: number, madeOn: number) => attribute(table.order[commit] as number, madeOn);
}

const by = (email: string, ...trailers: Trailer[]) => ({ author: { name: "N", email }, trailers });

test("trailer, branch and e-mail are looked up by their numbers", () => {
	const attribute = attributionOf([by("ana@a.example"), by("ana@a.example", team("team-b")), by("x@x")]);

	expect(attribute(0, NO_EVIDENCE)).toEqual({
		team: "team-a",
		by: "email",
		confidence: "derived",
		evidence: "ana@a.example",
	});
	expect(attribute(2, 3)).toEqual({ team: "team-b", by: "merge", confidence: "derived", evidence: "team-b/y" });
	expect(attribute(1, 2)).toEqual({
		team: "team-b",
		by: "trailer",
		confidence: "declared",
		evidence: "team-b",
		against: [
			{ team: "team-a", by: "merge", evidence: "team-a/x" },
			{ team: "team-a", by: "email", evidence: "ana@a.example" },
		],
	});
	expect(attribute(2, 0)).toEqual({ team: null, by: "none", confidence: "unattributed", evidence: null });
});

test("whatever was asked before, a row is attributed as its commit is by itself", () => {
	const blocks = [[], [team("team-a")], [team("team-b")], [team("nobody")], [team("team-a"), team("team-b")], [review]];
	const emails = ["ana@a.example", "amy@a.example", "ben@b.example", "x@x"];
	const commits = blocks.flatMap((trailers) => emails.map((email) => by(email, ...trailers)));
	const alone = compileAttribution(catalog);
	const attribute = attributionOf(commits);
	for (let round = 0; round < 2; round++) {
		for (const [index, commit] of commits.entries()) {
			for (const madeOn of [NO_EVIDENCE, 0, 1, 2, 3]) {
				expect(attribute(index, madeOn)).toEqual(alone(commit, branches[madeOn] ?? null));
			}
		}
	}
});

test("what says nothing makes no difference: one answer for all that say the same", () => {
	const attribute = attributionOf([by("ana@a.example"), by("ana@a.example", review), by("x@x"), by("y@y", review)]);

	expect(attribute(1, 0)).toBe(attribute(0, NO_EVIDENCE));
	expect(attribute(3, 1)).toBe(attribute(2, 1));
	expect(attribute(3, 0)).toBe(attribute(2, NO_EVIDENCE));
});
