// Both sides of changes of divided configuration: read once, kept by their ids, and never without need.
import { expect, test } from "vitest";
import type { Blob } from "#git/blobs";
import { tabulate } from "#git/tabulate";
import type { Change, Commit } from "#model/history";
import type { Namespace } from "#model/namespace";
import { readConfigDifferences } from "#scripts/lib/config-differences";
import { temporaryFolder } from "#test/make-repo";

const namespace = (files: string[]): Namespace => ({
	id: "a",
	file: "content/namespaces/a.yaml",
	key: "a",
	owner: "team-a",
	description: null,
	files,
	children: [],
});

const oid = (number: number) => number.toString(16).padStart(40, "0");
const NOTHING = oid(0);

/** Contents by id; what is not there is missing. */
function repositoryOf(contents: Readonly<Record<string, string>>) {
	const asked: string[] = [];
	return {
		asked,
		place: "/somewhere",
		isOutside: async () => true,
		async readBlobs(ids: readonly string[], _limit: number, onBlob: (id: string, blob: Blob) => void) {
			asked.push(...ids);
			for (const id of ids) {
				const text = contents[id];
				onBlob(id, text === undefined ? { kind: "missing" } : { kind: "read", bytes: Buffer.from(text) });
			}
		},
	};
}

function commitOf(number: number, changes: readonly Pick<Change, "path" | "oldId" | "newId">[]): Commit {
	return {
		id: oid(1000 + number),
		parents: number === 1 ? [] : [oid(999 + number)],
		author: { name: "Ada", email: "ada@a.example" },
		authorDate: `${1_750_000_000 + number} +0000`,
		subject: "x",
		trailers: [],
		reverts: [],
		changes: changes.map((change) => ({
			...change,
			kind: change.oldId === NOTHING ? "A" : change.newId === NOTHING ? "D" : "M",
			oldMode: change.oldId === NOTHING ? "000000" : "100644",
			newMode: change.newId === NOTHING ? "000000" : "100644",
		})),
	};
}

/** Children before parents. */
const commits = [
	commitOf(2, [
		{ path: "app.json", oldId: oid(1), newId: oid(2) },
		{ path: "app.py", oldId: oid(8), newId: oid(9) },
	]),
	commitOf(1, [{ path: "app.json", oldId: NOTHING, newId: oid(1) }]),
];
const contents = { [oid(1)]: '{"a":1}', [oid(2)]: '{"a":2}' };
const options = (files: string[], cacheDir: string | null = null) => ({
	catalog: { namespaces: [namespace(files)] },
	sinceAt: null,
	cacheDir,
});
const read = (repository: ReturnType<typeof repositoryOf>, cacheDir: string | null = null) =>
	readConfigDifferences(repository, tabulate(commits, "sha1"), options(["app.*"], cacheDir));

test("each content is asked for once, and of nothing but configuration", async () => {
	const repository = repositoryOf(contents);
	const { differences, gaps } = await read(repository);

	expect(repository.asked.sort()).toEqual([oid(1), oid(2)]);
	expect([...differences.values()].map(({ keys }) => keys)).toMatchObject([
		[{ path: ["a"], how: "changed" }],
		[{ path: ["a"], how: "added" }],
	]);
	expect(gaps).toEqual([]);
});

test("without a namespace that names a file nothing is asked", async () => {
	const repository = repositoryOf(contents);
	const { differences } = await readConfigDifferences(repository, tabulate(commits, "sha1"), options([]));

	expect([repository.asked, differences.size]).toEqual([[], 0]);
});

test("what is kept is not read again, and says the same", async () => {
	const cacheDir = temporaryFolder();
	const first = await read(repositoryOf(contents), cacheDir);
	const repository = repositoryOf(contents);

	expect(await read(repository, cacheDir)).toEqual(first);
	expect(repository.asked).toEqual([]);
});

test("contents that are not in the clone are told of, and asked for again", async () => {
	const cacheDir = temporaryFolder();
	const { differences, gaps } = await read(repositoryOf({ [oid(1)]: '{"a":1}' }), cacheDir);

	expect(differences.size).toBe(1);
	expect(gaps).toEqual([
		"configuration: 1 earlier content of files that namespaces name is not in this clone, and what it changed was not judged",
	]);
	expect((await read(repositoryOf(contents), cacheDir)).gaps).toEqual([]);
});

test("of very many changes the newest are compared, and the rest is told of", async () => {
	const many = Array.from({ length: 3003 }, (_, at) =>
		commitOf(3003 - at, [{ path: "app.json", oldId: at === 3002 ? NOTHING : oid(3003 - at), newId: oid(3004 - at) }]),
	);
	const texts = Object.fromEntries(Array.from({ length: 3004 }, (_, at) => [oid(at + 1), `{"a":${at}}`]));
	const { differences, gaps } = await readConfigDifferences(
		repositoryOf(texts),
		tabulate(many, "sha1"),
		options(["app.json"]),
	);

	expect(differences.size).toBe(3000);
	expect(gaps).toEqual([
		"configuration: the oldest 3 changes of files that namespaces name were not compared: more than 3,000 are too many",
	]);
});
