// Edge. The repository that a gateway is to watch, by its settings; where there is none, that is said.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "#gateway/log";
import type { LiveRepository } from "#gateway/repository/live-repository";
import type { LiveAudit } from "#gateway/settings";
import { openLiveRepository } from "./repository.ts";

/** Null: it is not to be watched. `repo` null: none is configured. */
export async function watchRepository(
	setting: LiveAudit,
	{ repo, contentDir, log }: { readonly repo: string | null; readonly contentDir: string; readonly log: Log },
): Promise<LiveRepository | null> {
	if (setting === "off") return null;
	if (repo === null) return NONE;
	const excludes = await ownExcludes(process.env);
	return openLiveRepository({ repo, contentDir, allowIncomplete: setting === "incomplete", excludes, log });
}

const NONE: LiveRepository = {
	now: () => null,
	ageMs: () => null,
	trouble: () => "none is named, by COORD_REPO or repository.path of the content",
	close: async () => {},
};

/** git's own list of what the user who runs this never wants tracked, where git looks for it by default; empty without one. */
async function ownExcludes(env: NodeJS.ProcessEnv): Promise<string> {
	const folder = env["XDG_CONFIG_HOME"] ?? (env["HOME"] === undefined ? null : join(env["HOME"], ".config"));
	if (folder === null) return "";
	return readFile(join(folder, "git/ignore"), "utf8").catch((error: NodeJS.ErrnoException) => {
		if (error.code === "ENOENT" || error.code === "ENOTDIR") return "";
		throw error;
	});
}
