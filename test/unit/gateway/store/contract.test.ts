// The contract of the store, over each backing.
import { temporaryFolder } from "#test/make-repo";
import { keepsTheContract } from "#test/store-contract";
import { fileStore } from "../../../../src/gateway/store/file.ts";
import { memoryStore, newMemory } from "../../../../src/gateway/store/memory.ts";

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
