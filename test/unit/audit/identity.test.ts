// The id of a conflict: computed a second way here, and the same after everything that leaves the story as it was.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { audit } from "#audit/audit";
import { conflictIds } from "#audit/identity";
import { openRepository } from "#git/repository";
import { tabulate } from "#git/tabulate";
import type { CommitTable } from "#model/commit-table";
import type { ConflictLog } from "#model/conflict-log";
import type { Commit } from "#model/history";
import { readTreeFacts } from "#scripts/lib/tree-facts";
import { auditFolder, writeContent } from "#test/golden";
import { cloneRepo, makeRepo, type Repo, type Step } from "#test/make-repo";
import { catalogOf } from "../catalog/check-content.ts";
import { commitsOf, plain } from "../git/read-all.ts";

const files = {
	"project.yaml": "name: P\ncoordinator: { identities: { emails: [desk@p.example] } }\n",
	"teams/team-a.yaml": 'name: A\nidentities: { emails: ["*@a.example"], branches: ["team-a/**"] }\n',
	"teams/team-b.yaml": 'name: B\nidentities: { emails: ["*@b.example"], branches: ["team-b/**"] }\n',
	"ownership/team-a.yaml": "owner: team-a\nmode: exclusive\nrules:\n  - pattern: /api/\n  - pattern: /gone/\n",
	"ownership/shared.yaml": "mode: shared\nrules:\n  - pattern: /config.py\n",
};
const content = writeContent(files);

const steps: Step[] = [
	{
		say: "Start",
		by: "desk@p.example",
		at: "2025-07-01T09:00",
		write: { "api/app.py": "1", "config.py": "1", other: "1" },
	},
	{ say: "Touch é", by: "Ben <ben@b.example>", at: "2025-07-02T10:00", write: { "api/app.py": "2" } },
	{ say: "Owner", by: "ana@a.example", at: "2025-07-03T10:00", write: { "api/app.py": "3", other: "2" } },
	{ say: "Again", by: "ben@b.example", at: "2025-07-04T10:00", write: { "api/app.py": "4", "config.py": "2" } },
	{ say: "Who", by: "dev@x.example", at: "2025-07-05T10:00", write: { "api/app.py": "5" } },
];

async function idsOf(repo: Repo, dir = content): Promise<Record<string, string>> {
	const { log } = await auditFolder(repo.dir, dir);
	return Object.fromEntries(log.conflicts.map(({ code, resource, id }) => [`${code} ${resource}`, id]));
}

/** RFC 4648, by hand: five bits a letter, from the left. */
function base32(bytes: Buffer): string {
	const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
	const letters = bits.match(/.{5}/g) ?? [];
	return letters.map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(five, 2)]).join("");
}

function idByHand(json: string): string {
	return `CF-${base32(createHash("sha256").update(json).digest()).slice(0, 10)}`;
}

const repo = makeRepo(steps);
const original = await idsOf(repo);

test("the id is what its definition says, computed another way", () => {
	// 2025-07-02T10:00Z is 1751450400, 07-04T10:00Z 1751623200, 07-05T10:00Z 1751709600.
	expect(original).toEqual({
		"foreign-edit path:api/app.py": idByHand(
			'{"anchor":"ben@b.example\\n1751450400 +0000\\nTouch é","code":"foreign-edit","resource":"path:api/app.py","teams":["team-a","team-b"],"v":1}',
		),
		"shared-edit-uncoordinated path:config.py": idByHand(
			'{"anchor":"ben@b.example\\n1751623200 +0000\\nAgain","code":"shared-edit-uncoordinated","resource":"path:config.py","teams":["team-b"],"v":1}',
		),
		"unattributed-edit identity:dev@x.example": idByHand(
			'{"anchor":"dev@x.example\\n1751709600 +0000\\nWho","code":"unattributed-edit","resource":"identity:dev@x.example","teams":["team-a"],"v":1}',
		),
		"rule-unmatched path:/gone/": idByHand(
			'{"anchor":"","code":"rule-unmatched","resource":"path:/gone/","teams":["team-a"],"v":1}',
		),
	});
});

test("base32 by hand is base32: the examples of RFC 4648", () => {
	expect(base32(Buffer.from("fooba"))).toBe("MZXW6YTB");
});

test("a clone, bare or not, has the same ids", async () => {
	expect(await idsOf(cloneRepo(repo))).toEqual(original);
	expect(await idsOf(cloneRepo(repo, "--bare"))).toEqual(original);
});

test("commits put onto other parents keep their ids", async () => {
	const [start, ...rest] = steps as [Step, ...Step[]];
	const rebased = makeRepo([
		start,
		{ say: "Wedged in", by: "ana@a.example", at: "2025-06-01T00:00", write: { z: "z" } },
		...rest,
	]);

	expect(rebased.oids).not.toContain(repo.oids[3]);
	expect(await idsOf(rebased)).toEqual(original);
});

test("a cherry-pick by somebody else keeps author, date and subject, and so the id", async () => {
	const picked = makeRepo([{ ...(steps[0] as Step) }]);
	picked.git("reset", "--quiet", "--hard");
	for (const oid of repo.oids.slice(1)) {
		picked.git("fetch", "--quiet", repo.dir, oid);
		picked.git("cherry-pick", "--allow-empty", "-X", "theirs", oid);
	}

	expect(picked.git("log", "-1", "--format=%ae %ce")).toBe("dev@x.example test@test.example");
	expect(await idsOf(picked)).toEqual(original);
});

test("the same commits by way of branches and merges have the same ids", async () => {
	const merged = makeRepo([
		steps[0] as Step,
		{ ...(steps[2] as Step), on: "team-a/x" },
		{ ...(steps[1] as Step), on: "team-b/y", from: 0 },
		{ ...(steps[3] as Step), on: "team-b/y" },
		{ say: "Merge branch 'team-b/y'", by: "desk@p.example", merge: "team-b/y" },
		{ ...(steps[4] as Step) },
		{ say: "Merge branch 'team-a/x'", by: "desk@p.example", merge: "team-a/x" },
	]);

	expect(await idsOf(merged)).toEqual(original);
});

test("rule text, file, level and hints are not in the id", async () => {
	const reworded = writeContent({
		...files,
		"ownership/team-a.yaml": "owner: team-a\nmode: exclusive\nrules:\n  - pattern: /gone/\n  - pattern: api/**\n",
		"ownership/shared.yaml": "mode: shared\nrules:\n  - { pattern: config.py, risk: high, protocol: Ask }\n",
	});

	expect(await idsOf(repo, reworded)).toEqual(original);
});

test("another subject, date, address or team is another story", () => {
	const anchor = { email: "ben@b.example", authorDate: "1 +0000", subject: "s" };
	const base = { code: "foreign-edit", resource: "path:x", teams: ["team-a", "team-b"], anchor };
	const variants = [
		base,
		{ ...base, code: "other" },
		{ ...base, resource: "path:y" },
		{ ...base, teams: ["team-a"] },
		{ ...base, anchor: null },
		{ ...base, anchor: { ...anchor, email: "x" } },
		{ ...base, anchor: { ...anchor, authorDate: "2 +0000" } },
		{ ...base, anchor: { ...anchor, subject: "t" } },
	];

	expect(new Set(conflictIds(variants)).size).toBe(variants.length);
	expect(conflictIds([{ ...base, teams: ["team-b", "team-a"] }])).toEqual(conflictIds([base]));
});

test("ids that would be equal get as many letters as tell them apart; the others keep ten", () => {
	const one = { code: "c", resource: "r", teams: [], anchor: null };
	const ids = conflictIds([one, one, { ...one, resource: "other" }]);

	expect(ids[0]).toMatch(/^CF-[A-Z2-7]{52}$/);
	expect(ids[2]).toMatch(/^CF-[A-Z2-7]{10}$/);
});

const catalog = catalogOf(files);

/** The log of the commits as they are read, or as `arrange` makes them. */
async function logOf(arrange: (read: CommitTable) => CommitTable = (read) => read): Promise<ConflictLog> {
	const opened = await openRepository(repo.dir, ["HEAD"]);
	const commits = arrange(await opened.readCommits());
	const tree = await opened.readTree();
	const facts = await readTreeFacts(opened, tree, catalog, null);
	const brought = {
		repository: opened.repository,
		tips: [],
		commits,
		tree,
		facts,
		collisions: [],
		differences: new Map(),
	};
	await opened.close();
	const explain = () => ({ message: "m", hint: "h" });
	return audit(catalog, brought, { repositoryName: "P", sinceAt: null, explain }).log;
}

test("commits in any order make the same log, byte for byte", async () => {
	const expected = JSON.stringify(await logOf());
	const orders: ((commits: Commit[]) => Commit[])[] = [
		(commits) => commits,
		(commits) => commits.toReversed(),
		(commits) => commits.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
	];

	for (const order of orders) {
		const log = await logOf((read) => tabulate(order(commitsOf(read).map(plain)), "sha1"));
		expect(JSON.stringify(log), order.toString()).toBe(expected);
	}
});

test("the order of files and rules in the content changes no byte but the digest's own", async () => {
	const { log } = await auditFolder(repo.dir, content);
	const turned = writeContent(Object.fromEntries(Object.entries(files).reverse()));

	expect((await auditFolder(repo.dir, turned)).log).toEqual(log);
	expect(readFileSync(join(turned, "project.yaml"), "utf8")).toBe(files["project.yaml"]);
});
