// Edge(fs). The teams' reports in files: appended, made to last, read back; what grew large is replaced by what still counts.
import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { createFile, ifThere, makeFolder, namesIn } from "./disk.ts";
import { carriedLines, newLedger, readLines, reportLine, sealLine } from "./journal-lines.ts";
import type { Appended, OnTrouble, Reports, StopWatching, StoredReport } from "./store.ts";
import { lookEvery } from "./watching.ts";

export interface JournalOptions {
	/** A journal larger than this is replaced by one of what still counts. */
	readonly compactAboveBytes?: number;
	/** How often a watch looks for what others wrote. */
	readonly lookEveryMs?: number;
	/** Told of lines that had to be left out. */
	readonly onDamage?: (message: string) => void;
}

const COMPACT_ABOVE_BYTES = 1024 * 1024;
const LOOK_EVERY_MS = 1_000;
/** Journals are sealed once in thousands of reports: this many in a row mean that something is wrong. */
const ATTEMPTS = 20;

interface Watcher {
	readonly see: (report: StoredReport) => void;
	readonly told: Map<string, bigint>;
}

/**
 * The journal of a folder, which need not be there before the first report. Any number of processes may write to it, on a
 * file system whose appends come one after the other (a local disk). Journals are numbered; the highest is the one that counts.
 */
export function openJournal(folder: string, options: JournalOptions = {}): Reports & { close(): void } {
	const watchers = new Map<Watcher, StopWatching>();
	const reader = openReader(folder, options.onDamage ?? (() => undefined));
	/** One at a time: what is read back must be read in order. */
	let turn: Promise<unknown> = Promise.resolve();

	function inTurn<T>(work: () => Promise<T>): Promise<T> {
		const mine = turn.then(work).finally(() => {
			for (const watcher of watchers.keys()) tell(watcher, reader.reports());
		});
		turn = mine.catch(() => undefined);
		return mine;
	}

	async function append(report: StoredReport): Promise<Appended> {
		const id = randomUUID();
		await reader.catchUp();
		for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
			const before = reader.lastOf(report.team);
			if (report.sequence <= before) return { isAccepted: false, last: before };
			// What counts is decided by what is there after writing: another process may have been first.
			await reader.write(reportLine(id, report));
			const counted = await reader.catchUp();
			if (!counted.includes(id)) continue;
			if (reader.bytes() > (options.compactAboveBytes ?? COMPACT_ABOVE_BYTES)) await compact();
			return { isAccepted: true, last: reader.lastOf(report.team) };
		}
		throw new Error(`a report could be written to no journal of ${folder}`);
	}

	/** What was accepted stays so whatever becomes of this: it is tried again with the next report. */
	async function compact(): Promise<void> {
		try {
			await reader.write(sealLine());
			await reader.catchUp();
		} catch (error) {
			options.onDamage?.(`the journal in ${folder} could not be replaced: ${(error as Error).message}`);
		}
	}

	return {
		append: (report) => inTurn(() => append(report)),
		all: () =>
			inTurn(async () => {
				await reader.catchUp();
				return reader.reports();
			}),
		watch(see, trouble: OnTrouble) {
			const watcher: Watcher = { see, told: new Map() };
			const look = () => inTurn(async () => void (await reader.catchUp()));
			const stopLooking = lookEvery(options.lookEveryMs ?? LOOK_EVERY_MS, look, trouble);
			const stop = () => {
				stopLooking();
				watchers.delete(watcher);
			};
			watchers.set(watcher, stop);
			return stop;
		},
		close() {
			for (const stop of watchers.values()) stop();
		},
	};
}

function tell({ see, told }: Watcher, reports: readonly StoredReport[]): void {
	for (const report of reports) {
		if (report.sequence <= (told.get(report.team) ?? 0n)) continue;
		told.set(report.team, report.sequence);
		see(report);
	}
}

interface Reader {
	/** Reads what was written since, by whomever; gives the ids of the lines that count. Follows a seal into the next journal. */
	catchUp(): Promise<readonly string[]>;
	/** Appends lines and makes them last; false: the journal was replaced meanwhile, and they are nowhere. */
	write(lines: string): Promise<boolean>;
	lastOf(team: string): bigint;
	reports(): StoredReport[];
	/** Size of the journal as far as it was read. */
	bytes(): number;
}

function openReader(folder: string, onDamage: (message: string) => void): Reader {
	let number = 0;
	let ledger = newLedger();
	/** Bytes read, up to a line break. */
	let offset = 0;
	let isEndTorn = false;
	let damageTold = 0;

	function begin(next: number): void {
		number = next;
		ledger = newLedger();
		offset = 0;
		damageTold = 0;
	}

	async function readOn(handle: FileHandle): Promise<string[]> {
		const { size } = await handle.stat();
		const bytes = Buffer.alloc(Math.max(0, size - offset));
		const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
		const end = bytes.subarray(0, bytesRead).lastIndexOf("\n") + 1;
		isEndTorn = end < bytesRead;
		offset += end;
		const counted = readLines(ledger, bytes.subarray(0, end).toString("utf8").split("\n"));
		if (ledger.damaged > damageTold) {
			onDamage(`${journalFile(folder, number)}: lines cut off or damaged, and left out: ${ledger.damaged}`);
			damageTold = ledger.damaged;
		}
		return counted;
	}

	/** Makes the journal after a sealed one, unless another did, and takes the old ones away once it lasts. */
	async function openNext(): Promise<void> {
		await createFile(journalFile(folder, number + 1), carriedLines(ledger));
		for (const old of await journalNumbers(folder)) {
			if (old <= number) await rm(journalFile(folder, old), { force: true });
		}
	}

	return {
		async catchUp() {
			const counted: string[] = [];
			for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
				const highest = Math.max(0, ...(await journalNumbers(folder)));
				if (highest === 0) return counted;
				if (highest !== number) begin(highest);
				const handle = await ifThere(open(journalFile(folder, number), "r"));
				// Replaced since the folder was listed: look again.
				if (handle === null) continue;
				try {
					counted.push(...(await readOn(handle)));
				} finally {
					await handle.close();
				}
				if (!ledger.isSealed) return counted;
				await openNext();
			}
			throw new Error(`the journals in ${folder} are sealed one after the other`);
		},
		async write(lines) {
			if (number === 0) {
				await makeFolder(folder);
				await createFile(journalFile(folder, 1), "");
				begin(1);
			}
			// Without creating it: a journal that is gone was replaced.
			const handle = await ifThere(open(journalFile(folder, number), constants.O_WRONLY | constants.O_APPEND));
			if (handle === null) {
				// Or somebody took all of it away: what counted is still known here, and goes into a new one.
				if ((await journalNumbers(folder)).length === 0) {
					await makeFolder(folder);
					await openNext();
				}
				return false;
			}
			try {
				// What a crash cut off gets its line break, or it would spoil this line too.
				const bytes = Buffer.from(isEndTorn ? `\n${lines}` : lines);
				const { bytesWritten } = await handle.write(bytes);
				if (bytesWritten < bytes.length) throw new Error("the disk took only a part of a report: is it full?");
				await handle.datasync();
				return true;
			} finally {
				await handle.close();
			}
		},
		lastOf: (team) => ledger.last.get(team)?.report.sequence ?? 0n,
		reports: () => [...ledger.last.values()].map(({ report }) => report),
		bytes: () => offset,
	};
}

function journalFile(folder: string, number: number): string {
	return join(folder, `reports-${String(number).padStart(6, "0")}.jsonl`);
}

async function journalNumbers(folder: string): Promise<number[]> {
	const names = await namesIn(folder);
	return names.flatMap((name) => /^reports-(\d{6,})\.jsonl$/.exec(name)?.[1] ?? []).map(Number);
}
