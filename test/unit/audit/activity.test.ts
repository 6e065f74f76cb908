// A team's recent files are kept in bounded memory; the same ones come out as when everything is kept.
import { expect, test } from "vitest";
import { createActivity } from "#audit/activity";
import { tabulate } from "#git/tabulate";
import type { Commit } from "#model/history";

const attribution = { team: "a", by: "email", confidence: "derived", evidence: "a@x" } as const;

/** Numbers that look random and are the same everywhere. */
function* numbers(): Generator<number> {
	for (let state = 7; ; ) {
		state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
		yield state;
	}
}

/** Commits of which many share their second, each changing some of 900 paths. */
function commitsAt(count: number): Commit[] {
	const next = numbers();
	const below = (limit: number) => Math.floor((next.next().value as number) / 65_536) % limit;
	return Array.from({ length: count }, (_, index) => ({
		id: index.toString(16).padStart(40, "0"),
		parents: [],
		author: { name: "A", email: "a@x" },
		authorDate: `${1_000 + below(40)} +0000`,
		subject: `Change ${index}`,
		trailers: [],
		reverts: [],
		changes: [...new Set(Array.from({ length: 1 + below(30) }, () => `path-${below(900)}`))].map((path) => ({
			path,
			kind: below(2) === 0 ? ("A" as const) : ("M" as const),
			oldMode: "100644",
			newMode: "100644",
			oldId: "0".repeat(40),
			newId: "1".repeat(40),
		})),
	}));
}

/** The law, with everything kept: of each path its last change, the greater id at one second; then the newest ten. */
function recentFiles(commits: readonly Commit[]) {
	const all = commits.flatMap((commit) =>
		commit.changes.map(({ path, kind }) => ({
			path,
			kind,
			seconds: Number.parseInt(commit.authorDate, 10),
			id: commit.id,
		})),
	);
	const last = new Map<string, (typeof all)[number]>();
	for (const one of all) {
		const known = last.get(one.path);
		const isLater =
			known === undefined || one.seconds > known.seconds || (one.seconds === known.seconds && one.id > known.id);
		if (isLater) last.set(one.path, one);
	}
	const newest = [...last.values()].sort((a, b) => b.seconds - a.seconds || (a.path < b.path ? -1 : 1)).slice(0, 10);
	return newest.map(({ path, kind, seconds }) => ({
		path,
		authoredAt: new Date(seconds * 1_000).toISOString().replace(".000Z", "Z"),
		change: kind,
	}));
}

test("recent files are the same in whatever order commits come, and as when everything is kept", () => {
	const commits = commitsAt(300);
	const expected = recentFiles(commits);
	for (const order of [
		commits,
		commits.toReversed(),
		commits.toSorted((a, b) => (a.authorDate < b.authorDate ? -1 : 1)),
	]) {
		const table = tabulate(order, "sha1");
		const activity = createActivity(table, ["a", "b"]);
		for (const row of table.order) activity.add(row, attribution);
		const [a, b] = activity.finish().activity;

		expect(a?.recentFiles).toEqual(expected);
		expect(a?.commits).toBe(300);
		expect(b).toMatchObject({ team: "b", commits: 0, last: null, recentFiles: [] });
	}
});

test("commits of nobody and of the coordinator are counted, and are no team's", () => {
	const table = tabulate(commitsAt(3), "sha1");
	const activity = createActivity(table, ["a"]);
	const [one, two, three] = table.order as unknown as [number, number, number];
	activity.add(one, { team: null, by: "none", confidence: "unattributed", evidence: null });
	activity.add(two, { ...attribution, team: "coordinator" });
	activity.add(three, attribution);

	expect(activity.finish()).toMatchObject({ unattributed: 1, coordinator: 1, activity: [{ team: "a", commits: 1 }] });
});
