// When a row of faults is held, and what is told of it where it is not.
import { expect, it } from "vitest";
import { seeded } from "#scripts/faults/random";
import { faultsOf, type RowResult, type Run, verdictOf } from "#scripts/faults/row";
import { formatTable } from "#scripts/faults/table";

const promised = { shows: "not serving", showMs: 17_000, recoverMs: 12_000 };
const good: Run = { shown: "not-serving", showMs: 17_000, recoverMs: 12_000, problems: [] };
const row = (...runs: Run[]): RowResult => ({ id: "hung", fault: "SIGSTOP", promised, runs, skipped: null });

it("is held when every run is in time to the millisecond, and missed by one that is late", () => {
	expect(verdictOf(row(good, good))).toBe("held");
	expect(verdictOf(row(good, { ...good, showMs: 17_001 }))).toBe("missed");
	expect(verdictOf(row(good, { ...good, recoverMs: null }))).toBe("missed");
});

it("is missed by what was wrong though all was in time, and by no run at all", () => {
	expect(verdictOf(row({ ...good, problems: ["false green: node 1"] }))).toBe("missed");
	expect(verdictOf(row())).toBe("missed");
	expect(verdictOf({ ...row(), skipped: "no nft" })).toBe("skipped");
});

it("asks for no time that is not promised", () => {
	const quiet = { shows: "serving", showMs: null, recoverMs: null };
	expect(faultsOf({ ...good, showMs: null, recoverMs: null }, quiet)).toEqual([]);
	expect(faultsOf({ ...good, showMs: null, recoverMs: 12_345 }, promised)).toEqual([
		"never shown",
		"recovered after 12.3 s, promised 12.0 s",
	]);
});

it("the table has a line for each row, and one for each thing that was wrong", () => {
	const lines = formatTable([
		row(good, { ...good, showMs: 20_000 }),
		{ ...row(), id: "loss", skipped: "no nft" },
	]).split("\n");
	expect(lines[1]).toMatch(/^hung +2 +20\.0 s \/ 17\.0 s +12\.0 s \/ 12\.0 s +missed +not-serving$/);
	expect(lines[2]).toBe("    run 2: shown after 20.0 s, promised 17.0 s; it showed: not-serving");
	expect(lines[3]).toMatch(/^loss +0 +- +- +skipped +-$/);
	expect(lines[4]).toBe("    skipped: no nft");
});

it("the same seed chooses the same moments, whatever else was asked", () => {
	const [one, other] = [seeded(7), seeded(7)];
	expect([one.next(), one.next()]).toEqual([other.next(), other.next()]);
	expect(seeded(7).fork("hung").next()).toBe(one.fork("hung").next());
	expect(seeded(8).next()).not.toBe(seeded(7).next());
	for (let index = 0; index < 1_000; index++) {
		const moment = one.between(2_000, 8_000);
		expect(moment >= 2_000 && moment < 8_000).toBe(true);
	}
});
