// No variable of the caller's shell reaches git: nothing runs, nothing is traced, nothing is read from elsewhere.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "#test/make-repo";
import { commands, sampleCommand } from "./commands.ts";
import { expectSame, startProduct } from "./product.ts";
import { surroundings } from "./surroundings.ts";
import { copyRepo, honestRepo, makeTrap, plainGit } from "./victim.ts";

const product = startProduct();
const honest = honestRepo();
const all = [...commands, sampleCommand];
const expected = await product.ask(honest, { of: all });

for (const { name, variables, shows, meantFor } of surroundings) {
	const prepare = () => {
		const repo = copyRepo(honest);
		const trap = makeTrap();
		const mark = join(temporaryFolder(), "written");
		const env = variables({ program: trap.program, mark, repo });
		return { repo, env, isSprung: () => trap.isSprung() || existsSync(mark) };
	};

	if (shows !== null) {
		test(`${name}: plain git heeds it`, () => {
			const { repo, env, isSprung } = prepare();
			const calm = plainGit(repo.dir, shows);
			const said = plainGit(repo.dir, shows, env);

			expect(isSprung() || said !== calm, said).toBe(true);
		});
	}

	test(`${name}: the product does not`, async () => {
		const { repo, env, isSprung } = prepare();
		product.forget();
		const of = all.filter((command) => command.name !== meantFor);

		expectSame(
			await product.ask(repo, { env, of }),
			expected.filter((said) => said.name !== meantFor),
		);
		expect(isSprung()).toBe(false);
	});
}
