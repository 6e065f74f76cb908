// No program of a repository ever runs, whichever way it is planted, and the answers are those of the honest clone.
import { describe, expect, test } from "vitest";
import { startProduct } from "./product.ts";
import { programTraps } from "./programs.ts";
import { copyRepo, honestRepo, makeTrap, plainGit } from "./victim.ts";

const product = startProduct();
const honest = honestRepo();
const expected = await product.ask(honest);

describe.each(programTraps)("$name", ({ set, springs }) => {
	test.runIf(springs !== null)("plain git runs it", () => {
		const repo = copyRepo(honest);
		const trap = makeTrap();
		set(repo, trap.program);
		const said = plainGit(repo.dir, springs as readonly string[]);

		expect(trap.isSprung(), said).toBe(true);
	});

	test("no command of the product does, and each says what it says of the honest clone", async () => {
		const repo = copyRepo(honest);
		const trap = makeTrap();
		set(repo, trap.program);

		expect(await product.ask(repo)).toEqual(expected);
		expect(trap.isSprung()).toBe(false);
	});
});
