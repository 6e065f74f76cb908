// Pure. Logs in which one field after the other holds hostile text; every conflict is a story of its own.
import type { Conflict, ConflictLog, Occurrence } from "#model/conflict-log";
import { makeConflict, makeLog, makeOccurrence } from "./make-log.ts";

const id = (index: number) =>
	`CF-${String(index)
		.padStart(10, "0")
		.replace(/\d/g, (digit) => String.fromCharCode(65 + Number(digit)))}`;

const own = (index: number): Partial<Occurrence> => ({ commit: (index + 1).toString(16).padStart(40, "0") });

type OfConflict = (text: string, index: number) => Partial<Conflict>;

const inOccurrence =
	(facts: (text: string) => Partial<Occurrence>): OfConflict =>
	(text, index) => ({ occurrences: [makeOccurrence({ ...own(index), ...facts(text) })] });

const settled = (facts: object): Partial<Conflict> => ({
	state: "overridden",
	resolution: {
		file: "content/resolutions/x.yaml",
		state: "overridden",
		by: "Desk",
		at: "2025-07-21T10:00:00Z",
		reason: "agreed",
		until: null,
		steps: [],
		...facts,
	},
});

const attributed = (facts: Partial<NonNullable<Occurrence["attribution"]>>): Partial<Occurrence> => ({
	attribution: { team: "team-b", by: "trailer", confidence: "declared", evidence: "B", ...facts },
});

/** Fields of a conflict that hold text from outside, and the conflict that holds it there. */
export const conflictFields: Readonly<Record<string, OfConflict>> = {
	message: (message) => ({ message }),
	hint: (hint) => ({ hint }),
	resource: (text) => ({ resource: `path:${text}` }),
	identity: (text) => ({ resource: `identity:${text}` }),
	actor: (actor) => ({ actor }),
	owner: (owner) => ({ owner }),
	teams: (text) => ({ actor: null, teams: [text, "team-a"] }),
	"first episode": (firstEpisode) => ({ episode: 2, firstEpisode }),
	"rule pattern": (pattern) => ({ rule: { file: "content/ownership/team-a.yaml", pattern } }),
	"rule file": (file) => ({ rule: { file, pattern: "/api/" } }),
	subject: inOccurrence((subject) => ({ subject })),
	"author name": inOccurrence((name) => ({ author: { name, email: "ben@b.example" } })),
	"author e-mail": inOccurrence((email) => ({ author: { name: "Ben", email } })),
	path: inOccurrence((path) => ({ path })),
	"path in the tree": (path) => ({ code: "deletion-pending", occurrences: [makeOccurrence({ commit: null, path })] }),
	"previous path": inOccurrence((previousPath) => ({ previousPath })),
	"attributed team": inOccurrence((team) => attributed({ team })),
	evidence: inOccurrence((evidence) => attributed({ evidence })),
	"evidence against": inOccurrence((evidence) => attributed({ against: [{ team: "team-a", by: "branch", evidence }] })),
	"trailer that names no team": inOccurrence((evidence) =>
		attributed({ against: [{ team: null, by: "trailer", evidence }] }),
	),
	"resolution: by": (by) => settled({ by }),
	"resolution: reason": (reason) => settled({ reason }),
	"resolution: file": (file) => settled({ file }),
	"resolution: step": (step) => settled({ steps: [{ step, at: "2025-07-21" }] }),
};

/** A log of one conflict a text, all in the same field. */
export function logOfConflicts(field: OfConflict, texts: readonly string[]): ConflictLog {
	return makeLog({
		conflicts: texts.map((text, index) =>
			makeConflict({ id: id(index), occurrences: [makeOccurrence(own(index))], ...field(text, index) }),
		),
	});
}

const repository = (facts: Partial<ConflictLog["repository"]>): ConflictLog => {
	const log = makeLog({ conflicts: [makeConflict()] });
	return { ...log, repository: { ...log.repository, ...facts } };
};

/** Fields of the log as a whole. */
export const logFields: Readonly<Record<string, (text: string) => ConflictLog>> = {
	"repository name": (name) => repository({ name }),
	ref: (name) => repository({ refs: [{ name, oid: "f".repeat(40) }] }),
	gap: (text) => repository({ complete: false, gaps: [text, text] }),
	"orphaned resolution: file": (file) => makeLog({ orphanedResolutions: [{ file, conflict: "CF-ZZZZZZZZZZ" }] }),
	"orphaned resolution: conflict": (conflict) => makeLog({ orphanedResolutions: [{ file: "x.yaml", conflict }] }),
};
