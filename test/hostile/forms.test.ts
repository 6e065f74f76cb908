// A repository put together by an enemy is read as git would read it, or refused; it never hangs the product.
import { expect, test } from "vitest";
import { type Form, forms } from "./forms.ts";
import { expectSame, isRefusal, type Product, startProduct } from "./product.ts";
import { copyRepo, honestRepo } from "./victim.ts";

const product = startProduct();
const honest = honestRepo();
const expected = await product.ask(honest);

/** Many times what an answer takes on a busy machine. */
const LIMIT_MS = 15_000;

function askShaped(of: Product, { shape }: Form) {
	const repo = copyRepo(honest);
	shape(repo);
	return of.ask(repo, { limitMs: LIMIT_MS });
}

/** What takes long because git waits is begun before the tests, in processes of its own; its test says how it ended. */
const begun = new Map(forms.filter(({ waits }) => waits).map((form) => [form, askShaped(startProduct(), form)]));
for (const asking of begun.values()) asking.catch(() => {});

for (const form of forms) {
	const { name, ends } = form;
	test(`${name}: the product ${ends}`, async () => {
		const said = await (begun.get(form) ?? askShaped(product, form));

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
