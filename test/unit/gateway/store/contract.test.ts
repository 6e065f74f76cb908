// The contract of the store, over each backing.
import { describe, expect, it } from "vitest";
import { faultyStore, noFaults } from "#test/faulty-store";
import { temporaryFolder } from "#test/make-repo";
import { keepsTheContract, report } from "#test/store-contract";
import { fileStore } from "../../../../src/gateway/store/file.ts";
import { memoryStore, newMemory } from "../../../../src/gateway/store/memory.ts";
import type { StateStore } from "../../../../src/gateway/store/store.ts";

keepsTheContract("in memory", () => {
	let now = 0;
	const memory = newMemory(() => now);
	return {
		open: () => memoryStore(memory),
		pass: (ms) => {
			now += ms;
		},
	};
});

keepsTheContract("in files", () => {
	let now = 0;
	const folder = `${temporaryFolder()}/state`;
	return {
		open: () => fileStore(folder, { now: () => now, lookEveryMs: 10 }),
		pass: (ms) => {
			now += ms;
		},
	};
});

keepsTheContract("in files that are compacted with nearly every report", () => {
	let now = 0;
	const folder = `${temporaryFolder()}/state`;
	return {
		open: () => fileStore(folder, { now: () => now, lookEveryMs: 10, compactAboveBytes: 300 }),
		pass: (ms) => {
			now += ms;
		},
	};
});

keepsTheContract("in memory, each call lingering", () => {
	let now = 0;
	const memory = newMemory(() => now);
	return {
		open: () => faultyStore(memoryStore(memory), { ...noFaults(), delayMs: 10 }),
		pass: (ms) => {
			now += ms;
		},
	};
});

describe.each([
	["in memory", () => memoryBacking()],
	["in files", () => fileBacking()],
])("reports %s, where one call in four fails before or after it did its work", (_name, newBacking) => {
	it("no sequence is accepted twice, and what was accepted is never behind what is kept", async () => {
		const open = newBacking();
		const faults = { ...noFaults(), before: 0.125, after: 0.125, delayMs: 3 };
		const stores = [open(), open(), open()].map((store) => faultyStore(store, faults));
		const accepted: bigint[] = [];
		let failures = 0;
		for (let sequence = 1n; sequence <= 40n; sequence++) {
			await Promise.all(
				stores.map(async ({ reports }) => {
					const outcome = await reports.append(report("team-a", sequence)).catch(() => null);
					if (outcome === null) failures += 1;
					if (outcome?.isAccepted === true) accepted.push(sequence);
				}),
			);
		}
		expect(failures).toBeGreaterThan(5);
		expect(accepted.length).toBeGreaterThan(5);
		expect(new Set(accepted).size).toBe(accepted.length);
		const [last] = await open().reports.all();
		expect(last?.sequence).toBeGreaterThanOrEqual(accepted.at(-1) as bigint);
	});
});

function memoryBacking(): () => StateStore {
	const memory = newMemory();
	return () => memoryStore(memory);
}

function fileBacking(): () => StateStore {
	const folder = `${temporaryFolder()}/state`;
	return () => fileStore(folder);
}
