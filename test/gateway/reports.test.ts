// Reports as teams send them: over real HTTP in every protocol, refused in words, shown to readers, kept through a restart.
import { randomBytes } from "node:crypto";
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { type Client, Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "#test/make-repo";
import { keptToken, makeToken } from "../../src/gateway/reports/tokens.ts";
import { changeTokens, tokensFile } from "../../src/gateway/reports/tokens-file.ts";
import { teamSchema } from "../../src/model/team.ts";
import { StatusService, TeamState } from "../../src/wire/gen/coordination/v1/status_pb.js";
import { teamsFromWire } from "../../src/wire/map-teams.ts";
import { gatewayOver, type TestGateway, writeAudit } from "./support.ts";

const TEAMS = ["team-a", "team-b", "team-c"];
const teams = TEAMS.map((id) => ({ ...teamSchema.parse({ name: id }), id, file: `content/teams/${id}.yaml` }));

/** A state folder with a token for each team. */
async function stateFolder(): Promise<{ folder: string; tokens: Record<string, string> }> {
	const folder = join(temporaryFolder(), "state");
	const tokens = Object.fromEntries(TEAMS.map((id) => [id, makeToken(randomBytes(24))]));
	const kept = Object.entries(tokens).map(([id, token]) => keptToken(token, id, "2026-11-26T10:00:00Z"));
	await changeTokens(folder, () => kept);
	return { folder, tokens };
}

type Reporter = Client<typeof StatusService>;
const connectTo = (url: string): Reporter =>
	createClient(StatusService, createConnectTransport({ baseUrl: url, httpVersion: "1.1" }));

let lastSequence = BigInt(Date.now());

/** Sends a report; gives `accepted` or the name of the code it was refused with. */
async function send(client: Reporter, token: string | null, fields: object = {}): Promise<string> {
	lastSequence += 1n;
	const report = {
		team: "team-a",
		sequence: lastSequence,
		issuedAt: timestampFromMs(Date.now()),
		state: TeamState.ACTIVE,
		...fields,
	};
	const headers = token === null ? {} : { authorization: `Bearer ${token}` };
	for (;;) {
		const outcome = await client.reportTeam(report, { headers }).then(
			(reply) => (reply.complete && reply.schema === 1 ? "accepted" : "not whole"),
			(error: unknown) => ConnectError.from(error),
		);
		if (typeof outcome === "string") return outcome;
		// A machine that is busy with other things turns calls away unread: those are sent again.
		if (!outcome.rawMessage.includes("more to do than it can")) return Code[outcome.code] ?? "no code";
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

describe("a gateway that takes reports", () => {
	let gateway: TestGateway;
	let tokens: Record<string, string>;
	let folder: string;

	beforeAll(async () => {
		({ folder, tokens } = await stateFolder());
		gateway = await gatewayOver({}, { teams, state: { folder, isShared: false } });
	});
	afterAll(() => gateway.close());

	const protocols: [string, () => Transport][] = [
		["gRPC-Web", () => createGrpcWebTransport({ baseUrl: gateway.url, httpVersion: "1.1" })],
		["Connect", () => createConnectTransport({ baseUrl: gateway.url, httpVersion: "1.1" })],
		["gRPC", () => createGrpcTransport({ baseUrl: `http://${gateway.grpcUrl}` })],
	];

	it.each(protocols)(
		"over %s: taken with the team's token, refused with its code and the last sequence otherwise",
		async (name, transport) => {
			const team = TEAMS[protocols.findIndex(([other]) => other === name)] as string;
			const client = createClient(StatusService, transport());
			const sequence = lastSequence + 1_000n;
			const report = {
				team,
				sequence,
				issuedAt: timestampFromMs(Date.now()),
				state: TeamState.BLOCKED,
				workingOn: "SFT trainer 🟢",
				blockedBy: ["team-c: gradients"],
				validForMs: 120_000n,
			};
			const headers = { authorization: `Bearer ${tokens[team]}` };
			const reply = await client.reportTeam(report, { headers });
			expect(reply).toMatchObject({ schema: 1, sequence, validForMs: 120_000n, complete: true });
			expect(Math.abs(Number(reply.acceptedAt?.seconds) * 1000 - Date.now())).toBeLessThan(60_000);

			const replayed = await client.reportTeam(report, { headers }).then(
				() => null,
				(error: unknown) => ConnectError.from(error),
			);
			expect(replayed?.code).toBe(Code.AlreadyExists);
			expect(replayed?.rawMessage).toContain(`sequence ${sequence} is not above ${sequence}`);
			expect(replayed?.metadata.get("last-sequence")).toBe(String(sequence));
			expect(await send(client, null, { team })).toBe("Unauthenticated");
			expect(await send(client, `${tokens[team]}x`, { team })).toBe("Unauthenticated");
			expect(await send(client, tokens[team] as string, { team: "team-x" })).toBe("NotFound");
			expect(await send(client, tokens[team] as string, { team, state: 0 })).toBe("InvalidArgument");
			lastSequence += 1_000n;
		},
	);

	it("the largest report within the limits fits; a larger request is refused before it is read", async () => {
		const client = connectTo(gateway.url);
		await new Promise((resolve) => setTimeout(resolve, 1_100));
		const text = "🟢".repeat(280);
		const largest = { workingOn: text, note: text, blockedBy: Array(16).fill(text) };
		expect(await send(client, tokens["team-a"] as string, largest)).toBe("accepted");
		const tooLarge = { ...largest, note: "x".repeat(10_000) };
		expect(await send(client, tokens["team-a"] as string, tooLarge)).toBe("ResourceExhausted");
	});

	it("a token that is made, or taken back, while it runs counts at once", async () => {
		const client = connectTo(gateway.url);
		const second = makeToken(randomBytes(24));
		expect(await send(client, second, { team: "team-c", state: 0 })).toBe("Unauthenticated");
		await changeTokens(folder, (kept) => [...kept, keptToken(second, "team-c", "2026-11-26T11:00:00Z")]);
		expect(await send(client, second, { team: "team-c", state: 0 })).toBe("InvalidArgument");
		await changeTokens(folder, (kept) => kept.slice(0, -1));
		expect(await send(client, second, { team: "team-c", state: 0 })).toBe("Unauthenticated");
	});

	it("a list of tokens that is damaged lets nobody in, until it is whole again", async () => {
		const client = connectTo(gateway.url);
		const file = tokensFile(folder);
		const whole = readFileSync(file);
		appendFileSync(file, "}");
		expect(await send(client, tokens["team-a"] as string, { state: 0 })).toBe("Unavailable");
		writeFileSync(file, whole);
		expect(await send(client, tokens["team-a"] as string, { state: 0 })).toBe("InvalidArgument");
	});

	it("300 captured reports sent again, 300 made-up tokens, 100 of other teams: none is taken, and good ones in between are", async () => {
		const client = connectTo(gateway.url);
		const [a, b] = [tokens["team-a"] as string, tokens["team-b"] as string];
		const journal = () => readFileSync(join(folder, "reports-000001.jsonl"), "utf8").trimEnd().split("\n").length;
		await new Promise((resolve) => setTimeout(resolve, 1_100));
		const captured = { sequence: lastSequence + 1n, workingOn: "captured" };
		expect(await send(client, a, captured)).toBe("accepted");
		const before = journal();
		const outcomes = new Map<string, number>();
		const count = async (kind: string, sent: Promise<string>) => {
			const name = `${kind} ${await sent}`;
			outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
		};
		let good = 0;
		for (let tenth = 0; tenth < 10; tenth++) {
			// Few at a time: more from one address would be turned away unread.
			for (let five = 0; five < 6; five++) {
				const ten = Array.from({ length: 5 }, () => [
					count("replay", send(client, a, captured)),
					count("forged", send(client, makeToken(randomBytes(24)))),
				]);
				await Promise.all(ten.flat());
			}
			const ten = Array.from({ length: 10 }, () => count("cross", send(client, b, { team: "team-a" })));
			const odd = [
				count("skewed", send(client, a, { issuedAt: timestampFromMs(Date.now() + 3_600_000) })),
				count("skewed", send(client, a, { issuedAt: timestampFromMs(Date.now() - 3_600_000) })),
				count("oversize", send(client, a, { note: "x".repeat(281) })),
				count("stale", send(client, a, { sequence: captured.sequence - 1n })),
			];
			await Promise.all([...ten, ...odd]);
			// A team that reports about once a second, with gaps in its sequence, is taken each time.
			if (tenth % 4 !== 0) continue;
			lastSequence += 12_345n;
			await new Promise((resolve) => setTimeout(resolve, 400));
			await count("good", send(client, b, { team: "team-b" }));
			good += 1;
		}
		expect(Object.fromEntries([...outcomes].sort())).toEqual({
			"cross PermissionDenied": 100,
			"forged Unauthenticated": 300,
			"good accepted": good,
			"oversize InvalidArgument": 10,
			"replay AlreadyExists": 300,
			"skewed InvalidArgument": 20,
			"stale AlreadyExists": 10,
		});
		expect(journal()).toBe(before + good);
	});
});

it("what a team reports is what readers are told of it, with its date on both clocks; git's part stays git's", async () => {
	const { folder, tokens } = await stateFolder();
	const first = await gatewayOver({}, { teams, state: { folder, isShared: false } });
	writeAudit(first.content, 1);
	const read = async (url: string) => teamsFromWire(await connectTo(url).getTeams({}), null);
	const before = await read(first.url);
	expect(before.snapshot.teams[1]?.declared).toMatchObject({ state: "unknown", report: null });
	const fields = { team: "team-b", state: TeamState.BLOCKED, workingOn: "a\u001b[31mred", blockedBy: ["team-c"] };
	expect(await send(connectTo(first.url), tokens["team-b"] as string, fields)).toBe("accepted");
	const after = await read(first.url);
	expect(after.version).toBeGreaterThan(before.version);
	const [, team] = after.snapshot.teams;
	expect(team?.declared).toMatchObject({ state: "blocked", workingOn: "a\\x1B[31mred", blockedBy: ["team-c"] });
	expect(team?.declared.report).toMatchObject({ validForMs: 1_800_000 });
	const reportAge = ({ uptimeMs, snapshot }: typeof after) =>
		uptimeMs - (snapshot.teams[1]?.declared.report?.uptimeMs ?? Number.NaN);
	expect(reportAge(after)).toBeGreaterThanOrEqual(-1);
	expect(team?.derived).toEqual(before.snapshot.teams[1]?.derived);
	await first.close();

	// Of another run: before its beginning, and no younger than it was.
	const second = await gatewayOver({}, { teams, state: { folder, isShared: false } });
	writeAudit(second.content, 1);
	const later = await read(second.url);
	expect(later.snapshot.teams[1]?.declared).toMatchObject({ state: "blocked", workingOn: "a\\x1B[31mred" });
	expect(later.snapshot.teams[1]?.declared.report?.uptimeMs).toBeLessThan(0);
	expect(reportAge(later)).toBeGreaterThan(reportAge(after));
	await second.close();
});

it("a gateway without a state folder takes no report", async () => {
	const gateway = await gatewayOver({}, { teams });
	expect(await send(connectTo(gateway.url), makeToken(randomBytes(24)))).toBe("Unauthenticated");
	await gateway.close();
});

it("what was accepted is there after a restart, and sent again it is refused", async () => {
	const { folder, tokens } = await stateFolder();
	const options = { teams, state: { folder, isShared: false } };
	const first = await gatewayOver({}, options);
	const sequence = lastSequence + 1n;
	expect(await send(connectTo(first.url), tokens["team-b"] as string, { team: "team-b", sequence })).toBe("accepted");
	await first.close();
	const second = await gatewayOver({}, options);
	const client = connectTo(second.url);
	expect(await send(client, tokens["team-b"] as string, { team: "team-b", sequence })).toBe("AlreadyExists");
	expect(await send(client, tokens["team-b"] as string, { team: "team-b" })).toBe("accepted");
	await second.close();
});

it("a store that cannot be written refuses a report as UNAVAILABLE; once it can, the same one is taken", async () => {
	const { folder, tokens } = await stateFolder();
	const gateway = await gatewayOver({}, { teams, state: { folder, isShared: false } });
	const client = connectTo(gateway.url);
	const token = tokens["team-a"] as string;
	const sequence = lastSequence + 1n;
	// A folder in the journal's place: nobody can write there, not even root.
	const blocked = join(folder, "reports-000001.jsonl");
	mkdirSync(blocked);
	expect(await send(client, token, { sequence })).toBe("Unavailable");
	rmSync(blocked, { recursive: true });
	expect(await send(client, token, { sequence })).toBe("accepted");
	await gateway.close();
});
