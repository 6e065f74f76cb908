import { expect, test } from "vitest";
import { allEnded } from "#git/all-ended";

test("what all give, in their order, whichever ended first", async () => {
	const late = new Promise((done) => setTimeout(done, 5, "late"));
	expect(await allEnded([late, Promise.resolve("early"), "at once"])).toEqual(["late", "early", "at once"]);
});

test("the first error in their order, and not before the last of them has ended", async () => {
	let hasEnded = false;
	const slow = new Promise<void>((done) => setTimeout(done, 20)).then(() => {
		hasEnded = true;
	});
	await expect(allEnded([slow, Promise.reject(new Error("one")), Promise.reject(new Error("two"))])).rejects.toThrow(
		"one",
	);
	expect(hasEnded).toBe(true);
});
