// Gateways in processes of their own on one state folder: who asks the nodes when one is frozen, killed, ended or started again.
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startSampleNodes } from "#scripts/sample/nodes";
import { type GatewayProcess, prepareGateway } from "#test/gateway-child";
import { temporaryFolder } from "#test/make-repo";
import { openNotices } from "../../src/gateway/notices.ts";
import { startRun } from "../../src/gateway/run.ts";
import { openState } from "../../src/gateway/state.ts";
import { fileStore } from "../../src/gateway/store/file.ts";
import { StatusService } from "../../src/wire/gen/coordination/v1/status_pb.js";
import { type ClusterState, clusterFromWire } from "../../src/wire/map.ts";

const TTL_MS = 2_000;

let nodes: Awaited<ReturnType<typeof startSampleNodes>>;
let folder: string;
const ends: (() => Promise<void>)[] = [];

beforeEach(async () => {
	nodes = await startSampleNodes([0]);
	folder = join(temporaryFolder(), "state");
});
afterEach(async () => {
	for (const end of ends.splice(0)) await end();
	await nodes.close();
});

async function start(): Promise<GatewayProcess> {
	const prepared = prepareGateway();
	const node = nodes.nodes[0]!.address;
	const state = { folder, isShared: true, ttlMs: TTL_MS };
	const gateway = await prepared.start({ teams: [], content: folder, state, node });
	ends.push(async () => prepared.kill());
	return gateway;
}

/** What a page is told. A frozen gateway says nothing, which is null. */
async function read({ url }: GatewayProcess): Promise<ClusterState | null> {
	const client = createClient(StatusService, createConnectTransport({ baseUrl: url, httpVersion: "1.1" }));
	return await client.getCluster({}, { timeoutMs: 1_000 }).then(
		(reply) => clusterFromWire(reply, null),
		() => null,
	);
}

/** Reads until it is so; gives what was read. */
async function readUntil(gateway: GatewayProcess, isSo: (state: ClusterState) => boolean): Promise<ClusterState> {
	let last: ClusterState | null = null;
	for (const start = performance.now(); performance.now() - start < 20_000; ) {
		last = await read(gateway);
		if (last !== null && isSo(last)) return last;
		await new Promise((resolve) => setTimeout(resolve, 25));
	}
	throw new Error(
		`not so within 20 s; last read: ${JSON.stringify(last, (_, value) => (typeof value === "bigint" ? String(value) : value))}; ${gateway.lines.join("; ")}`,
	);
}

const isFresh = ({ snapshot }: ClusterState) =>
	snapshot.nodes[0]?.state === "serving" &&
	(snapshot.nodes[0].ageMs ?? Number.POSITIVE_INFINITY) <= snapshot.staleAfterMs;
const leads = ({ lines }: GatewayProcess) => lines.some((line) => line.startsWith("leading:"));
const follows = ({ lines }: GatewayProcess) => lines.some((line) => line.startsWith("following:"));

it("one asks, the other shows the same; frozen, it loses the right, and what it says when it wakes is older", async () => {
	const a = await start();
	const before = await readUntil(a, isFresh);
	const b = await start();
	const shown = await readUntil(b, (state) => isFresh(state) && state.epoch === before.epoch);
	expect(shown.snapshot.nodes[0]?.chip).toBe(before.snapshot.nodes[0]?.chip);
	expect(leads(a)).toBe(true);

	await a.signal("SIGSTOP");
	const after = await readUntil(b, (state) => state.epoch > before.epoch && isFresh(state));
	await a.signal("SIGCONT");
	// Its own epoch is over: a reader who has seen the other one takes nothing of it, until it follows.
	await readUntil(a, (state) => state.epoch === after.epoch && isFresh(state));
	expect(follows(a)).toBe(true);
	expect((await fileStore(folder).snapshots.get())?.fence).toBeGreaterThan(1n);
});

it("killed and started again, it shows what was known as old, then goes on above its own epoch", async () => {
	const first = await start();
	const before = await readUntil(first, (state) => isFresh(state));
	// Until it was shared once.
	for (const store = fileStore(folder); (await store.snapshots.get()) === null; )
		await new Promise((done) => setTimeout(done, 20));
	await first.signal("SIGKILL");
	const second = await start();
	const old = await readUntil(second, (state) => state.epoch === before.epoch);
	expect(old.snapshot.nodes[0]?.state).toBe("serving");
	expect(old.snapshot.nodes[0]?.ageMs).toBeGreaterThan(old.snapshot.staleAfterMs);
	const after = await readUntil(second, isFresh);
	expect(after.epoch).toBeGreaterThan(before.epoch);
	expect(after.version).toBeGreaterThan(before.version);
});

it("with the state folder gone, who asks goes on and who follows shows its last state, and both say so until it is back", async () => {
	const a = await start();
	await readUntil(a, isFresh);
	const b = await start();
	await readUntil(b, isFresh);
	const away = `${folder}-away`;
	renameSync(folder, away);
	// A file where the folder was: nothing can be made there, not even by root.
	writeFileSync(folder, "");
	const says = (words: string) => (state: ClusterState) => state.notices.some((notice) => notice.includes(words));
	await readUntil(a, (state) => says("what this gateway finds is not shared")(state) && isFresh(state));
	await readUntil(b, (state) => says("what it said last is shown")(state) && !isFresh(state));
	rmSync(folder);
	renameSync(away, folder);
	for (const gateway of [a, b]) await readUntil(gateway, (state) => state.notices.length === 0 && isFresh(state));
	const epochs = await Promise.all([a, b].map(read));
	expect(epochs[0]?.epoch).toBe(epochs[1]?.epoch);
});

it("a shared folder that cannot be written is said at the start", async () => {
	const file = join(temporaryFolder(), "file");
	writeFileSync(file, "");
	const parts = { teams: [], run: startRun(Date.now()), notices: openNotices(), log: () => undefined };
	await expect(openState({ folder: join(file, "state"), isShared: true }, parts)).rejects.toThrow(
		`the state folder ${join(file, "state")} cannot be written: ENOTDIR`,
	);
});
