// Pure. How long a git may say nothing that runs where a repository's own configuration is in force.
import { GitPluginError } from "simple-git";
import { WorldError } from "#model/problem";

/**
 * simple-git's limit for such a git, in milliseconds. Names and settings are told in a few; a configuration that includes
 * a pipe would have git wait for ever.
 */
export const SILENCE_LIMIT = { timeout: { block: 10_000 } } as const;

/** What the reader is told of a git that was ended by the limit; null for any other error. */
export function silenceError(error: unknown): WorldError | null {
	if (!(error instanceof GitPluginError) || error.plugin !== "timeout") return null;
	return new WorldError(
		"git waits for ever in that git directory: something in it is no ordinary file",
		"clone the repository with `git clone --no-local` and audit the clone",
		error,
	);
}

/** Whether an error says that git was ended for its silence. */
export function isSilence(error: unknown): boolean {
	return error instanceof WorldError && error.cause instanceof GitPluginError;
}
