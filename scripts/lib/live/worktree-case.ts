// Edge(git, fs). What lies in a worktree as the commit it would become, as the audit would see it.

import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { KeyDifferences } from "#audit/config-edits";
import { readBlobs } from "#git/blobs";
import { openCleanRoom } from "#git/clean-room";
import type { Location } from "#git/location";
import type { Recent } from "#git/recent";
import { readCommits } from "#git/recent";
import { tabulate } from "#git/tabulate";
import type { Uncommitted, UncommittedChange } from "#git/uncommitted";
import type { Catalog } from "#model/catalog";
import type { Change } from "#model/history";
import { readConfigDifferences } from "../config-differences.ts";
import { type StagedCase, stagedCase } from "../staged-case.ts";
import { trailerKeys } from "../staged-facts.ts";

/** Files of configuration whose contents are looked at in one worktree. */
const MOST_CONTENTS = 200;
/** Bytes of one: what people divide among them is far smaller. */
const CONTENT_LIMIT = 256 * 1024;
const CONFIGURATION = /\.(json|ya?ml|toml)$/i;

/** The case of a worktree's files, by `team`, or by nobody known (null). `now` in seconds since 1970. */
export async function worktreeCase(
	catalog: Catalog,
	location: Location,
	{ found, folder }: { readonly found: Uncommitted; readonly folder: string },
	team: string | null,
	recent: Recent,
	now: number,
): Promise<StagedCase> {
	const { head, parents, reverts } = found;
	// What is in conflict is no change yet.
	const whole = found.changes.filter(({ isTorn }) => !isTorn);
	const contents = catalog.namespaces.some(({ files }) => files.length > 0) ? await readContents(folder, whole) : NONE;
	const changes = whole.map(({ path, kind, oldMode, newMode, oldId, newId }): Change => {
		const id = contents.get(path)?.id ?? newId;
		return { path, kind, oldMode, newMode, oldId, newId: id };
	});
	const reverted =
		reverts.length === 0 ? [] : await readCommits(location, head.objectFormat, reverts, trailerKeys(catalog.project));
	const facts = {
		// Without a team the branch says nothing, and must not seem to.
		head: team === null ? { ...head, branch: null } : head,
		staged: { parents, reverts, changes, unmerged: [] },
		author: null,
		recent,
		reverted,
		differences: new Map(),
		now,
	};
	const brought = stagedCase(catalog, facts, { team, coordinatedBy: null });
	const differences = await readDifferences(catalog, location, brought, contents);
	return { ...brought, differences };
}

interface Content {
	/** Null for bytes that no parser shall see: too many, or no ordinary file. */
	readonly bytes: Buffer | null;
	readonly id: string;
}

const NONE: ReadonlyMap<string, Content> = new Map();

async function readContents(
	folder: string,
	changes: readonly UncommittedChange[],
): Promise<ReadonlyMap<string, Content>> {
	const files = changes.filter(
		({ path, isStaged, newMode }) => !isStaged && newMode.startsWith("100") && CONFIGURATION.test(path),
	);
	const read = await Promise.all(
		files.slice(0, MOST_CONTENTS).map(async ({ path, newId }): Promise<[string, Content]> => {
			const bytes = await readOrdinary(join(folder, Buffer.from(path, "latin1").toString("utf8")));
			return [path, { bytes, id: bytes === null ? newId : digest(bytes, newId.length) }];
		}),
	);
	return new Map(read);
}

/** As git would name it; of contents that are not stored any name of its own will do. */
function digest(bytes: Buffer, length: number): string {
	const hash = createHash(length === 40 ? "sha1" : "sha256");
	return hash.update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/** The bytes of a file, which is never waited for; null for what is too large, gone, or no ordinary file. */
async function readOrdinary(path: string): Promise<Buffer | null> {
	const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
	if (file === null) return null;
	try {
		const found = await file.stat();
		return found.isFile() && found.size <= CONTENT_LIMIT ? await file.readFile() : null;
	} finally {
		await file.close();
	}
}

async function readDifferences(
	catalog: Catalog,
	location: Location,
	{ commits, repository: { objectFormat } }: StagedCase,
	contents: ReadonlyMap<string, Content>,
): Promise<KeyDifferences> {
	if (commits.length === 0 || catalog.namespaces.every(({ files }) => files.length === 0)) return new Map();
	const byId = new Map(Array.from(contents.values(), ({ id, bytes }) => [id, bytes]));
	const room = await openCleanRoom(location, objectFormat);
	try {
		const opened: Parameters<typeof readConfigDifferences>[0] = {
			async readBlobs(ids, limit, onBlob) {
				for (const id of ids) {
					const bytes = byId.get(id);
					if (bytes !== undefined) onBlob(id, bytes === null ? { kind: "missing" } : { kind: "read", bytes });
				}
				const stored = ids.filter((id) => !byId.has(id));
				await readBlobs(room, stored, limit, onBlob);
			},
			place: location.commonDir,
			isOutside: async () => false,
		};
		const table = tabulate(commits, objectFormat);
		return (await readConfigDifferences(opened, table, { catalog, sinceAt: null, cacheDir: null })).differences;
	} finally {
		await room.close();
	}
}
