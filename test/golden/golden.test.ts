// Each folder here is a law: content, a history, and the conflicts the audit must find, no more and no fewer.
import { expect, test } from "vitest";
import { conflictLogSchema } from "#model/conflict-log";
import { FINDING_CODES, type FindingCode } from "#model/finding";
import { auditCase, describeConflicts, findConflict, type GoldenCase, readCases } from "#test/golden";

const cases = readCases(import.meta.dirname);

for (const each of cases) {
	test(each.name.replaceAll("-", " "), async () => {
		const { log, details } = await auditCase(each);

		expect(describeConflicts(log)).toEqual([...each.expected].sort());
		expect(conflictLogSchema.safeParse(log).error).toBeUndefined();
		if (details.log !== undefined) expect(log).toMatchObject(details.log);
		for (const wanted of details.conflicts ?? []) expect(findConflict(log, wanted)).toMatchObject(wanted);
	});
}

const fires = (code: FindingCode, { expected }: GoldenCase) => expected.some((line) => line.split(" ")[1] === code);

test.each(FINDING_CODES)("%s fires in one case, and a case of its name shows where it does not", (code) => {
	const own = cases.filter(({ name }) => name.startsWith(`${code}-`));

	expect(cases.some((each) => fires(code, each))).toBe(true);
	expect(own.some((each) => !fires(code, each))).toBe(true);
});
