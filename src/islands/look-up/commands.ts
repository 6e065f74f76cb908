// Pure. What to type: the same question on the command line, and the lines that end a commit message.
import type { LookUpData } from "#model/look-up";
import { visible } from "#model/visible";
import type { Advice } from "#rules/advice";

/** `npm run who` for a path; null for a name that cannot be typed as it is shown. */
export function whoCommand(path: string, isRaw: boolean): string | null {
	if (isRaw || visible(path) !== path) return null;
	const safe = path.startsWith("-") ? `./${path}` : path;
	return `npm run who -- ${shellWord(safe)}`;
}

/** A word of a POSIX shell. */
function shellWord(text: string): string {
	return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * The trailers of a commit of `team` that changes the path; none where it must not. Who agreed stands there as the teams
 * that claim the path, else as the coordinator; as a team, where the content has no word for the coordinator.
 */
export function trailerLines(data: LookUpData, { may, team, agreeWith }: Advice): string[] {
	if (may === "no") return [];
	const own = `${data.trailer}: ${team}`;
	if (may !== "agree") return [own];
	const agreed = agreeWith.length > 0 ? agreeWith : [data.coordinatorWord ?? "TEAM"];
	return [own, ...agreed.map((one) => `${data.coordinationTrailer}: ${one}`)];
}
