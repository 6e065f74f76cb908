// `npm run report` as teams and their hooks run it: tokens made, listed and taken back; reports taken, refused in words, or not sent.
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { writeContent } from "#test/golden";
import { temporaryFolder } from "#test/make-repo";
import { command } from "#test/product-command";
import { type Gateway, startGateway } from "../../src/gateway/gateway.ts";
import { teamSchema } from "../../src/model/team.ts";

vi.setConfig({ testTimeout: 60_000 });

const TOKEN = /^coord_[A-Za-z0-9_-]{32}$/;
const ids = ["team-a", "team-b"];
const content = writeContent({
	"project.yaml": "name: P\n",
	"teams/team-a.yaml": "name: Team A\naliases: [A]\n",
	"teams/team-b.yaml": "name: Team B\n",
});
const state = join(temporaryFolder(), "state");
let gateway: Gateway;
let token: string;

beforeAll(async () => {
	const teams = ids.map((id) => ({ ...teamSchema.parse({ name: id }), id, file: `content/teams/${id}.yaml` }));
	gateway = await startGateway({
		nodes: [],
		host: "127.0.0.1",
		port: 0,
		grpcPort: null,
		intervalMs: 5_000,
		staleAfterMs: 15_000,
		offlineAfterMs: 300_000,
		deadlineMs: 2_000,
		content,
		teams,
		updatedAt: null,
		dist: null,
		state: { folder: state, isShared: false },
		log: () => undefined,
	});
	token = (await report(["--new-token", "team-a"])).stdout.trim();
});
afterAll(() => gateway?.close());

function report(args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}) {
	const own = { COORD_STATE: state, COORD_CONTENT: content, COORD_GATEWAY: gateway.url };
	return command("report", args, { env: { ...own, ...env } });
}

test("a token is made once: stdout has it, the folder its hash alone, stderr how to use it", async () => {
	const { code, stdout, stderr } = await report(["--new-token", "B"]).then(async (failed) => {
		// An alias of no team is refused before anything is made.
		expect(failed).toMatchObject({ code: 2, stdout: "" });
		expect(failed.stderr).toContain("--new-token “B” names no team\n    hint: the teams are team-a, team-b");
		return report(["--new-token", "a"]);
	});

	expect(code).toBe(0);
	expect(stdout.trim()).toMatch(TOKEN);
	const file = join(state, "tokens.json");
	expect(stderr).toContain(`of team-a; its hash is in ${file}`);
	expect(stderr).toContain("COORD_REPORT_TOKEN=… npm run report -- --team team-a --state active");
	expect(stderr).not.toContain(stdout.trim());
	expect(readFileSync(file, "utf8")).not.toContain(stdout.trim());
	expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a report is taken, and says until when it holds", async () => {
	const args = ["--team", "team-a", "--state", "blocked", "--working-on", "SFT trainer", "--valid-for", "2h"];
	const said = await report([...args, "--blocked-by", "team-b", "--blocked-by", "review", "--note", "ò 🟢"], {
		COORD_REPORT_TOKEN: token,
	});

	expect(said).toMatchObject({ code: 0, stderr: "" });
	const [, at, until] = /^team-a: blocked, taken at (\S+), holds until (\S+)\n$/.exec(said.stdout) ?? [];
	expect(Math.abs(Date.parse(until as string) - Date.parse(at as string) - 2 * 3_600_000)).toBeLessThan(1_000);
	const journal = readFileSync(join(state, "reports-000001.jsonl"), "utf8").trimEnd().split("\n").at(-1) as string;
	expect(JSON.parse(journal).entry.report).toMatchObject({
		team: "team-a",
		state: "blocked",
		workingOn: "SFT trainer",
		blockedBy: ["team-b", "review"],
		note: "ò 🟢",
		validForMs: 7_200_000,
	});
});

test("the token may come from a file, which others should not read; the team from COORD_TEAM", async () => {
	const file = join(temporaryFolder(), "token");
	writeFileSync(file, `${token}\nmore\n`);
	chmodSync(file, 0o644);
	const open = await report(["--state", "active", "--token-file", file], { COORD_TEAM: "team-a" });
	chmodSync(file, 0o600);
	const closed = await report(["--state", "active", "--token-file", file], { COORD_TEAM: "team-a" });

	expect(open).toMatchObject({
		code: 0,
		stderr: `warning: others on this machine may read ${file}: chmod 600 ${file}\n`,
	});
	expect(closed).toMatchObject({ code: 0, stderr: "" });
});

test("what the gateway refuses is exit 2, in its words", async () => {
	const env = { COORD_REPORT_TOKEN: token };
	const [other, text] = await Promise.all([
		report(["--team", "team-b", "--state", "active"], env),
		report(["--team", "team-a", "--state", "active", "--note", "x".repeat(281)], env),
	]);

	expect(other).toMatchObject({ code: 2, stdout: "" });
	expect(other.stderr).toBe(
		"error: the gateway refused the report: the token is that of team-a; it cannot speak for team-b\n",
	);
	expect(text).toMatchObject({ code: 2, stdout: "" });
	expect(text.stderr).toContain("error: the gateway refused the report: note: 281 characters, at most 280");
});

test("what is no usage is exit 2, and nothing is sent", async () => {
	const args = ["--team", "team-a", "--state", "active"];
	const [none, typed, open] = await Promise.all([
		report(args),
		report([...args, "--token", token]),
		report(args, { COORD_GATEWAY: "http://10.1.2.3:4321", COORD_REPORT_TOKEN: token }),
	]);

	expect([none.code, typed.code, open.code]).toEqual([2, 2, 2]);
	expect(none.stderr).toContain("error: no token to report with\n    hint: COORD_REPORT_TOKEN or --token-file");
	expect(typed.stderr).toContain("Unknown option '--token'");
	expect(open.stderr).toContain("error: over plain http everybody on the way to 10.1.2.3:4321 could read the token");
	expect(none.stderr + typed.stderr + open.stderr).not.toContain(token);
});

test("a gateway that is not there, is none, or never answers is exit 3, with the cure", async () => {
	const args = ["--team", "team-a", "--state", "active"];
	const free = createTcpServer().listen(0, "127.0.0.1");
	const page = createServer((_request, response) => response.end("<html>a portal</html>")).listen(0, "127.0.0.1");
	await new Promise((resolve) => setTimeout(resolve, 50));
	const port = (free.address() as AddressInfo).port;
	const other = (page.address() as AddressInfo).port;
	await new Promise((resolve) => free.close(resolve));
	const to = (url: string) => report(args, { COORD_REPORT_TOKEN: token, COORD_GATEWAY: url });
	const [gone, none] = await Promise.all([to(`http://127.0.0.1:${port}`), to(`http://localhost:${other}`)]);
	page.close();

	expect(gone.code).toBe(3);
	expect(gone.stderr).toContain(`error: cannot reach the gateway at http://127.0.0.1:${port}: `);
	expect(gone.stderr).toContain("hint: COORD_GATEWAY says where it is");
	expect(none.code).toBe(3);
	expect(none.stderr).toContain(`error: http://localhost:${other} answers, but does not take reports`);
	expect(gone.stderr + none.stderr).not.toContain(token);
});

test("tokens are listed without themselves, and taken back one by one or all of a team, at once", async () => {
	const fresh = (await report(["--new-token", "team-b"])).stdout.trim();
	const list = (await report(["--tokens"])).stdout.trimEnd().split("\n");
	const ofB = list.find((line) => line.startsWith("team-b")) as string;
	expect(ofB).toMatch(/^team-b {2}[0-9a-f]{8} {2}\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
	expect(list.filter((line) => line.startsWith("team-a"))).toHaveLength(2);
	const send = () => report(["--team", "team-b", "--state", "active"], { COORD_REPORT_TOKEN: fresh });
	expect((await send()).code).toBe(0);

	const wrong = await report(["--revoke", "team-a", "--token-id", ofB.split("  ")[1] as string]);
	expect(wrong.code).toBe(2);
	expect(wrong.stderr).toContain("error: team-a has no token");
	const revoked = await report(["--revoke", "team-b", "--token-id", ofB.split("  ")[1] as string]);
	expect(revoked).toMatchObject({
		code: 0,
		stdout: "",
		stderr: "1 token of team-b taken back; no restart is needed\n",
	});
	const refused = await send();
	expect(refused.code).toBe(2);
	expect(refused.stderr).toContain("the token is none that this gateway knows: mistyped or revoked?");

	expect((await report(["--revoke", "team-a"])).stderr).toBe("2 tokens of team-a taken back; no restart is needed\n");
	expect(await report(["--tokens"])).toMatchObject({
		code: 0,
		stdout: "",
		stderr: `no team has a token in ${state}\n`,
	});
});

test("--help is words on stdout", async () => {
	const { code, stdout, stderr } = await report(["--help"]);
	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	for (const word of ["--new-token TEAM", "COORD_REPORT_TOKEN", "COORD_GATEWAY", "Exit codes:"])
		expect(stdout).toContain(word);
});
