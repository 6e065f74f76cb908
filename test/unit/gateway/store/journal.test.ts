// Specification of the journal of reports in files: what a crash, a full disk, a second process and damage leave of it.
import { execFile } from "node:child_process";
import {
	appendFileSync,
	chmodSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#test/make-repo";
import { report } from "#test/store-contract";
import { openJournal } from "../../../../src/gateway/store/journal.ts";
import { reportLine, sealLine } from "../../../../src/gateway/store/journal-lines.ts";

const FIRST = "reports-000001.jsonl";

async function journalOf(count: number): Promise<{ folder: string; file: string }> {
	const folder = join(temporaryFolder(), "state");
	const journal = openJournal(folder);
	for (let sequence = 1; sequence <= count; sequence++) await journal.append(report("team-a", sequence));
	return { folder, file: join(folder, FIRST) };
}

describe("a journal", () => {
	it("is one line of JSON a report, for its owner alone", async () => {
		const { folder, file } = await journalOf(2);
		const lines = readFileSync(file, "utf8").trimEnd().split("\n");
		expect(lines.map((line) => JSON.parse(line).entry.report.sequence)).toEqual(["1", "2"]);
		expect([statSync(file).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700]);
	});

	it("is not made by reading", async () => {
		const folder = join(temporaryFolder(), "state");
		expect(await openJournal(folder).all()).toEqual([]);
		expect(() => statSync(folder)).toThrow("ENOENT");
	});

	it("cut off anywhere within its last line holds all before it, and takes the next report", async () => {
		const { file } = await journalOf(3);
		const whole = readFileSync(file);
		const lastLine = whole.lastIndexOf("\n", whole.length - 2) + 1;
		// With only its line break gone, the line itself is whole, but nobody can know.
		for (let size = lastLine; size < whole.length; size += 7) {
			const folder = join(temporaryFolder(), "state");
			mkdirSync(folder);
			writeFileSync(join(folder, FIRST), whole.subarray(0, size));
			const journal = openJournal(folder);
			expect(await journal.all()).toEqual([report("team-a", 2)]);
			expect(await journal.append(report("team-a", 4))).toEqual({ isAccepted: true, last: 4n });
			expect(await openJournal(folder).all()).toEqual([report("team-a", 4)]);
		}
	});

	it("a damaged line is left out, said, and costs no other", async () => {
		const { folder, file } = await journalOf(3);
		const text = readFileSync(file, "utf8");
		writeFileSync(file, text.replace('"sequence":"3"', '"sequence":"9"'));
		const said: string[] = [];
		const journal = openJournal(folder, { onDamage: (message) => said.push(message) });
		expect(await journal.all()).toEqual([report("team-a", 2)]);
		expect(said).toEqual([`${file}: lines cut off or damaged, and left out: 1`]);
	});

	it.each([
		["bytes of no text", Buffer.from([0xff, 0x00, 0x0a, 0x0a, 0x7b, 0x0a])],
		["JSON that is none of ours", Buffer.from('{"sum":"","entry":{}}\n[]\nnull\n')],
		["a line of a megabyte", Buffer.from(`${"x".repeat(1 << 20)}\n`)],
	])("%s among its lines are damage, no end", async (_what, junk) => {
		const { folder, file } = await journalOf(1);
		appendFileSync(file, junk);
		const journal = openJournal(folder);
		expect(await journal.append(report("team-a", 2))).toMatchObject({ isAccepted: true });
		expect(await openJournal(folder).all()).toEqual([report("team-a", 2)]);
	});

	it("that cannot be written refuses the report, and takes it once it can", async () => {
		const { folder, file } = await journalOf(1);
		// A folder in the journal's place: refused to anyone, root included.
		const kept = readFileSync(file);
		rmSync(file);
		mkdirSync(file);
		await expect(openJournal(folder).append(report("team-a", 2))).rejects.toThrow(/EISDIR/);
		rmSync(file, { recursive: true });
		writeFileSync(file, kept);
		chmodSync(file, 0o600);
		expect(await openJournal(folder).append(report("team-a", 2))).toMatchObject({ isAccepted: true });
	});

	it("taken away under a running gateway is written anew from what that knows", async () => {
		const folder = join(temporaryFolder(), "state");
		const journal = openJournal(folder);
		await journal.append(report("team-a", 5));
		await journal.append(report("team-b", 1));
		rmSync(folder, { recursive: true });
		expect(await journal.append(report("team-a", 5))).toMatchObject({ isAccepted: false });
		expect(await journal.append(report("team-b", 2))).toMatchObject({ isAccepted: true });
		expect(await openJournal(folder).all()).toEqual([report("team-a", 5), report("team-b", 2)]);
	});
});

describe("a journal that grew", () => {
	it("is replaced by what still counts; the old one goes once the new one is there", async () => {
		const folder = join(temporaryFolder(), "state");
		const journal = openJournal(folder, { compactAboveBytes: 2_000 });
		await journal.append(report("team-z", 1));
		for (let sequence = 1; sequence <= 40; sequence++) await journal.append(report("team-a", sequence));
		const [file, ...others] = readdirSync(folder);
		expect(others).toEqual([]);
		expect(file).not.toBe(FIRST);
		expect(statSync(join(folder, file as string)).size).toBeLessThan(2_500);
		expect(await openJournal(folder).all()).toEqual([report("team-z", 1), report("team-a", 40)]);
	});

	it("sealed by a process that died then, is carried on by the next", async () => {
		const { folder, file } = await journalOf(3);
		appendFileSync(file, sealLine());
		const journal = openJournal(folder);
		expect(await journal.all()).toEqual([report("team-a", 3)]);
		expect(await journal.append(report("team-a", 3))).toMatchObject({ isAccepted: false });
		expect(await journal.append(report("team-a", 4))).toMatchObject({ isAccepted: true });
		expect(readdirSync(folder)).toEqual(["reports-000002.jsonl"]);
	});

	it("what is written after its seal does not count", async () => {
		const { folder, file } = await journalOf(1);
		appendFileSync(file, sealLine() + reportLine("late", report("team-a", 2)));
		expect(await openJournal(folder).all()).toEqual([report("team-a", 1)]);
	});

	it("cut off within its seal goes on as it was", async () => {
		const { folder, file } = await journalOf(1);
		appendFileSync(file, sealLine());
		truncateSync(file, statSync(file).size - 5);
		const journal = openJournal(folder);
		expect(await journal.append(report("team-a", 2))).toMatchObject({ isAccepted: true });
		expect(await openJournal(folder).all()).toEqual([report("team-a", 2)]);
	});
});

it("three processes that append and compact at once accept each sequence once, and lose none", async () => {
	const folder = join(temporaryFolder(), "state");
	const script = `
		import { openJournal } from ${JSON.stringify(join(import.meta.dirname, "../../../../src/gateway/store/journal.ts"))};
		const journal = openJournal(${JSON.stringify(folder)}, { compactAboveBytes: 1500 });
		const accepted = [];
		for (let sequence = 1; sequence <= 60; sequence++) {
			for (const team of ["team-a", "team-b"]) {
				const outcome = await journal.append({ team, sequence: BigInt(sequence), state: "active", workingOn: String(process.pid),
					blockedBy: [], note: null, validForMs: 60000, acceptedAt: "2026-11-26T10:00:00.000Z" });
				if (outcome.isAccepted) accepted.push(team + " " + sequence);
			}
		}
		process.stdout.write(JSON.stringify(accepted));`;
	const run = () =>
		promisify(execFile)(process.execPath, ["--input-type=module-typescript", "--eval", script], { cwd: process.cwd() });
	const outputs = await Promise.all([run(), run(), run()]);
	const accepted = outputs.flatMap(({ stdout }) => JSON.parse(stdout) as string[]);
	expect(new Set(accepted).size).toBe(accepted.length);
	expect(accepted).toContain("team-a 60");
	expect((await openJournal(folder).all()).map(({ team, sequence }) => `${team} ${sequence}`).sort()).toEqual([
		"team-a 60",
		"team-b 60",
	]);
});
