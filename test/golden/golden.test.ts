// Each folder here is a law: content, a history, and the conflicts the audit must find, no more and no fewer.
import { expect, test } from "vitest";
import { conflictLogSchema } from "#model/conflict-log";
import { auditCase, describeConflicts, readCases } from "#test/golden";

const cases = readCases(import.meta.dirname);

for (const each of cases) {
	test(each.name.replaceAll("-", " "), async () => {
		const { log } = await auditCase(each);

		expect(describeConflicts(log)).toEqual([...each.expected].sort());
		expect(conflictLogSchema.safeParse(log).error).toBeUndefined();
	});
}

test("there are cases, and each detector fires in one and stays silent in another", () => {
	const codes = [
		"foreign-edit",
		"shared-edit-uncoordinated",
		"unattributed-edit",
		"rule-unmatched",
		"deletion-pending",
		"critical-unowned",
	];
	for (const code of codes) {
		expect(
			cases.some(({ expected }) => expected.some((line) => line.includes(` ${code} `))),
			`${code} fires`,
		).toBe(true);
		expect(
			cases.some(({ name, expected }) => name.startsWith(code) && !expected.some((line) => line.includes(code))),
			`${code} near miss`,
		).toBe(true);
	}
});
