// A repository put together by an enemy is read as git would read it, or refused; it never hangs the product.
import { expect, test } from "vitest";
import { forms } from "./forms.ts";
import { expectSame, isRefusal, startProduct } from "./product.ts";
import { copyRepo, honestRepo } from "./victim.ts";

const product = startProduct();
const honest = honestRepo();
const expected = await product.ask(honest);

/** Many times what an answer takes on a busy machine. */
const LIMIT_MS = 15_000;

for (const { name, shape, ends } of forms) {
	test(`${name}: the product ${ends}`, async () => {
		const repo = copyRepo(honest);
		shape(repo);
		const said = await product.ask(repo, { limitMs: LIMIT_MS });

		if (ends === "answers") expectSame(said, expected);
		else {
			// What needs nothing of the broken part may answer, but only as of the honest clone.
			const others = said.filter((one) => !isRefusal(one));
			expect(others.map(({ name }) => name)).not.toContain("audit");
			expectSame(
				others,
				expected.filter(({ name }) => others.some((one) => one.name === name)),
			);
		}
	});
}
