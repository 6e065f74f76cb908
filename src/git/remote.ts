// Edge(git). The address a repository was fetched from, as its configuration says it.

import { openCleanRoom } from "./clean-room.ts";
import { locateRepository } from "./location.ts";

/** The address of `origin`, as written there; null where there is none. Throws WorldError where there is no repository. */
export async function readRemote(path: string): Promise<string | null> {
	const room = await openCleanRoom(await locateRepository(path), "sha1");
	try {
		const found = await room.resolve(["config", "--get", "remote.origin.url"]);
		return found === null ? null : Buffer.from(found, "latin1").toString("utf8").trimEnd();
	} finally {
		await room.close();
	}
}
