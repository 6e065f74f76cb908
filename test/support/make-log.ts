// Pure. Small logs of our own making, for what is done with a log; the audit's own are made by auditFolder.
import type { Conflict, ConflictLog, Occurrence } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";

const oid = (letter: string) => letter.repeat(40);

/** An edit by Ben, attributed by his address. */
export function makeOccurrence(facts: Partial<Occurrence> = {}): Occurrence {
	return {
		commit: oid("a"),
		subject: "a subject",
		author: { name: "Ben", email: "ben@b.example" },
		authoredAt: "2025-07-20T10:00:00Z",
		change: "M",
		path: "api/app.py",
		previousPath: null,
		attribution: { team: "team-b", by: "email", confidence: "derived", evidence: "ben@b.example" },
		location: { line: 0 },
		...facts,
	};
}

/** An open foreign edit of one path in one commit. */
export function makeConflict(facts: Partial<Conflict> = {}): Conflict {
	return {
		id: "CF-AAAAAAAAAA",
		code: "foreign-edit",
		level: "error",
		state: "open",
		episode: 1,
		resource: "path:api/app.py",
		actor: "team-b",
		owner: "team-a",
		teams: ["team-a", "team-b"],
		rule: { file: "content/ownership/team-a.yaml", pattern: "/api/" },
		firstAt: "2025-07-20T10:00:00Z",
		lastAt: "2025-07-20T10:00:00Z",
		message: "Team B changed api/app.py, which belongs to Team A alone.",
		hint: "Team B: stop changing it and show the change to Team A.",
		resolution: null,
		occurrences: [makeOccurrence()],
		...facts,
	};
}

/** A log whose summary counts its open conflicts. */
export function makeLog({ conflicts = [], ...facts }: Partial<ConflictLog> = {}): ConflictLog {
	const open = conflicts.filter(isOpen);
	const byLevel: Record<string, number> = {};
	for (const { level } of open) byLevel[level] = (byLevel[level] ?? 0) + 1;
	return {
		version: 1,
		repository: {
			name: "Small",
			head: oid("f"),
			headAt: "2025-07-31T10:00:00Z",
			refs: [{ name: "HEAD", oid: oid("f") }],
			commits: 7,
			changes: 11,
			complete: true,
			objectFormat: "sha1",
		},
		rules: { digest: `sha256:${"0".repeat(64)}`, count: 2 },
		coverage: { owned: 3, shared: 1, unmatched: 1 },
		summary: { open: open.length, byLevel, byCode: {}, byTeam: {} },
		conflicts,
		orphanedResolutions: [],
		...facts,
	};
}
