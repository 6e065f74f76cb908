// No config key, replacement, graft, mailmap or forged index of a repository changes a byte of what the product says.
import { expect, test } from "vitest";
import { lies } from "./lies.ts";
import { expectSame, type Said, startProduct } from "./product.ts";
import { copyRepo, honestRepo, plainGit } from "./victim.ts";

const product = startProduct();
const honest = honestRepo();
const expected = await product.ask(honest);

/** Without what lies uncommitted in the work tree, where the lie itself is a file of it. */
function withoutFiles(said: Said): Said {
	if (said.name !== "what the gateway asks") return said;
	const { worktrees, ...others } = JSON.parse(said.stdout);
	expect(worktrees).toHaveLength(1);
	return { ...said, stdout: JSON.stringify(others) };
}

for (const { name, tell, shows, refused = [], isFile = false } of lies) {
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

		const compared = (all: readonly Said[]) => all.filter(isAnswer).map((one) => (isFile ? withoutFiles(one) : one));
		expectSame(compared(said), compared(expected));
		for (const { name: command, code, stdout } of said.filter((one) => !isAnswer(one))) {
			expect({ command, stdout, isRefused: code === 2 || code === 3 }).toEqual({
				command,
				stdout: "",
				isRefused: true,
			});
		}
	});
}
