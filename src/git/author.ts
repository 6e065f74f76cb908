// Edge(git). Who a commit would be by: as git itself says, in the caller's own environment and configuration.
import { simpleGit } from "simple-git";
import type { Location } from "./location.ts";

export interface Author {
	readonly name: string;
	readonly email: string;
	/** Author date as git holds it, `seconds zone`; null: now. */
	readonly date: string | null;
}

/** What git asks for a name, e-mail and date, and for the files that may hold them. All else stays behind. */
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
 * The author a commit here would have, by `git var GIT_AUTHOR_IDENT`, which reads configuration and runs nothing. Null
 * when git knows none. In a hook git has said it already, by GIT_AUTHOR_NAME and the like, and is not asked.
 */
export async function readAuthor(location: Location, env: NodeJS.ProcessEnv): Promise<Author | null> {
	const { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: date = "" } = env;
	const said = /^@?(\d+ [+-]\d{4})$/.exec(date);
	if (name !== undefined && email !== undefined && (date === "" || said !== null)) {
		return { name, email, date: said?.[1] ?? null };
	}
	const own = Object.fromEntries(ASKED.flatMap((key) => (env[key] === undefined ? [] : [[key, env[key]]])));
	const asked = { ...own, GIT_DIR: location.gitDir, GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };
	const git = simpleGit({
		allowEnvironment: Object.keys(asked).filter((key) => key.startsWith("GIT_")),
		// Whoever may set these variables for us may set them for git.
		unsafe: { allowUnsafeConfigPaths: true },
		completion: { onClose: true, onExit: false },
	});
	const ident = await git
		.env(asked)
		.raw(["var", "GIT_AUTHOR_IDENT"])
		.catch(() => null);
	const words = ident === null ? null : /^(.*) <([^<>]*)> (\d+ [+-]\d{4})\n?$/s.exec(ident);
	if (words === null) return null;
	return { name: words[1] as string, email: words[2] as string, date: date === "" ? null : (words[3] as string) };
}
