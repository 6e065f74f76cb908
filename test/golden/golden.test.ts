// Each folder here is a law: content, a history, and the conflicts the audit must find, no more and no fewer.
import { expect, test } from "vitest";
import { conflictLogSchema } from "#model/conflict-log";
import { FINDING_CODES, type FindingCode } from "#model/finding";
import { formatJson } from "#report/json";
import { describeConflicts, findConflict, type GoldenCase, prepareCase, readCases } from "#test/golden";
import { temporaryFolder } from "#test/make-repo";

const cases = readCases(import.meta.dirname);

for (const each of cases) {
	test.concurrent(each.name.replaceAll("-", " "), async () => {
		const { audit, details } = prepareCase(each);
		const cacheDir = temporaryFolder();
		const { log } = await audit({ cacheDir, processes: 2 });

		expect(describeConflicts(log)).toEqual([...each.expected].sort());
		expect(conflictLogSchema.safeParse(log).error).toBeUndefined();
		if (details.log !== undefined) expect(log).toMatchObject(details.log);
		for (const wanted of details.conflicts ?? []) expect(findConflict(log, wanted)).toMatchObject(wanted);

		// However it is read: by two processes and a cache still empty, or by one and the cache just written.
		expect(formatJson((await audit({ cacheDir, processes: 1 })).log)).toBe(formatJson(log));
	});
}

const fires = (code: FindingCode, { expected }: GoldenCase) => expected.some((line) => line.split(" ")[1] === code);

test.each(FINDING_CODES)("%s fires in one case, and a case of its name shows where it does not", (code) => {
	const own = cases.filter(({ name }) => name.startsWith(`${code}-`));

	expect(cases.some((each) => fires(code, each))).toBe(true);
	expect(own.some((each) => !fires(code, each))).toBe(true);
});
