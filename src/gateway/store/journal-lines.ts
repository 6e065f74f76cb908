// Pure. The lines of the journal of reports, and what a row of them means.
import { createHash } from "node:crypto";
import { z } from "zod";
import { TEAM_STATES } from "#model/team";
import type { StoredReport } from "./store.ts";

/*
 * Several gateways append to one journal without locking each other out: the order of the lines decides. A report counts if
 * its sequence is above that of every line of its team before it; else its line is void, and whoever wrote it sees that when
 * reading it back. A seal ends a journal the same way: whatever comes after it is void, and belongs into the next one.
 */

const reportSchema = z.strictObject({
	team: z.string(),
	sequence: z
		.string()
		.regex(/^\d{1,20}$/)
		.transform(BigInt),
	state: z.enum(TEAM_STATES),
	workingOn: z.string().nullable(),
	blockedBy: z.array(z.string()),
	note: z.string().nullable(),
	validForMs: z.number(),
	acceptedAt: z.iso.datetime({ precision: 3 }),
});

const entrySchema = z.union([
	/** `id` tells one attempt to write a report from another. */
	z.strictObject({ id: z.string(), report: reportSchema }),
	z.strictObject({ seal: z.literal(true) }),
]);
type Entry = z.output<typeof entrySchema>;
type ReportEntry = Extract<Entry, { report: unknown }>;

/** What was read of a journal so far. */
export interface Ledger {
	/** The line that counts last of each team. */
	readonly last: Map<string, ReportEntry>;
	isSealed: boolean;
	/** Lines that are none: cut off by a crash, or damaged. */
	damaged: number;
}

export function newLedger(): Ledger {
	return { last: new Map(), isSealed: false, damaged: 0 };
}

/** A line for a report, with its line break. */
export function reportLine(id: string, report: StoredReport): string {
	return line({ id, report: { ...report, sequence: String(report.sequence) } });
}

export function sealLine(): string {
	return line({ seal: true });
}

/** Takes whole lines (without their breaks) into the ledger; gives the ids of those that count. */
export function readLines(ledger: Ledger, lines: readonly string[]): string[] {
	const counted: string[] = [];
	for (const text of lines) {
		// An empty line closes one that a crash cut off.
		if (text === "") continue;
		const entry = parse(text);
		if (entry === null) ledger.damaged += 1;
		else if (ledger.isSealed) continue;
		else if ("seal" in entry) ledger.isSealed = true;
		else if (entry.report.sequence > (ledger.last.get(entry.report.team)?.report.sequence ?? 0n)) {
			ledger.last.set(entry.report.team, entry);
			counted.push(entry.id);
		}
	}
	return counted;
}

/** The lines a new journal begins with: all that still counts of the sealed one, so the same whoever writes them. */
export function carriedLines(ledger: Ledger): string {
	return [...ledger.last.values()].map(({ id, report }) => reportLine(id, report)).join("");
}

/** The checksum covers the entry's own text: a line counts as it was written, or not at all. */
function line(entry: unknown): string {
	const text = JSON.stringify(entry);
	return `{"sum":"${sum(text)}","entry":${text}}\n`;
}

function parse(text: string): Entry | null {
	const match = /^\{"sum":"([0-9a-f]{16})","entry":(.*)\}$/s.exec(text);
	if (match === null || sum(match[2] as string) !== match[1]) return null;
	try {
		return entrySchema.parse(JSON.parse(match[2] as string));
	} catch {
		// Whole, and none of ours: counted as damaged, which is told.
		return null;
	}
}

function sum(text: string): string {
	return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
