import { describe, expect, test } from "vitest";
import { canMeet, compareVersions, floorOf, isPin } from "#audit/versions";

describe("PEP 440", () => {
	test.each([
		["", "", true],
		[">=1", "", true],
		[">=3.11", ">=3.13", true],
		[">=3.11", "<3.11", false],
		[">=3.11", "<=3.11", true],
		[">3.11", "<=3.11", false],
		[">1.2", "<1.3", true],
		[">=1.2,>1.2", "<=1.2", false],
		[">=2.0rc1", "<2.0", false],
		["<0", "", false],
		["<=0", ">=0", true],
		[">=2", "<2", false],
		["<2", "<1", true],
		["==1.2", "==1.2.0", true],
		["==1.2", "==1.3", false],
		["==1.*", "!=1.*", false],
		["!=1.*,>=1", "<2", false],
		["!=1.*,>=1", "<=2", true],
		["~=1.4.2", ">=1.5", false],
		["~=1.4", ">=1.5,<2", true],
		["~=1.4", ">=2", false],
		[">=6.31.1", ">=5.29.3,<6", false],
		["==2.0.0rc1", ">=2.0.0b1", true],
		[">=1!1", "<2", false],
		["===1.0", ">=1", true],
		["^1.2", ">=1", null],
		["latest", ">=1", null],
		[`>=${"1.".repeat(200)}1`, ">=1", null],
	])("%j and %j: %s", (a, b, expected) => {
		expect(canMeet(a, b, "python")).toBe(expected);
		expect(canMeet(b, a, "python")).toBe(expected);
	});

	test.each([
		[">=1.2,<2", "1.2"],
		["<2", null],
		["", null],
		["!=1.0", null],
		["~=1.4", "1.4"],
		["==1.*", "1"],
		[">=1,>1.5", "1.5"],
		["^1", null],
	])("the floor of %j is %s", (range, floor) => expect(floorOf(range)).toBe(floor));

	test("pins decide on one version", () => {
		expect(["==1.2", "===1.2", ">=1,==1.2"].map(isPin)).toEqual([true, true, true]);
		expect(["==1.*", ">=1.2", "", "^1"].map(isPin)).toEqual([false, false, false, false]);
	});

	test("versions are compared as numbers", () => {
		expect(compareVersions("1.10", "1.9")).toBeGreaterThan(0);
		expect(compareVersions("1.0", "1")).toBe(0);
	});
});

describe("npm", () => {
	test.each([
		["^18.0.0", "^19.0.0", false],
		["^18.2.0", "18.x", true],
		["*", "1.2.3", true],
		[">=20 <21 || >=22", "^22", true],
		["workspace:*", "1", null],
		["git+https://example.org/x.git", "1", null],
	])("%j and %j: %s", (a, b, expected) => expect(canMeet(a, b, "npm")).toBe(expected));
});
