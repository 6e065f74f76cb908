// From a commit to what every reader is told: a real repository behind a real gateway, asked as pages ask.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-node";
import { expect, onTestFinished, test } from "vitest";
import { readCatalog } from "#catalog/read";
import type { LiveRepository } from "#gateway/repository/live-repository";
import { formatJson } from "#report/json";
import { auditRepository, writeArtefacts } from "#scripts/lib/audit-repository";
import { temporaryFolder } from "#test/make-repo";
import { StatusService } from "#wire/gen/coordination/v1/status_pb.js";
import { conflictsFromWire } from "#wire/map-conflicts";
import { teamsFromWire } from "#wire/map-teams";
import { gatewayOver } from "../gateway/support.ts";
import { type Watched, watch } from "./support.ts";

const trespass = { by: "ben@b.example", say: "Reach over", write: { "a/api.py": "2\n" } };

/** A gateway over a watched repository, whose site was built before anything happened. */
async function serve(live: Watched, options: { live?: LiveRepository | null; isBuilt?: boolean } = {}) {
	const request = { contentDir: live.contentDir, repo: live.repo.dir, refs: [], sinceAt: null, onProgress: () => {} };
	const audit = () => auditRepository({ ...request, reading: { cacheDir: null } });
	const built = await audit();
	if (options.isBuilt !== false) await writeArtefacts(live.contentDir, built);
	const dist = temporaryFolder();
	const publish = (text: string) => {
		writeFileSync(join(dist, "conflict-log.json"), text);
		return createHash("sha256").update(text).digest("hex");
	};
	const baseline = publish(formatJson(built.log));
	const { teams } = await readCatalog(live.contentDir);
	const gateway = await gatewayOver(
		{},
		{ content: live.contentDir, teams, dist, live: options.live === undefined ? live : options.live },
	);
	onTestFinished(() => gateway.close());
	const client = createClient(StatusService, createGrpcWebTransport({ baseUrl: gateway.url, httpVersion: "1.1" }));
	const conflicts = async (of = baseline) => conflictsFromWire(await client.getConflicts({ baseline: of }), of, null);
	const teamsNow = async () => teamsFromWire(await client.getTeams({}), null);
	return { client, conflicts, teams: teamsNow, baseline, publish, audit };
}

async function until<T>(read: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
	for (const start = performance.now(); ; ) {
		const value = await read();
		if (isSo(value)) return value;
		if (performance.now() - start > 25_000)
			throw new Error(`not so: ${JSON.stringify(value, (_, one) => String(one))}`);
		await new Promise((done) => setTimeout(done, 50));
	}
}

test("a commit shows as new beside the page's log, a decision as decided, a rewrite as gone; ages stay young", async () => {
	const live = watch();
	await live.until(() => true);
	const { client, conflicts, teams } = await serve(live);
	const before = await conflicts();
	expect(before.delta).toMatchObject({ isBaselineKnown: true, changes: [], open: { errors: 0 }, isHistoryWhole: true });
	const known = (await teams()).version;
	expect((await client.getTeams({ knownVersion: known })).unchanged).toBe(true);

	const bad = live.commit(trespass);
	const found = await until(conflicts, ({ delta }) => delta.changes.length > 0);
	expect(found.version).toBeGreaterThan(before.version);
	expect(found.delta.head).toBe(bad);
	expect(found.delta.open.errors).toBe(1);
	expect(found.delta.changes).toMatchObject([
		{ kind: "new", code: "foreign-edit", state: "open", actor: "team-b", owner: "team-a", occurrences: 1 },
	]);
	const after = await teams();
	expect(after.version).toBeGreaterThan(known);
	expect(after.derivedAgeMs).toBeLessThan(60_000);
	expect(after.notices).toEqual([]);
	const team = after.snapshot.teams.find(({ id }) => id === "team-b");
	expect([team?.derived.last?.commit, team?.derived.openErrors]).toEqual([bad, 1]);

	live.repo.git("update-ref", "refs/heads/main", live.repo.oids[1] as string);
	await until(conflicts, ({ delta }) => delta.changes.length === 0 && delta.open.errors === 0);
});

test("pages of several builds are each told what they lack; a page of an unknown build is told the counts", async () => {
	const live = watch();
	await live.until(() => true);
	const { conflicts, baseline, publish, audit } = await serve(live);
	expect((await conflicts()).delta.isBaselineKnown).toBe(true);
	live.commit(trespass);
	await until(conflicts, ({ delta }) => delta.changes.length === 1);
	const newer = publish(formatJson((await audit()).log));

	const same = await until(
		() => conflicts(newer),
		({ delta }) => delta.isBaselineKnown,
	);
	expect(same.delta.changes).toEqual([]);
	expect((await conflicts(baseline)).delta.changes).toMatchObject([{ kind: "new" }]);
	const unknown = await conflicts("0".repeat(64));
	expect(unknown.delta).toMatchObject({ isBaselineKnown: false, changes: [], open: { errors: 1 } });
	const gone = await until(
		() => conflicts(newer),
		() => true,
	);
	live.repo.git("update-ref", "refs/heads/main", live.repo.oids[1] as string);
	const later = await until(
		() => conflicts(newer),
		({ delta }) => delta.changes.length === 1,
	);
	expect(later.delta.changes).toMatchObject([{ kind: "gone", state: "open" }]);
	expect(later.version).toBeGreaterThan(gone.version);
});

test("uncommitted files reach the readers, with the folder's name and nothing of where it lies", async () => {
	const live = watch();
	const { client, teams } = await serve(live);
	const folder = live.link("team-b/work", "desk-b");
	writeFileSync(join(folder, "a/api.py"), "mine\n");
	const state = await until(teams, ({ snapshot }) =>
		snapshot.teams.some(({ derived }) => derived.worktrees.some(({ changed }) => changed === 1)),
	);

	const team = state.snapshot.teams.find(({ id }) => id === "team-b");
	expect(team?.derived.worktrees).toMatchObject([
		{ name: "desk-b", branch: "team-b/work", files: [{ path: "a/api.py", foreseen: { code: "foreign-edit" } }] },
	]);
	const wire = JSON.stringify(await client.getTeams({}), (_, value) => (typeof value === "bigint" ? 0 : value));
	expect(wire).not.toContain(tmpdir());
});

test("what cannot be read is said beside what was read last, and does not look young", async () => {
	const live = watch();
	await live.until(() => true);
	const { teams, conflicts } = await serve(live);
	const before = await teams();
	live.write({ "teams/team-b.yaml": "name: [\n" });
	await live.untilTrouble((said) => said !== null);
	const after = await teams();

	expect(after.notices).toHaveLength(1);
	expect(after.notices[0]).toMatch(/^the repository is not read as it is now: content\/teams\/team-b\.yaml:\d/);
	expect((await conflicts()).notices).toEqual(after.notices);
	expect(after.version).toBeGreaterThan(before.version);
	const age = (await teams()).derivedAgeMs ?? 0;
	await new Promise((done) => setTimeout(done, 300));
	expect((await teams()).derivedAgeMs).toBeGreaterThan(age);
});

test("where nobody watches, what the last audit wrote is told without an age; without any audit the question fails", async () => {
	const live = watch();
	const trouble = "none is named";
	const none = { now: () => null, ageMs: () => null, trouble: () => trouble, close: async () => {} };
	const unwatched = await serve(live, { live: none });
	const state = await unwatched.teams();
	expect(state.derivedAgeMs).toBeNull();
	expect(state.notices).toEqual([
		"the repository is not read as it is now: none is named; shown is what the last audit wrote",
	]);
	expect((await (await serve(live, { live: null })).teams()).notices).toEqual([]);

	const empty = watch();
	const { client } = await serve(empty, { live: none, isBuilt: false });
	const failed = await client.getConflicts({}).catch((error: unknown) => ConnectError.from(error));
	expect(failed).toMatchObject({ code: Code.FailedPrecondition });
	expect((failed as ConnectError).rawMessage).toContain("the repository is not read yet: none is named");
});
