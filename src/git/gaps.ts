// Pure. What of a history was not read, in one sentence each; none where the count is 0.
import { PATH_LIMIT, TRAILER_LIMIT } from "./caps.ts";

/** Boundary commits of a shallow clone. */
export function shallowGap(count: number): string[] {
	if (count === 0) return [];
	const [edge, those] =
		count === 1 ? ["boundary commit", "that commit"] : [`${count} boundary commits`, "those commits"];
	return [`the clone is shallow: what lies before its ${edge} was not read, nor what ${those} changed`];
}

/** Commits that name a parent which is not there. */
export function orphanGap(count: number): string[] {
	if (count === 0) return [];
	const [name, they] =
		count === 1 ? ["1 commit names a parent that is", "it"] : [`${count} commits name parents that are`, "they"];
	return [`${name} missing from the clone: what ${they} changed, and what lies before, was not read`];
}

/** Commits whose trees, or whose parents' trees, are not all there. */
export function holeGap(count: number): string[] {
	if (count === 0) return [];
	const commits = count === 1 ? "1 commit" : `${count} commits`;
	return [`what ${commits} changed was not read: the clone lacks trees that it would take to compare`];
}

/** Commits with more trailers than are kept. */
export function trailerGap(count: number): string[] {
	return count === 0 ? [] : [`${has(count)} more trailers than the ${TRAILER_LIMIT} that are read`];
}

/** Commits with more paths than are judged. */
export function pathGap(count: number): string[] {
	return count === 0 ? [] : [`${has(count)} more paths than the ${PATH_LIMIT.toLocaleString("en")} that are judged`];
}

function has(count: number): string {
	return count === 1 ? "1 commit has" : `${count} commits have`;
}
