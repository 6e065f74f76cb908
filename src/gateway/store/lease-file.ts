// Edge(fs). The right to poll as a row of files, one a fence: who creates the next one has it, and only one can.
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { createFile, ifThere, makeFolder, namesIn, replaceFile } from "./disk.ts";
import type { Lease, PollRight } from "./store.ts";

const leaseSchema = z.strictObject({
	owner: z.string(),
	ttlMs: z.number().positive(),
	/** Counts renewals: what the others watch. */
	renewal: z.int().min(0),
	/** Wall clock of the owner, for people who look into the file. */
	renewedAt: z.iso.datetime(),
	isReleased: z.boolean(),
});
type LeaseFile = z.output<typeof leaseSchema>;

/**
 * The right in a folder. No clock of another machine has a say: a lease is over when this process saw no renewal of it for
 * its whole time, on its own monotonic clock `now`.
 */
export function openLeaseFiles(folder: string, now: () => number = () => performance.now()): PollRight {
	/** What was last read of the lease in force, and since when it has not changed. */
	let seen: { fence: bigint; text: string; sinceMs: number } | null = null;

	async function look(): Promise<{ fence: bigint; lease: LeaseFile | null; unchangedMs: number }> {
		const fence = await highestFence(folder);
		if (fence === 0n) return { fence, lease: null, unchangedMs: Number.POSITIVE_INFINITY };
		const text = (await ifThere(readFile(leaseFile(folder, fence), "utf8"))) ?? "";
		if (seen === null || seen.fence !== fence || seen.text !== text) seen = { fence, text, sinceMs: now() };
		return { fence, lease: readLease(text), unchangedMs: now() - seen.sinceMs };
	}

	return {
		async acquire(owner, ttlMs) {
			const { fence, lease, unchangedMs } = await look();
			// A damaged file says nothing of its time: it counts as held for as long as ours would be.
			const isFree = lease?.isReleased === true || unchangedMs >= Math.max(ttlMs, lease?.ttlMs ?? 0);
			if (fence > 0n && !isFree) return null;
			await makeFolder(folder);
			const mine = { owner, ttlMs, renewal: 0, renewedAt: new Date().toISOString(), isReleased: false };
			if (!(await createFile(leaseFile(folder, fence + 1n), text(mine)))) return null;
			for (const old of await fences(folder)) if (old <= fence) await rm(leaseFile(folder, old), { force: true });
			return { fence: fence + 1n, mark: "0" };
		},
		async renew(held) {
			const lease = await mine(held);
			if (lease === null) return null;
			const renewal = lease.renewal + 1;
			await replaceFile(
				leaseFile(folder, held.fence),
				text({ ...lease, renewal, renewedAt: new Date().toISOString() }),
			);
			// Another may have taken it between the two: then what was just written is of no account.
			return (await highestFence(folder)) === held.fence ? { fence: held.fence, mark: String(renewal) } : null;
		},
		async release(held) {
			const lease = await mine(held);
			if (lease !== null) await replaceFile(leaseFile(folder, held.fence), text({ ...lease, isReleased: true }));
		},
	};

	async function mine({ fence }: Lease): Promise<LeaseFile | null> {
		if ((await highestFence(folder)) !== fence) return null;
		return readLease((await ifThere(readFile(leaseFile(folder, fence), "utf8"))) ?? "");
	}
}

/** The highest fence with which the right was ever taken; 0: never. */
export async function highestFence(folder: string): Promise<bigint> {
	let highest = 0n;
	for (const fence of await fences(folder)) if (fence > highest) highest = fence;
	return highest;
}

async function fences(folder: string): Promise<bigint[]> {
	const names = await namesIn(folder);
	return names.flatMap((name) => /^lease-(\d{12,})\.json$/.exec(name)?.[1] ?? []).map(BigInt);
}

function leaseFile(folder: string, fence: bigint): string {
	return join(folder, `lease-${String(fence).padStart(12, "0")}.json`);
}

function text(lease: LeaseFile): string {
	return `${JSON.stringify(lease)}\n`;
}

function readLease(text: string): LeaseFile | null {
	try {
		return leaseSchema.parse(JSON.parse(text));
	} catch {
		// Not ours to judge: it is treated as held, until its time is over.
		return null;
	}
}
