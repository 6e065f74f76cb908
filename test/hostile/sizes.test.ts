// Sizes meant to exhaust whoever reads them: the audit ends, and its memory stays bounded.
import { expect, test } from "vitest";
import { auditPeak } from "#test/audit-peak";
import { writeContent } from "#test/golden";
import { gitBytes, makeRepo, type Step } from "#test/make-repo";

const content = writeContent({
	"project.yaml": "name: P\n",
	"teams/team-a.yaml": 'name: Team A\nidentities: { emails: ["*@a.example"], branches: ["team-a/**"] }\n',
	"teams/team-b.yaml": 'name: Team B\nidentities: { emails: ["*@b.example"], branches: ["team-b/**"] }\n',
	"ownership/team-a.yaml": "owner: team-a\nmode: exclusive\nrules:\n  - pattern: a/\n",
});

const foreign = (say: string, path = "a/file"): readonly Step[] => [
	{ say: "Start", by: "ana@a.example", write: { "a/start": "1" } },
	{ say, by: "ben@b.example", write: { [path]: "2" } },
];

const audit = (repo: string) => auditPeak(repo, content);
const small = await audit(makeRepo(foreign("Small")).dir);

/** What one commit or name may add to the memory of a small audit, in MB. */
const MORE_MB = 64;

test("a small audit is the measure", () => {
	expect(small.peakMb).toBeGreaterThan(20);
	expect(small.log.conflicts).toHaveLength(1);
});

test.each([
	["a message of 10 MB", foreign(`Long\n\n${"word ".repeat(2_000_000)}\n\nTeam: team-b`)],
	["a subject of 10 MB", foreign("x".repeat(10_000_000))],
	["100,000 trailers", foreign(`Trailers\n\n${"Team: team-b\n".repeat(100_000)}`)],
	[
		"100,000 unknown teams",
		foreign(`Trailers\n\n${Array.from({ length: 100_000 }, (_, i) => `Team: t${i}\n`).join("")}`),
	],
	[
		"an author's name of 1 MB",
		foreign("Name").map((step) => ({ ...step, by: `${"N".repeat(1_000_000)} <ben@b.example>` })),
	],
	["a path of 2,000 folders", foreign("Path", `a${"/d".repeat(2_000)}`)],
	["a name of 1 MB in a path", foreign("Path", `a/${"d".repeat(1_000_000)}`)],
])("%s: the audit ends, says so shortly, and needs little more memory", async (_name, steps) => {
	const { log, bytes, peakMb } = await audit(makeRepo(steps).dir);

	expect(log.repository.commits).toBe(2);
	expect(bytes).toBeLessThan(1_000_000);
	expect(peakMb).toBeLessThan(small.peakMb + MORE_MB);
});

test("a commit of 100,000 paths: each is judged, in bounded memory", async () => {
	const paths = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`f/${index >> 8}/${index}`, "x"]));
	const { log, peakMb } = await audit(makeRepo([...foreign("Small"), { say: "Many", write: paths }]).dir);

	expect(log.repository.changes).toBe(100_002);
	expect(log.coverage).toEqual({ owned: 2, shared: 0, unmatched: 100_000 });
	expect(peakMb).toBeLessThan(small.peakMb + 2 * MORE_MB);
});

test("10,000 branches of two teams: the audit ends, in bounded memory", async () => {
	const start = foreign("Small");
	const branches = Array.from({ length: 10_000 }, (_, index): Step => {
		const team = index % 2 === 0 ? "a" : "b";
		return {
			say: `${index}`,
			on: `team-${team}/${index}`,
			from: 0,
			by: `x@${team}.example`,
			write: { [`f${index}`]: "x" },
		};
	});
	const repo = makeRepo([...start, ...branches]);
	gitBytes(repo.dir, ["pack-refs", "--all"]);
	const { log, peakMb } = await audit(repo.dir);

	expect(log.repository.commits).toBe(2);
	expect(peakMb).toBeLessThan(small.peakMb + 2 * MORE_MB);
});
