// Edge(git). Who a commit would be by: as git itself says, in the caller's own environment and configuration.
import { askAsCaller } from "./caller.ts";
import type { Location } from "./location.ts";

export interface Author {
	readonly name: string;
	readonly email: string;
	/** Author date as git holds it, `seconds zone`; null: now. */
	readonly date: string | null;
}

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
	const ident = await askAsCaller(location.gitDir, location.gitDir, env, ["var", "GIT_AUTHOR_IDENT"]);
	const words = ident === null ? null : /^(.*) <([^<>]*)> (\d+ [+-]\d{4})\n?$/s.exec(ident);
	if (words === null) return null;
	return { name: words[1] as string, email: words[2] as string, date: date === "" ? null : (words[3] as string) };
}
