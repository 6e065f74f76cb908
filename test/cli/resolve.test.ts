// `npm run resolve`: the file it writes, what it refuses, and whether the next audit does what was foretold.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { parse } from "yaml";
import { type Conflict, conflictLogSchema } from "#model/conflict-log";
import { writeContent } from "#test/golden";
import { makeRepo } from "#test/make-repo";
import { command } from "#test/product-command";

vi.setConfig({ testTimeout: 120_000 });

const files = {
	"project.yaml":
		"name: P\ncoordinator: { name: Desk, identities: { emails: [desk@p.example] } }\nescalation: [Pause both teams, Decide, Tell everybody, Go on]\n",
	"teams/team-a.yaml": 'name: Team A\nidentities: { emails: ["*@a.example"] }\n',
	"teams/team-b.yaml": 'name: Team B\nidentities: { emails: ["*@b.example"] }\n',
	"ownership/team-a.yaml":
		"owner: team-a\nmode: exclusive\nrules:\n  - pattern: api.py\n  - pattern: other.py\n  - pattern: gone.py\n",
};
const repo = makeRepo([
	{ say: "Start", by: "desk@p.example", at: "2025-07-01T09:00", write: { "api.py": "1", "other.py": "1" } },
	{ say: "Foreign", by: "ben@b.example", at: "2025-07-02T09:00", write: { "api.py": "2" } },
	{ say: "Other", by: "ben@b.example", at: "2025-07-02T10:00", write: { "other.py": "2" } },
	{ say: "Again", by: "ben@b.example", at: "2025-07-05T09:00", write: { "api.py": "3" } },
]);

async function audited(content: string): Promise<readonly Conflict[]> {
	await command("audit", ["--repo", repo.dir, "--content", content]);
	return conflictLogSchema.parse(JSON.parse(readFileSync(join(content, "conflict-log.json"), "utf8"))).conflicts;
}

/** Content with the log of an audit in it, and the ids of its conflicts by resource. */
async function prepared() {
	const content = writeContent(files);
	const ids = new Map((await audited(content)).map(({ resource, id }) => [resource, id]));
	const id = (path: string) => ids.get(`path:${path}`) as string;
	const resolve = (...args: string[]) => command("resolve", ["--content", content, ...args]);
	const stateOf = async (wanted: string) => (await audited(content)).find((one) => one.id === wanted)?.state;
	return { content, id, resolve, stateOf };
}

test("an override: the file, the words, and the next audit", async () => {
	const { content, id, resolve, stateOf } = await prepared();
	const api = id("api.py");
	const reason = "Agreed: \"it\" is #1, {really} & <b>\n- second line: 'yes' ünï 🎉";
	const outcome = await resolve(
		...[api, "--state", "overridden", "--reason", reason, "--until", "2099-12-31", "--at", "2025-07-06"],
		...["--step", "1@2025-07-05T10:00", "--step", "Talked on the phone"],
	);

	const file = join(content, "resolutions", `${api}.yaml`);
	expect(outcome).toEqual({
		code: 0,
		stderr: "",
		stdout: `${file} written
${api}  foreign-edit path:api.py: open → overridden, until 2100-01-01T00:00:00Z
the next audit of the same history counts 2 open conflicts, this one 3
`,
	});
	expect(parse(readFileSync(file, "utf8"))).toEqual({
		conflict: api,
		state: "overridden",
		by: "Desk",
		at: "2025-07-06",
		reason,
		until: "2099-12-31",
		steps: [
			{ step: "Pause both teams", at: "2025-07-05T10:00" },
			{ step: "Talked on the phone", at: "2025-07-06" },
		],
	});
	expect(await stateOf(api)).toBe("overridden");
});

test("several conflicts that are one story; by, and no end", async () => {
	const { content, id, resolve, stateOf } = await prepared();
	const { stdout } = await resolve(
		...[id("api.py"), id("other.py"), "--state", "paused", "--reason", "Talk", "--by", "Ana", "--until", "never"],
	);

	expect(stdout).toContain(`${id("other.py")}  foreign-edit path:other.py: open → paused\n`);
	expect(stdout).toContain("counts 3 open conflicts, this one 3\n");
	const written = parse(readFileSync(join(content, "resolutions", `${id("api.py")}.yaml`), "utf8"));
	expect(written).toMatchObject({ conflict: [id("api.py"), id("other.py")], by: "Ana", state: "paused" });
	expect(written).not.toHaveProperty("until");
	expect(written.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
	expect(await stateOf(id("other.py"))).toBe("paused");
});

test("no file is written over: the next free name is taken, and the later decision holds", async () => {
	const { content, id, resolve, stateOf } = await prepared();
	const api = id("api.py");
	const decide = (...more: string[]) => resolve(api, "--state", "acknowledged", "--reason", "Seen", ...more);
	mkdirSync(join(content, "resolutions"));
	writeFileSync(
		join(content, "resolutions", `${api}-2.yml`),
		`conflict: ${api}\nstate: false-positive\nby: Desk\nat: 2025-07-03\nreason: older\n`,
	);

	expect((await decide("--at", "2025-07-04")).stdout).toContain("open → acknowledged\n");
	expect((await decide("--at", "2025-07-01")).stdout).toContain(
		`/${api}-3.yaml written\n${api}  foreign-edit path:api.py: open → acknowledged\n`,
	);
	expect(readdirSync(join(content, "resolutions")).sort()).toEqual([`${api}-2.yml`, `${api}-3.yaml`, `${api}.yaml`]);
	expect(await stateOf(api)).toBe("acknowledged");
});

test("resolved: what came later opens a new episode, as foretold", async () => {
	const { content, id, resolve } = await prepared();
	const { stdout } = await resolve(id("api.py"), "--state", "resolved", "--reason", "Reverted", "--at", "2025-07-03");

	expect(stdout).toContain("open → resolved, and what came after 2025-07-03T00:00:00Z opens a new episode\n");
	expect(stdout).toContain("counts 3 open conflicts, this one 3\n");
	const found = (await audited(content)).filter(({ resource }) => resource === "path:api.py");
	expect(found.map(({ state, episode }) => [state, episode]).sort()).toEqual([
		["open", 2],
		["resolved", 1],
	]);
});

test("what decides nothing yet is said: all is later, the time has run out, the tree still shows it", async () => {
	const { content, id, resolve, stateOf } = await prepared();
	const early = await resolve(id("api.py"), "--state", "resolved", "--reason", "r", "--at", "2025-07-01");
	expect(early.stdout).toContain("open → open, every occurrence is later than 2025-07-01T00:00:00Z\n");
	const other = id("other.py");
	const over = await resolve(
		...[other, "--state", "overridden", "--reason", "r", "--at", "2025-07-02", "--until", "2025-07-03"],
	);
	expect(over.stdout).toContain(
		`open → open, content/resolutions/${other}.yaml has run out: the head is of 2025-07-05T09:00:00Z\n`,
	);
	const gone = id("gone.py");
	const tree = await resolve(gone, "--state", "resolved", "--reason", "r", "--at", "2025-07-04");
	expect(tree.stdout).toContain("the tree of 2025-07-05T09:00:00Z still shows it, after 2025-07-04T00:00:00Z\n");
	expect([await stateOf(id("api.py")), await stateOf(other), await stateOf(gone)]).toEqual(["open", "open", "open"]);
	expect(existsSync(join(content, "resolutions"))).toBe(true);
});

test("an id that the log does not know is refused with the nearest one, unless forced", async () => {
	const { content, id, resolve } = await prepared();
	const api = id("api.py");
	const wrong = `${api.slice(0, -1)}${api.endsWith("A") ? "B" : "A"}`;
	const asked = ["--state", "acknowledged", "--reason", "r"];

	expect(await resolve(wrong, ...asked)).toEqual({
		code: 2,
		stdout: "",
		stderr: `error: the log knows no conflict ${wrong}\n    hint: did you mean ${api}? --force writes it all the same\n`,
	});
	expect(existsSync(join(content, "resolutions"))).toBe(false);
	const forced = await resolve(wrong, ...asked, "--force");
	expect(forced.stdout).toContain(`${wrong}  not in the log: `);
	expect(forced.code).toBe(0);
});

test("without a log no id is known", async () => {
	const content = writeContent(files);
	const outcome = await command("resolve", [
		...["--content", content, "CF-ABCDEFGHIJ", "--state", "acknowledged", "--reason", "r"],
	]);
	expect(outcome).toMatchObject({
		code: 2,
		stderr: "error: there is no log yet to know the id from\n    hint: npm run audit, or --force\n",
	});
});

test("what is missing or cannot be is refused, and nothing is written", async () => {
	const { content, id, resolve } = await prepared();
	const refused = async (...args: string[]) => {
		const { code, stdout, stderr } = await resolve(...args);
		expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
		return stderr;
	};
	const api = id("api.py");

	expect(await refused()).toContain("which conflict?");
	expect(await refused(api, "--reason", "r")).toContain("--state is missing");
	expect(await refused(api, "--state", "fine", "--reason", "r")).toContain("--state fine is none of acknowledged,");
	expect(await refused(api, "--state", "resolved")).toContain("--reason is missing");
	expect(await refused(api, "--state", "resolved", "--reason", " ")).toContain("--reason is missing");
	expect(await refused(api, "--state", "overridden", "--reason", "r")).toBe(
		"error: a conflict that is overridden stays so until when?\n    hint: give the last day with --until DATE, or --until never\n",
	);
	expect(await refused(api, "--state", "resolved", "--reason", "r", "--step", "5")).toContain(
		"the steps are: 1 Pause both teams; 2 Decide; 3 Tell everybody; 4 Go on",
	);
	expect(await refused(api, "--state", "resolved", "--reason", "r", "--at", "yesterday")).toContain(
		"--at: expected a date",
	);
	expect(await refused(api, "--state", "paused", "--reason", "r", "--until", "2020-01-01")).toContain(
		"the resolution ends before it was made",
	);
	expect(await refused("../../x", "--state", "resolved", "--reason", "r", "--force")).toContain(
		"expected a conflict id",
	);
	expect(existsSync(join(content, "resolutions")) ? readdirSync(join(content, "resolutions")) : []).toEqual([]);
});
