// What a watched repository says as it moves: real git, the real child.
import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { writeContent } from "#test/golden";
import { makeRepo, temporaryFolder } from "#test/make-repo";
import { content, foreignEdits, story, watch, watchRepo } from "./support.ts";

const trespass = { by: "ben@b.example", say: "Reach over", write: { "a/api.py": "2\n" } };

test("a commit, its resolution, a rewrite of history and its removal are each seen; the id stays", async () => {
	const live = watch();
	await live.until((now) => now.activity.head === live.repo.oids[1]);
	expect(live.ageMs()).toBeLessThan(60_000);

	const bad = live.commit(trespass);
	const found = await live.until((now) => now.activity.head === bad);
	const [conflict] = foreignEdits(found);
	expect(conflict?.state).toBe("open");
	expect(found.activity.teams.find(({ team }) => team === "team-b")?.last?.commit).toBe(bad);

	mkdirSync(join(live.contentDir, "resolutions"));
	live.write({
		"resolutions/one.yaml": `conflict: [${conflict?.id}]\nstate: overridden\nby: Desk\nat: 2025-07-02\nreason: Agreed\n`,
	});
	const decided = await live.until((now) => foreignEdits(now)[0]?.state === "overridden");
	expect(foreignEdits(decided)).toEqual([{ id: conflict?.id, state: "overridden" }]);

	// The same commit on another parent, as after a rebase.
	live.repo.git("update-ref", "refs/heads/main", live.repo.oids[0] as string);
	const again = live.commit(trespass);
	expect(again).not.toBe(bad);
	const rebased = await live.until((now) => now.activity.head === again);
	expect(foreignEdits(rebased)).toEqual(foreignEdits(decided));

	live.repo.git("update-ref", "refs/heads/main", live.repo.oids[0] as string);
	const gone = await live.until((now) => now.activity.head === live.repo.oids[0]);
	expect(foreignEdits(gone)).toEqual([]);
	expect(live.trouble()).toBeNull();
});

test("content that breaks is said with its file and line, the last reading stays with its age, and mending it mends all", async () => {
	const live = watch();
	const before = await live.until(() => true);
	live.write({ "teams/team-b.yaml": "name: Team B\nwindow: two\n" });
	const trouble = await live.untilTrouble((said) => said !== null);

	expect(trouble).toMatch(/^content\/teams\/team-b\.yaml:2:9 {2}window {2}.*\(1 problem in the content\)$/);
	expect(live.now()).toBe(before);
	const age = live.ageMs() ?? 0;
	await new Promise((done) => setTimeout(done, 200));
	expect(live.ageMs()).toBeGreaterThan(age);

	live.write({ "teams/team-b.yaml": "name: Team Bee\nwindow: 2\n" });
	const after = await live.until((now) => now.teams.some(({ name }) => name === "Team Bee"));
	expect(after).not.toBe(before);
	await live.untilTrouble((said) => said === null);
});

test("a shallow clone is refused in words, and read as incomplete only where that is allowed", async () => {
	const repo = makeRepo(story, { shallow: 1 });
	const contentDir = writeContent(content);
	const refused = watchRepo(repo, contentDir);
	const trouble = await refused.untilTrouble((said) => said !== null);
	expect(trouble).toBe(
		`the clone at ${basename(repo.dir)} is shallow: its oldest commits would read as if they had added every file`,
	);
	expect(refused.now()).toBeNull();
	expect(refused.ageMs()).toBeNull();

	const allowed = watchRepo(repo, contentDir, undefined, true);
	expect((await allowed.until(() => true)).log.repository.complete).toBe(false);
});

test("no repository, one without commits, a bare one", async () => {
	const contentDir = writeContent(content);
	const folder = temporaryFolder();
	const none = watchRepo({ dir: folder, oids: [], git: () => "" }, contentDir);
	expect(await none.untilTrouble((said) => said !== null)).toBe(
		`no repository at ${basename(folder)}: neither it nor a folder above it holds a git directory`,
	);
	const bare = watch(story, { bare: true });
	expect((await bare.until(() => true)).worktrees).toEqual([]);
	const unborn = watch([]);
	expect(await unborn.untilTrouble((said) => said !== null)).toContain("has no commits yet");
});

test("closing ends a reading that runs, and a reading that takes too long is given up on", async () => {
	const slow = watch(story, {}, { marks: 20, files: 50, filesAtLeast: 400, limit: 1 });
	expect(await slow.untilTrouble((said) => said !== null)).toBe("it took longer than 0 s and was ended");
	expect(slow.now()).toBeNull();

	const live = watch();
	await new Promise((done) => setTimeout(done, 150));
	const start = performance.now();
	await live.close();
	expect(performance.now() - start).toBeLessThan(5_000);
	expect(live.now()).toBeNull();
});
