// Edge(git). Asks git what it knows by the caller's own configuration, which a clean room leaves out on purpose.
import { GitError, simpleGit } from "simple-git";
import { WorldError } from "#model/problem";
import { SILENCE_LIMIT, silenceError } from "./silence.ts";

/** What git needs to find its configuration and to know the person. All else stays behind. */
const ASKED = [
	"PATH",
	"HOME",
	"USER",
	"LOGNAME",
	"USERPROFILE",
	"SYSTEMROOT",
	"XDG_CONFIG_HOME",
	"EMAIL",
	"GIT_AUTHOR_NAME",
	"GIT_AUTHOR_EMAIL",
	"GIT_AUTHOR_DATE",
	"GIT_CONFIG_GLOBAL",
	"GIT_CONFIG_SYSTEM",
	"GIT_CONFIG_NOSYSTEM",
];

/**
 * The output of a command that reads configuration and runs nothing (`var`, `rev-parse`), in `folder`; null when git
 * refuses. Throws WorldError for a git that waits for ever. `gitDir` names the git directory; null: git finds it from the folder.
 */
export async function askAsCaller(
	folder: string,
	gitDir: string | null,
	env: NodeJS.ProcessEnv,
	args: readonly string[],
): Promise<string | null> {
	const own = Object.fromEntries(ASKED.flatMap((key) => (env[key] === undefined ? [] : [[key, env[key]]])));
	const asked = { ...own, ...(gitDir === null ? {} : { GIT_DIR: gitDir }), GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };
	const git = simpleGit({
		baseDir: folder,
		allowEnvironment: Object.keys(asked).filter((key) => key.startsWith("GIT_")),
		// Whoever may set these variables for us may set them for git.
		unsafe: { allowUnsafeConfigPaths: true },
		completion: { onClose: true, onExit: false },
		...SILENCE_LIMIT,
		errors: (error, { exitCode }) => {
			if (exitCode === NOT_FOUND) return new GitMissing();
			return exitCode === 0 ? error : new GitRefusal();
		},
	});
	try {
		return await git.env(asked).raw([...args]);
	} catch (error) {
		if (error instanceof GitRefusal) return null;
		if (!(error instanceof GitMissing)) throw silenceError(error) ?? error;
		throw new WorldError("git is not installed, or not on the PATH", "install git 2.39 or newer", error);
	}
}

class GitRefusal extends GitError {}
class GitMissing extends GitError {}

/** The exit code Node gives a process it could not find (-ENOENT). */
const NOT_FOUND = -2;
