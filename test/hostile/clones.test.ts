// Clones that lack something: nothing is fetched for them, whatever program or address they name for it.
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type ConflictLog, conflictLogSchema } from "#model/conflict-log";
import { gitBytes, type Repo, repoAt, temporaryFolder } from "#test/make-repo";
import { commands } from "./commands.ts";
import { expectSame, isRefusal, type Said, startProduct } from "./product.ts";
import { copyRepo, honestRepo, makeTrap, plainGit, type Trap } from "./victim.ts";

const product = startProduct();
const honest = honestRepo();
/** A bare clone has no index, and `who` reads no history. */
const of = commands.filter(({ name }) => name === "audit" || name === "check a range");
const expected = await product.ask(honest, { of });

/** The same, and it lets clones leave things out. */
const source = copyRepo(honest);
source.git("config", "uploadpack.allowFilter", "true");

/** A bare clone by git itself. */
function bareClone(...options: readonly string[]): Repo {
	const dir = join(temporaryFolder(), "clone.git");
	gitBytes(source.dir, ["clone", "--quiet", "--bare", "--no-local", ...options, source.dir, dir]);
	return repoAt(dir, honest.oids);
}

/** Ways to name a program that shall bring what is missing. */
const fetches: readonly [name: string, config: (program: string) => string][] = [
	["core.sshCommand", (run) => `[core]\n\tsshCommand = ${run}\n[remote "origin"]\n\turl = ssh://nowhere.invalid/x\n`],
	["remote.uploadpack", (run) => `[remote "origin"]\n\turl = ${honest.dir}\n\tuploadpack = ${run}\n`],
	["an ext:: address", (run) => `[protocol "ext"]\n\tallow = always\n[remote "origin"]\n\turl = ext::${run}\n`],
];

function arm(repo: Repo, config: (program: string) => string): Trap {
	const trap = makeTrap();
	repo.git("config", "--unset-all", "remote.origin.url");
	appendFileSync(join(repo.dir, "config"), config(trap.program));
	return trap;
}

const logOf = (said: Said | undefined): ConflictLog => conflictLogSchema.parse(JSON.parse(said?.stdout ?? ""));
const isCollision = ({ code }: ConflictLog["conflicts"][number]) => code === "merge-collision";

/** Everything of the log but what is told of collisions: only they need the contents of files. */
function withoutCollisions(said: Said | undefined) {
	const { repository, summary: _, conflicts, ...log } = logOf(said);
	const { complete: _complete, gaps: _gaps, ...facts } = repository;
	const others = conflicts.filter((one) => !isCollision(one) && one.code !== "file-unread");
	return { ...log, repository: facts, conflicts: others, ended: said?.code };
}

function collisionsAndGaps(said: Said | undefined) {
	const { repository, conflicts } = logOf(said);
	const unread = conflicts.filter(({ code }) => code === "file-unread").map(({ message }) => message);
	return { collisions: conflicts.filter(isCollision).length, gaps: repository.gaps ?? [], unread };
}

for (const [name, config] of fetches) {
	test(`a clone without blobs that names ${name}: plain git runs it, even without being asked for a diff`, () => {
		const repo = bareClone("--filter=blob:none");
		const trap = arm(repo, config);
		const said = plainGit(repo.dir, ["log", "--raw", "-1"]);

		expect(trap.isSprung(), said).toBe(true);
	});

	test(`a clone without blobs that names ${name}: the product answers without them, and says what it could not try`, async () => {
		const repo = bareClone("--filter=blob:none");
		const trap = arm(repo, config);
		const [audit, ...others] = await product.ask(repo, { of });
		const [honestAudit, ...honestOthers] = expected;

		expectSame(others, honestOthers);
		expect(withoutCollisions(audit)).toEqual(withoutCollisions(honestAudit));
		expect(collisionsAndGaps(honestAudit)).toEqual({ collisions: 1, gaps: [], unread: [] });
		expect(collisionsAndGaps(audit)).toEqual({
			collisions: 0,
			gaps: [expect.stringContaining("team-a/deps and team-b/deps could not be tried for merge collisions")],
			unread: [expect.stringMatching(/^\d+ files could not be read: their contents are not in this clone\.$/)],
		});
		expect(trap.isSprung()).toBe(false);
	});

	test(`a clone without trees that names ${name}: the product refuses`, async () => {
		const repo = bareClone("--filter=tree:0");
		const trap = arm(repo, config);
		const said = await product.ask(repo, { of });

		expect(said.filter((one) => !isRefusal(one))).toEqual([]);
		expect(trap.isSprung()).toBe(false);
	});
}

test("a bare clone, whose mailmap git takes from the head: the same answers", async () => {
	const repo = bareClone();

	expect(plainGit(repo.dir, ["log", "--format=%aE"])).not.toBe(plainGit(repo.dir, ["log", "--format=%ae"]));
	expectSame(await product.ask(repo, { of }), expected);
});

test("a shallow clone is refused", async () => {
	const said = await product.ask(bareClone("--depth=5"), { of });

	expect(said.filter((one) => !isRefusal(one))).toEqual([]);
});

test("a linked worktree with a configuration of its own: nothing runs, and the same answers", async () => {
	const repo = copyRepo(honest);
	const trap = makeTrap();
	const linked = join(temporaryFolder(), "linked");
	repo.git("worktree", "add", "--quiet", "--detach", "--no-checkout", linked, "main");
	repo.git("config", "extensions.worktreeConfig", "true");
	repo.git("-C", linked, "config", "--worktree", "core.fsmonitor", trap.program);
	repo.git("-C", linked, "read-tree", "HEAD");
	plainGit(linked, ["status"]);
	expect(trap.isSprung(), "plain git runs it").toBe(true);

	const second = makeTrap();
	repo.git("-C", linked, "config", "--worktree", "core.fsmonitor", second.program);
	expectSame(await product.ask({ dir: linked }, { of }), expected);
	expect(second.isSprung()).toBe(false);
});
