// Edge(fs). The teams' status from what the last audit wrote; read again when the files change.
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { activitySchema } from "#model/activity";
import { conflictLogSchema } from "#model/conflict-log";
import { WorldError } from "#model/problem";
import type { TeamsSnapshot } from "#model/snapshot";
import type { Team } from "#model/team";
import { teamsSnapshot } from "#model/team-status";
import type { TeamsState } from "#wire/map-teams";
import type { Log } from "./log.ts";
import type { Run } from "./run.ts";

const ACTIVITY = "activity.json";
const LOG = "conflict-log.json";
/** Files are looked at again no more often than this, however many readers ask. */
const LOOK_EVERY_MS = 1_000;

export interface TeamsReader {
	/**
	 * The teams as of the last whole audit. Throws WorldError while none was ever read; once one was, it
	 * stays until a newer one reads well.
	 */
	state(): Promise<TeamsState>;
}

/** Reads the audit's two files in the content folder; `log` gets a line for each time they cannot be used. */
export function openTeams(
	content: string,
	teams: readonly Team[],
	updatedAt: string | null,
	run: Run,
	log: Log,
): TeamsReader {
	let held: { version: bigint; snapshot: TeamsSnapshot } | null = null;
	let failure: WorldError | null = null;
	let stamp = "";
	let lookedAt = Number.NEGATIVE_INFINITY;
	let looking: Promise<void> | null = null;

	async function look(): Promise<void> {
		const now = await stampOf(content);
		if (now === stamp) return;
		stamp = now;
		try {
			const snapshot = await readTeams(content, teams, updatedAt);
			failure = null;
			// An audit of the same commits writes the same bytes anew: that is no change anybody can see.
			if (held !== null && JSON.stringify(held.snapshot) === JSON.stringify(snapshot)) return;
			held = { version: held === null ? run.firstVersion : held.version + 1n, snapshot };
		} catch (error) {
			if (!(error instanceof WorldError)) throw error;
			failure = error;
			log({ level: "warn", event: "audit-files", message: `teams: ${error.message}` });
		}
	}

	return {
		async state() {
			if (performance.now() - lookedAt >= LOOK_EVERY_MS) {
				looking ??= look().finally(() => {
					lookedAt = performance.now();
					looking = null;
				});
				await looking;
			}
			if (held === null) throw failure ?? new WorldError("the audit was not read yet");
			return {
				...held,
				epoch: run.epoch,
				uptimeMs: run.uptimeMs(),
				notices: [],
				derivedAgeMs: null,
				generatedAt: new Date().toISOString(),
			};
		},
	};
}

async function readTeams(content: string, teams: readonly Team[], updatedAt: string | null): Promise<TeamsSnapshot> {
	const [activity, log] = await Promise.all([
		readJson(join(content, ACTIVITY), (value) => activitySchema.safeParse(value)),
		readJson(join(content, LOG), (value) => conflictLogSchema.safeParse(value)),
	]);
	if (activity.head !== log.repository.head) {
		throw new WorldError(`${ACTIVITY} and ${LOG} are of two different audits`, "npm run audit");
	}
	return teamsSnapshot(teams, updatedAt, activity, log);
}

interface Checked<T> {
	success: boolean;
	data?: T;
	error?: { issues: readonly { path: PropertyKey[]; message: string }[] };
}

async function readJson<T>(file: string, check: (value: unknown) => Checked<T>): Promise<T> {
	const value = await readFile(file, "utf8")
		.then(JSON.parse)
		.catch((cause: NodeJS.ErrnoException) => {
			const what = cause.code === "ENOENT" ? "there is no" : "cannot read";
			throw new WorldError(`${what} ${file}`, "npm run audit writes it", cause);
		});
	const result = check(value);
	if (result.data !== undefined) return result.data;
	const issue = result.error?.issues[0];
	throw new WorldError(
		`${file} is no such file of this version: ${issue?.path.join(".")} ${issue?.message}`,
		"npm run audit",
	);
}

/** Changes when either file does; a file that is not there has a stamp of its own. */
async function stampOf(content: string): Promise<string> {
	const stamps = [ACTIVITY, LOG].map(async (name) => {
		const file = await stat(join(content, name), { bigint: true }).catch(() => null);
		return file === null ? "none" : `${file.ino}:${file.mtimeNs}:${file.size}`;
	});
	return (await Promise.all(stamps)).join(" ");
}
