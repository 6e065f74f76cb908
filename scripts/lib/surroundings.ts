// Pure. Which repository and which content a command means that people run from inside a repository.
import { isAbsolute, join, relative, resolve } from "node:path";
import { repositoryPath } from "./options.ts";

export interface Surroundings {
	readonly env: NodeJS.ProcessEnv;
	readonly cwd: string;
}

/** The folder the person stands in: npm moves to the product's own before it runs a command. */
export function callerFolder({ env, cwd }: Surroundings): string {
	return env["npm_lifecycle_event"] === undefined ? cwd : (env["INIT_CWD"] ?? cwd);
}

/** The repository: `--repo`, else COORD_REPO, else what the content says, else the one the person stands in. */
export function standingRepository(option: string | undefined, configured: string | null, place: Surroundings): string {
	return repositoryPath(option, place.env) ?? resolve(configured ?? callerFolder(place));
}

/** The content: `--content`, else COORD_CONTENT, else the product's own, as the person would type it. */
export function productContent(option: string | undefined, { env, cwd }: Surroundings): string {
	const given = option ?? env["COORD_CONTENT"];
	if (given !== undefined && given !== "") return given;
	const own = join(import.meta.dirname, "../../content");
	const typed = relative(cwd, own);
	return typed.startsWith("..") || isAbsolute(typed) ? own : typed;
}
