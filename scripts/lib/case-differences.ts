// Edge(git). What commits that are checked before they land change in divided configuration.
import { listConfigChanges } from "#audit/config-changes";
import type { KeyDifferences } from "#audit/config-edits";
import { compileNamespaces } from "#audit/namespaces";
import { readBlobs } from "#git/blobs";
import { openCleanRoom } from "#git/clean-room";
import type { Location } from "#git/location";
import type { OpenRepository } from "#git/repository";
import { tabulate } from "#git/tabulate";
import type { Catalog } from "#model/catalog";
import type { Commit } from "#model/history";

/** Parsers are loaded, and git is asked, only where some of the commits change a file that a namespace names. */
export async function readCaseDifferences(
	location: Location,
	objectFormat: "sha1" | "sha256",
	commits: readonly Commit[],
	catalog: Pick<Catalog, "namespaces">,
): Promise<KeyDifferences> {
	const table = tabulate(commits, objectFormat);
	const namespaces = compileNamespaces(catalog.namespaces);
	if (listConfigChanges(table, namespaces, null).changes.length === 0) return new Map();
	const { readConfigDifferences } = await import("./config-differences.ts");
	const room = await openCleanRoom(location, objectFormat);
	try {
		const opened = {
			readBlobs: (...asked: Parameters<OpenRepository["readBlobs"]>) => readBlobs(room, ...asked),
			place: location.commonDir,
			isOutside: async () => false,
		};
		const { differences } = await readConfigDifferences(opened, table, { catalog, sinceAt: null, cacheDir: null });
		return differences;
	} finally {
		await room.close();
	}
}
