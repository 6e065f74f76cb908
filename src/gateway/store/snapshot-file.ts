// Edge(fs). The snapshot as one file a fence: a holder of the right that woke up too late writes where nobody looks any more.
import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { ifThere, makeFolder, namesIn, replaceFile } from "./disk.ts";
import { highestFence } from "./lease-file.ts";
import { isNewer, type Snapshots, STORED_MAX_BYTES, type StopWatching, type StoredSnapshot } from "./store.ts";
import { lookEvery } from "./watching.ts";

const LOOK_EVERY_MS = 500;

/** The snapshots in a folder. */
export function openSnapshotFiles(folder: string, lookEveryMs = LOOK_EVERY_MS): Snapshots & { close(): void } {
	const watches = new Set<StopWatching>();

	/** The newest whole one. One of a lower fence is none: readers never go back. */
	async function newest(): Promise<StoredSnapshot | null> {
		for (const fence of await fencesDown(folder)) {
			const bytes = await ifThere(readFile(snapshotFile(folder, fence)));
			// Taken away since the folder was listed, by one of a higher fence.
			if (bytes === null) return newest();
			const snapshot = readSnapshot(bytes, fence);
			if (snapshot !== null) return snapshot;
			throw new Error(`${snapshotFile(folder, fence)} is damaged; the next snapshot will replace it`);
		}
		return null;
	}

	/** Whether one is kept that is at least as new. A damaged one of the same fence is not: it is to be replaced. */
	async function isOutdated(snapshot: StoredSnapshot): Promise<boolean> {
		if ((await highestFence(folder)) > snapshot.fence) return true;
		const [fence] = await fencesDown(folder);
		if (fence === undefined || fence < snapshot.fence) return false;
		if (fence > snapshot.fence) return true;
		const bytes = await ifThere(readFile(snapshotFile(folder, fence)));
		const held = bytes === null ? null : readSnapshot(bytes, fence);
		return held !== null && !isNewer(snapshot, held);
	}

	return {
		async put(snapshot) {
			if (snapshot.bytes.length > STORED_MAX_BYTES) throw new RangeError("the snapshot is too large to be shared");
			if (await isOutdated(snapshot)) return false;
			await makeFolder(folder);
			await replaceFile(snapshotFile(folder, snapshot.fence), writeSnapshot(snapshot));
			for (const fence of await fencesDown(folder)) {
				if (fence < snapshot.fence) await rm(snapshotFile(folder, fence), { force: true });
			}
			return true;
		},
		get: newest,
		watch(see, trouble) {
			let told: StoredSnapshot | null = null;
			const look = async () => {
				const now = await newest();
				if (now === null || (told !== null && !isNewer(now, told))) return;
				told = now;
				see(now);
			};
			const stopLooking = lookEvery(lookEveryMs, look, trouble);
			const stop = () => {
				stopLooking();
				watches.delete(stop);
			};
			watches.add(stop);
			return stop;
		},
		close() {
			for (const stop of watches) stop();
		},
	};
}

/** A line of what it is, then the bytes. */
function writeSnapshot({ seq, bytes }: StoredSnapshot): Buffer {
	return Buffer.concat([Buffer.from(`${seq} ${digest(bytes)}\n`), bytes]);
}

/** Null: cut off or damaged. */
function readSnapshot(file: Buffer, fence: bigint): StoredSnapshot | null {
	const end = file.indexOf(0x0a);
	const [, seq, sum] = /^(\d{1,20}) ([0-9a-f]{64})$/.exec(file.subarray(0, Math.max(0, end)).toString("latin1")) ?? [];
	const bytes = file.subarray(end + 1);
	if (seq === undefined || sum !== digest(bytes)) return null;
	return { fence, seq: BigInt(seq), bytes };
}

function digest(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}

/** Highest first. */
async function fencesDown(folder: string): Promise<bigint[]> {
	const names = await namesIn(folder);
	const found = names.flatMap((name) => /^snapshot-(\d{12,})\.bin$/.exec(name)?.[1] ?? []).map(BigInt);
	return found.sort((a, b) => (a < b ? 1 : -1));
}

function snapshotFile(folder: string, fence: bigint): string {
	return join(folder, `snapshot-${String(fence).padStart(12, "0")}.bin`);
}
