// What lies uncommitted in worktrees, judged before it is history: real worktrees, the real child.
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { content, foreignEdits, story, type Watched, watch } from "./support.ts";

function worktreesOf({ now }: Watched): Record<string, string[]> {
	const said = (now()?.worktrees ?? []).map(({ team, worktree }) => [
		`${worktree.name} ${worktree.branch ?? "-"} ${team ?? "-"}`,
		worktree.trouble === null
			? worktree.files.map(({ path, change, isStaged, foreseen }) =>
					[`${change}${isStaged ? "+" : ""}`, path, ...(foreseen === null ? [] : [foreseen.level, foreseen.code])].join(
						" ",
					),
				)
			: [worktree.trouble],
	]);
	return Object.fromEntries(said) as Record<string, string[]>;
}

test("worktrees come, are judged by the team of their branch before anything is committed, and go", async () => {
	const live = watch();
	const folder = live.link("team-b/work", "desk-b");
	writeFileSync(join(folder, "a/api.py"), "mine\n");
	writeFileSync(join(folder, "b/train.py"), "2\n");
	writeFileSync(join(folder, "deps.toml"), "x = 2\n");
	live.repo.git("-C", folder, "add", "b/train.py");
	await live.until(() => worktreesOf(live)["desk-b team-b/work team-b"]?.length === 3);

	expect(worktreesOf(live)["desk-b team-b/work team-b"]).toEqual([
		"M a/api.py error foreign-edit",
		"M deps.toml warning shared-edit-uncoordinated",
		"M+ b/train.py",
	]);
	const now = await live.until((said) => said.branches["team-b"]?.length === 1);
	expect(now.branches["team-b"]).toEqual([
		{ name: "team-b/work", commit: live.repo.oids[1], authoredAt: "2025-07-01T11:00:00Z" },
	]);
	const foreseen = now.worktrees.find(({ team }) => team === "team-b")?.worktree.files[0]?.foreseen;
	expect(foreseen?.message).toBe("Team B changed a/api.py, which belongs to Team A alone.");

	// A file that was judged and changes back is clean again; what is saved again is seen again.
	writeFileSync(join(folder, "a/api.py"), "1\n");
	await live.until(() => worktreesOf(live)["desk-b team-b/work team-b"]?.length === 2);

	rmSync(folder, { recursive: true });
	const forgotten = ["its folder is not there; `git worktree prune` forgets it"];
	await live.until(() => worktreesOf(live)["desk-b team-b/work team-b"]?.length === 1);
	expect(worktreesOf(live)["desk-b team-b/work team-b"]).toEqual(forgotten);
	live.repo.git("worktree", "prune");
	await live.until((said) => said.worktrees.length === 1);
});

test("a worktree of nobody accuses nobody: only whose the files are is said", async () => {
	const live = watch();
	const folder = live.link("try-out", "desk");
	live.repo.git("-C", folder, "checkout", "--quiet", "--detach");
	writeFileSync(join(folder, "a/api.py"), "?\n");
	writeFileSync(join(folder, "free.py"), "?\n");
	await live.until(() => worktreesOf(live)["desk - -"]?.length === 2);

	expect(worktreesOf(live)["desk - -"]).toEqual(["M a/api.py note unattributed-edit", "A free.py"]);
	const { foreseen } = live.now()?.worktrees.find(({ worktree }) => worktree.name === "desk")?.worktree.files[0] ?? {};
	expect(foreseen?.owner).toBe("team-a");
	expect(foreseen?.message).toBe("1 path of Team A is changed here, and nothing says for which team.");
});

test("an accepted violation is not foreseen again, nor is what lies on one's own ground", async () => {
	const live = watch([...story, { say: "Reach over", by: "ben@b.example", write: { "a/api.py": "2\n" } }]);
	const [conflict] = foreignEdits(await live.until((now) => foreignEdits(now).length === 1));
	const folder = live.link("team-b/work", "desk-b");
	writeFileSync(join(folder, "a/api.py"), "again\n");
	await live.until(() => worktreesOf(live)["desk-b team-b/work team-b"]?.[0] === "M a/api.py error foreign-edit");
	mkdirSync(join(live.contentDir, "resolutions"));
	live.write({
		"resolutions/one.yaml": `conflict: [${conflict?.id}]\nstate: overridden\nby: Desk\nat: 2025-07-02\nreason: Agreed\n`,
	});

	await live.until(() => worktreesOf(live)["desk-b team-b/work team-b"]?.[0] === "M a/api.py");
});

test("what another team committed within the window is in the way; what it committed before is not", async () => {
	const live = watch();
	const seconds = Math.floor(Date.now() / 1000);
	live.commit({ by: "ana@a.example", say: "Before", write: { "old.py": "1\n" }, at: `${seconds - 25 * 3600} +0000` });
	live.commit({ by: "ana@a.example", say: "Just now", write: { "new.py": "1\n" }, at: `${seconds} +0000` });
	const folder = live.link("team-b/work", "desk-b");
	for (const name of ["old.py", "new.py"]) writeFileSync(join(folder, name), "2\n");

	await live.until(() => worktreesOf(live)["desk-b team-b/work team-b"]?.length === 2);
	expect(worktreesOf(live)["desk-b team-b/work team-b"]).toEqual(["M new.py warning overlapping-edit", "M old.py"]);
});

test("keys of configuration are judged by what the file holds now", async () => {
	const files = {
		...content,
		"namespaces/training.yaml": "key: training\nowner: team-a\nfiles: [conf.json]\n",
		"namespaces/serving.yaml": "key: serving\nowner: team-b\nfiles: [conf.json]\n",
	};
	const steps = [{ ...story[0], say: "Ours", write: { "conf.json": '{"training":{"x":1},"serving":{"y":1}}\n' } }];
	const live = watch(steps, { files });
	const folder = live.link("team-b/work", "desk-b");
	writeFileSync(join(folder, "conf.json"), '{"training":{"x":1},"serving":{"y":2}}\n');
	await live.until(() => worktreesOf(live)["desk-b team-b/work team-b"]?.[0] === "M conf.json");
	writeFileSync(join(folder, "conf.json"), '{"training":{"x":2},"serving":{"y":2}}\n');

	await live.until(
		() => worktreesOf(live)["desk-b team-b/work team-b"]?.[0] === "M conf.json error config-foreign-edit",
	);
});

test("a worktree that cannot be read says why, without places of this machine, and the others are read", async () => {
	const live = watch();
	const [spoilt, well] = [live.link("team-a/spoilt", "desk-a"), live.link("team-b/well", "desk-b")];
	const index = join(live.repo.dir, ".git/worktrees/desk-a/index");
	rmSync(index);
	mkdirSync(index);
	writeFileSync(join(spoilt, "a/api.py"), "2\n");
	writeFileSync(join(well, "b/train.py"), "2\n");
	await live.until(() => worktreesOf(live)["desk-b team-b/well team-b"]?.length === 1);

	expect(worktreesOf(live)["desk-a team-a/spoilt team-a"]).toEqual([
		"the git directory cannot be trusted: .git/worktrees/desk-a/index is no ordinary file",
	]);
	expect(live.trouble()).toBeNull();
});

test("names that would steer a terminal or a reader's eye are shown as what they are", async () => {
	const live = watch();
	const folder = live.link("team-b/\u202ework", "desk\u001b[31m");
	writeFileSync(join(folder, "new\nline\u202e"), "");
	const now = await live.until((said) => said.worktrees.some(({ worktree }) => worktree.files.length === 1));
	const { worktree } = now.worktrees[1] ?? {};

	expect([worktree?.name, worktree?.branch, worktree?.files[0]?.path]).toEqual([
		"desk\\x1B[31m",
		"team-b/\\u{202E}work",
		"new\\x0Aline\\u{202E}",
	]);
	expect(JSON.stringify(now.worktrees)).not.toContain(folder);
});

test("of ten thousand files a hundred are told of, violations first, and all are counted", async () => {
	const live = watch();
	const folder = live.link("team-b/work", "desk-b");
	mkdirSync(join(folder, "many"));
	for (let index = 0; index < 10_000; index++) writeFileSync(join(folder, `many/${index}`), "");
	appendFileSync(join(folder, "a/api.py"), "2\n");
	const now = await live.until((said) => (said.worktrees[1]?.worktree.changed ?? 0) === 10_001);

	const { files = [] } = now.worktrees[1]?.worktree ?? {};
	expect([files.length, files[0]?.path, files[0]?.foreseen?.code]).toEqual([100, "a/api.py", "foreign-edit"]);
});
