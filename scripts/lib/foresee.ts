// Pure. What the next audit of the same history will say of a conflict that has just been decided.
import type { Resolution } from "#model/agreement";
import type { Conflict } from "#model/conflict-log";

export interface Foreseen {
	readonly id: string;
	/** State of the conflict in the next log. */
	readonly state: Conflict["state"];
	/** One sentence; empty where the state says it all. */
	readonly because: string;
	/** A new episode of it will be open beside it. */
	readonly opensAnother?: boolean;
}

/** `resolutions` is the content with the new decision in it; `headAt` the date of the head, by which decisions run out. */
export function foresee(conflict: Conflict, resolutions: readonly Resolution[], headAt: string): Foreseen {
	const { id } = conflict;
	const last = resolutions
		.filter((resolution) => resolution.conflict.includes(id))
		.sort((a, b) => (a.atUtc === b.atUtc ? (a.file < b.file ? -1 : 1) : a.atUtc < b.atUtc ? -1 : 1))
		.at(-1);
	if (last === undefined) return { id, state: "open", because: "" };
	const { state, atUtc, untilAt, file } = last;
	if (untilAt !== null && headAt >= untilAt) {
		return { id, state: "open", because: `${file} has run out: the head is of ${headAt}` };
	}
	if (state !== "resolved") return { id, state, because: untilAt === null ? "" : `until ${untilAt}` };
	if (conflict.occurrences.some(({ commit }) => commit === null)) {
		return headAt > atUtc
			? { id, state: "open", because: `the tree of ${headAt} still shows it, after ${atUtc}` }
			: { id, state, because: "until a later head still shows it" };
	}
	const later = conflict.occurrences.filter(({ authoredAt }) => (authoredAt ?? "") > atUtc).length;
	if (later === 0) return { id, state, because: "until it is seen again" };
	if (later === conflict.occurrences.length) {
		return { id, state: "open", because: `every occurrence is later than ${atUtc}` };
	}
	return { id, state, because: `and what came after ${atUtc} opens a new episode`, opensAnother: true };
}
