// Pure. What `--team ID=HANDLE` means.
import { UsageError } from "#model/problem";
import type { Team } from "#model/team";

/** `@user`, `@organisation/team` or an e-mail: what GitHub takes for an owner. */
const HANDLE = /^(@[A-Za-z0-9][A-Za-z0-9_-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)?|[^\s@#]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)$/;

/** Handles by team id. Throws a UsageError for a team nobody knows, one named twice and what is no handle. */
export function teamHandles(options: readonly string[], teams: readonly Pick<Team, "id">[]): Map<string, string> {
	const known = [...teams.map(({ id }) => id), "coordinator"];
	const handles = new Map<string, string>();
	for (const option of options) {
		const [id = "", handle = ""] = option.split(/=(.*)/s);
		if (!known.includes(id))
			throw new UsageError(`--team ${option}: there is no team ${id}`, `teams: ${known.join(", ")}`);
		if (handles.has(id)) throw new UsageError(`--team names ${id} twice`);
		if (!HANDLE.test(handle)) {
			throw new UsageError(
				`--team ${option}: no handle`,
				"write it as team-a=@organisation/name, or =@user, or an e-mail",
			);
		}
		handles.set(id, handle);
	}
	return handles;
}
