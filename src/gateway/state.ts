// Edge(fs). What a gateway keeps, and where: reports and tokens in its state folder, the snapshot and the right to poll too where it is shared.
import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { WorldError } from "#model/problem";
import type { Cluster } from "./cluster/cluster.ts";
import { openSharedCluster, type SharedOptions } from "./cluster/lead.ts";
import type { Log } from "./log.ts";
import { openReports, type ReportDesk, type ReportsOptions } from "./reports/reports.ts";
import { openTokens } from "./reports/tokens-file.ts";
import type { Run } from "./run.ts";
import { makeFolder, replaceFile } from "./store/disk.ts";
import { fileStore } from "./store/file.ts";
import { memoryStore } from "./store/memory.ts";
import type { StateStore } from "./store/store.ts";

export interface StateOptions {
	/** Made when the first token is. */
	readonly folder: string;
	/** Gateways on this folder share one right to poll and what is found by it, also one that is started again. */
	readonly isShared: boolean;
	/** A journal of reports larger than this is replaced by what still counts; absent: 1 MiB. */
	readonly compactAboveBytes?: number;
	/** How long the right to poll lives without being renewed; absent: 9 s. */
	readonly ttlMs?: number;
}

export interface State {
	readonly reports: ReportDesk;
	/** The cluster of this gateway alone, or the one that all gateways on the folder show. */
	cluster(parts: Pick<SharedOptions, "open" | "notices" | "log">, run: Run): Cluster;
	close(): Promise<void>;
}

type Parts = Omit<ReportsOptions, "store" | "tokens">;

/** Opens what is kept. Null: nothing is, and nobody has a token. Throws WorldError for a shared folder that cannot be written. */
export async function openState(options: StateOptions | null, parts: Parts): Promise<State> {
	const store = options === null ? memoryStore() : await openStore(options, parts.log);
	const tokens = options === null ? async () => [] : openTokens(options.folder);
	const reports = await openReports({ ...parts, store: store.reports, tokens });
	return {
		reports,
		cluster({ open, notices, log }, run) {
			// Alone, there is nobody to share with: no lease to wait for, no files.
			if (options?.isShared !== true) return open(run, null);
			const owner = `${hostname()} ${process.pid} ${randomBytes(4).toString("hex")}`;
			const ttl = options.ttlMs === undefined ? {} : { ttlMs: options.ttlMs };
			return openSharedCluster({ store, owner, open, notices, log, ...ttl });
		},
		async close() {
			reports.close();
			await store.close();
		},
	};
}

async function openStore(options: StateOptions, log: Log): Promise<StateStore> {
	const { folder, isShared } = options;
	if (isShared) await assertWritable(folder);
	return fileStore(folder, { ...options, onDamage: (message) => log({ level: "warn", event: "store", message }) });
}

/** A gateway that could never take the right to poll would show nothing, for ever: better it does not start. */
async function assertWritable(folder: string): Promise<void> {
	const file = join(folder, `writable-${process.pid}`);
	try {
		await makeFolder(folder);
		await replaceFile(file, "");
		await rm(file);
	} catch (error) {
		throw new WorldError(
			`the state folder ${folder} cannot be written: ${(error as Error).message}`,
			"COORD_STATE names a folder of the user who runs the gateway, on a local disk",
			error,
		);
	}
}
