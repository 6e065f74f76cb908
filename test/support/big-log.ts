// Pure. A log as large as a long-lived project's, the same each time: several findings a commit, a few authors, deep paths.
import { createHash } from "node:crypto";
import type { Conflict, ConflictLog, Occurrence } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";

const TEAMS = ["team-a", "team-b", "team-c"] as const;
const AUTHORS = ["Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gil", "Hana"] as const;
const FOLDERS = [
	"src/mlx/api",
	"src/mlx/training/optim",
	"src/mlx/inference/grpc",
	"configs/cluster",
	"scripts",
] as const;
const KINDS = [
	{ code: "foreign-edit", level: "error" },
	{ code: "shared-edit-uncoordinated", level: "warning" },
	{ code: "foreign-edit", level: "error" },
	{ code: "overlapping-edit", level: "warning" },
	{ code: "shared-edit-not-atomic", level: "warning" },
	{ code: "exempt-edit", level: "note" },
] as const;
const STATES = ["open", "open", "open", "open", "acknowledged", "resolved", "overridden"] as const;

/** The log of `base` with so many conflicts in place of its own; one commit makes up to seven of them. */
export function makeBigLog(base: ConflictLog, amount: number): ConflictLog {
	const conflicts: Conflict[] = [];
	for (let commit = 0; conflicts.length < amount; commit++) {
		const size = Math.min(1 + ((commit * 7) % 13 === 0 ? 6 : commit % 3), amount - conflicts.length);
		for (let one = 0; one < size; one++) conflicts.push(conflictOf(commit, one));
	}
	const open = conflicts.filter(isOpen);
	const byLevel: Record<string, number> = {};
	for (const { level } of open) byLevel[level] = (byLevel[level] ?? 0) + 1;
	return {
		...base,
		conflicts: conflicts.sort((a, b) => (a.lastAt < b.lastAt ? 1 : a.lastAt > b.lastAt ? -1 : a.id < b.id ? -1 : 1)),
		summary: { open: open.length, byLevel, byCode: {}, byTeam: {} },
	};
}

function conflictOf(commit: number, one: number): Conflict {
	const { code, level } = KINDS[commit % KINDS.length] as (typeof KINDS)[number];
	const state = STATES[commit % STATES.length] as (typeof STATES)[number];
	const actor = TEAMS[commit % 3] as string;
	const other = TEAMS[(commit + 1) % 3] as string;
	const isOwned = code === "foreign-edit" || code === "exempt-edit";
	const path = `${FOLDERS[(commit + one) % FOLDERS.length]}/module_${(commit * 31) % 997}/file_${one}.py`;
	const times = 1 + (commit % 5 === 0 ? commit % 4 : 0);
	const occurrences = Array.from({ length: times }, (_, time) => occurrenceOf(commit + time * 1009, actor, path)).sort(
		(a, b) => ((a.authoredAt ?? "") < (b.authoredAt ?? "") ? 1 : -1),
	);
	const dates = occurrences.map(({ authoredAt }) => authoredAt as string);
	return {
		id: `CF-${base32(`${commit} ${one}`)}`,
		code,
		level,
		state,
		episode: 1,
		resource: `path:${path}`,
		actor: code === "overlapping-edit" ? null : actor,
		owner: isOwned ? other : null,
		teams: [actor, other].sort(),
		rule: isOwned ? { file: `content/ownership/${other}.yaml`, pattern: `${path.split("/")[0]}/` } : null,
		firstAt: dates.at(-1) as string,
		lastAt: dates[0] as string,
		message: `${actor} changed ${path}, which belongs to ${other} alone${times > 1 ? `, in ${times} commits` : ""}.`,
		hint: `${actor}: stop changing it and show the change to ${other}.`,
		resolution:
			state === "open"
				? null
				: {
						file: `content/resolutions/${commit}.yaml`,
						state,
						by: "Coordinator",
						at: "2026-01-01T00:00:00Z",
						reason: "agreed",
						until: null,
						steps: [],
					},
		occurrences,
	};
}

function occurrenceOf(commit: number, team: string, path: string): Occurrence {
	const name = AUTHORS[commit % AUTHORS.length] as string;
	return {
		commit: createHash("sha1").update(String(commit)).digest("hex"),
		subject: `Rework step ${commit} of ${FOLDERS[commit % FOLDERS.length]} for the next release`,
		author: { name, email: `${name.toLowerCase()}@mlx.example` },
		authoredAt: `${new Date(1_735_689_600_000 + commit * 5_400_000).toISOString().slice(0, 19)}Z`,
		change: "M",
		path,
		previousPath: null,
		attribution: { team, by: "trailer", confidence: "declared", evidence: team },
		location: { line: 0 },
	};
}

/** Ten letters as an id has them. */
function base32(text: string): string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	return [...createHash("sha256").update(text).digest().subarray(0, 10)].map((byte) => letters[byte % 32]).join("");
}
