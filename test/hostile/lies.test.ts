// No config key, replacement, graft, mailmap or forged index of a repository changes a byte of what the product says.
import { expect, test } from "vitest";
import { lies } from "./lies.ts";
import { expectSame, type Said, startProduct } from "./product.ts";
import { copyRepo, honestRepo, plainGit } from "./victim.ts";

const product = startProduct();
const honest = honestRepo();
const expected = await product.ask(honest);

for (const { name, tell, shows, refused = [] } of lies) {
	if (shows !== null) {
		test(`${name}: plain git believes it`, () => {
			const repo = copyRepo(honest);
			tell(repo);

			expect(plainGit(repo.dir, shows)).not.toBe(plainGit(honest.dir, shows));
		});
	}

	test(`${name}: no command of the product does`, async () => {
		const repo = copyRepo(honest);
		tell(repo);

		const said = await product.ask(repo);
		const isAnswer = ({ name: command }: Said) => !refused.includes(command);

		expectSame(said.filter(isAnswer), expected.filter(isAnswer));
		for (const { name: command, code, stdout } of said.filter((one) => !isAnswer(one))) {
			expect({ command, stdout, isRefused: code === 2 || code === 3 }).toEqual({
				command,
				stdout: "",
				isRefused: true,
			});
		}
	});
}
