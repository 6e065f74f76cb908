// No program of a repository ever runs, whichever way it is planted, and the answers are those of the honest clone.
import { expect, test } from "vitest";
import { expectSame, startProduct } from "./product.ts";
import { programTraps } from "./programs.ts";
import { copyRepo, honestRepo, makeTrap, plainGit } from "./victim.ts";

const product = startProduct();
const honest = honestRepo();
const expected = await product.ask(honest);

for (const { name, set, springs } of programTraps) {
	if (springs !== null) {
		test(`${name}: plain git runs it`, () => {
			const repo = copyRepo(honest);
			const trap = makeTrap();
			set(repo, trap.program);
			const said = plainGit(repo.dir, springs);

			expect(trap.isSprung(), said).toBe(true);
		});
	}

	test(`${name}: the product does not, and says what it says of the honest clone`, async () => {
		const repo = copyRepo(honest);
		const trap = makeTrap();
		set(repo, trap.program);

		expectSame(await product.ask(repo), expected);
		expect(trap.isSprung()).toBe(false);
	});
}
