// Edge(processes). Names of nodes come to lead elsewhere, or nowhere: by a hosts file that only the gateway sees.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type PythonNode, pythonMissing, startPythonNode } from "#test/python-node";
import { bear, INTERVAL_MS } from "./node-row.ts";
import type { Random } from "./random.ts";
import type { Run } from "./row.ts";
import { changesSince, isGreen, type Seen } from "./watch.ts";
import { inWorld, type OwnRow, type World } from "./world.ts";

const NEW_ADDRESS_MS = 30_000;
const FRESH_AGE_MS = 7_000;
/** Two addresses of this machine: a node may have the same port at both. */
const [FIRST, SECOND] = ["127.0.0.1", "127.0.0.2"];

const missing = () => pythonMissing() ?? (process.getuid?.() === 0 ? null : "mount namespaces need root");
const isServing = (seen: Seen) => seen.state === "serving" && isGreen(seen);

/** One run: `lead` says where the run's name leads, null nowhere. */
type Story = (
	node: { readonly watch: World["watch"]; readonly id: string; readonly old: PythonNode; readonly moved: PythonNode },
	lead: (address: string | null) => void,
) => Promise<Run>;

/** All runs at one time, each with a name and two nodes of its own. */
async function measureNames(runs: number, random: Random, story: Story): Promise<readonly Run[]> {
	const folder = mkdtempSync(join(tmpdir(), "faults-hosts-"));
	const hosts = join(folder, "hosts");
	const names = Array.from({ length: runs }, (_, run) => `node-${run + 1}.faults.test`);
	const leads = new Map<string, string | null>(names.map((name) => [name, FIRST!]));
	const write = () => {
		const lines = [...leads].flatMap(([name, address]) => (address === null ? [] : [`${address} ${name}\n`]));
		writeFileSync(hosts, `127.0.0.1 localhost\n${lines.join("")}`);
	};
	write();
	const prefix = ["unshare", "-m", "sh", "-c", `mount --bind "$0" /etc/hosts && exec "$@"`, hosts];
	const moved: PythonNode[] = [];
	const body = async ({ watch, nodes, ids }: World) => {
		for (const { port } of nodes) moved.push(await startPythonNode("distributed", port, [], { host: SECOND! }));
		return await Promise.all(
			ids.map(async (id, run) => {
				await sleep(random.fork(id).between(0, INTERVAL_MS));
				const lead = (address: string | null) => {
					leads.set(names[run]!, address);
					write();
				};
				return await story({ watch, id, old: nodes[run]!, moved: moved[run]! }, lead);
			}),
		);
	};
	try {
		return await inWorld(runs, body, { prefix }, (nodes) =>
			nodes.map(({ port }, index) => ({ id: names[index]!, address: `${names[index]}:${port}` })),
		);
	} finally {
		await Promise.all(moved.map((node) => node.close()));
		rmSync(folder, { recursive: true, force: true });
	}
}

const change: OwnRow = {
	id: "DNS change",
	fault: "a node's name leads to another address, where the node is now; at the old one nobody answers",
	promised: { shows: "serving, from the new address", showMs: NEW_ADDRESS_MS, recoverMs: null },
	missing,
	measure: (runs, random) =>
		measureNames(runs, random, async ({ watch, id, old }, lead) => {
			await old.close();
			lead(SECOND!);
			const atMs = performance.now();
			const isNew = (seen: Seen) => isServing(seen) && seen.ageMs !== null && seen.ageMs < performance.now() - atMs;
			const showMs = await watch.until(id, isNew, NEW_ADDRESS_MS + 30_000);
			const shown = ["serving", ...changesSince(watch, id, atMs)].join(", then ");
			return { shown, showMs, recoverMs: null, problems: watch.lies(id) };
		}),
};

const quietChange: OwnRow = {
	id: "DNS change, both alive",
	fault: "a node's name leads to another address while the old one still answers, and goes 30 s later",
	promised: { shows: "serving all the while", showMs: null, recoverMs: null },
	missing,
	measure: (runs, random) =>
		measureNames(runs, random, async ({ watch, id, old }, lead) => {
			lead(SECOND!);
			await sleep(NEW_ADDRESS_MS);
			await old.close();
			const { shown, problems } = await bear({ watch, id }, 4 * INTERVAL_MS, isServing, FRESH_AGE_MS);
			return { shown, showMs: null, recoverMs: null, problems };
		}),
};

const failedLookup: OwnRow = {
	id: "DNS lookup fails",
	fault: "a node's name leads nowhere for 60 s",
	promised: { shows: "serving all the while, at its last address", showMs: null, recoverMs: null },
	missing,
	measure: (runs, random) =>
		measureNames(runs, random, async ({ watch, id }, lead) => {
			lead(null);
			const { shown, problems } = await bear({ watch, id }, 60_000, isServing, FRESH_AGE_MS);
			return { shown, showMs: null, recoverMs: null, problems };
		}),
};

export const dnsRows: readonly OwnRow[] = [change, quietChange, failedLookup];
