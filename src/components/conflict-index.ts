// Pure. The log's pages -> the columns their filters load.

import { type ConflictIndex, INDEX_VERSION, NAME, resourceName } from "#islands/conflict-list/index-file.ts";
import type { Conflict } from "#model/conflict-log";
import { LEVELS } from "#model/finding";
import { findingWords } from "#report/codes";
import { type ConflictPage, hintOfRow, isAboutWhose, newestCommit, rowTimes, rowWho } from "./conflict-rows.ts";
import { shortId } from "./words.ts";

/** The newest occurrences, which the story of a conflict shows; the search finds these. */
export const SHOWN_OCCURRENCES = 12;

/** `baseline`: digest of the published log. */
export function conflictIndex(
	pages: readonly ConflictPage[],
	{ baseline, nameOf }: { readonly baseline: string; readonly nameOf: (id: string | null) => string },
): ConflictIndex {
	const rows = pages.flatMap((page) => page.rows.map((row) => ({ ...row, page: page.number })));
	const conflicts = rows.flatMap((row) => row.conflicts);
	const codes = numbered<string>();
	const people = numbered<string>();
	const states = numbered<string>();
	const whos = numbered<string>();
	const hints = numbered<string>();
	const rules = numbered<string>();
	const authors = numbered<string>();
	const sortedPaths = [...new Set(conflicts.flatMap(furtherPaths))].sort();
	const paths = new Map(sortedPaths.map((path, number) => [path, number]));
	const commits = new Map<string, number>();
	const commit = { id: [] as string[], subject: [] as string[], author: [] as number[] };
	for (const { occurrences } of conflicts) {
		for (const { commit: id, subject, author } of occurrences.slice(0, SHOWN_OCCURRENCES)) {
			if (id === null || commits.has(id)) continue;
			commits.set(id, commits.size);
			commit.id.push(shortId(id));
			commit.subject.push(subject ?? "");
			commit.author.push(author === null ? -1 : authors.of(`${author.name} <${author.email}>`));
		}
	}
	return {
		version: INDEX_VERSION,
		log: baseline,
		rows: {
			page: rows.map((row) => row.page),
			size: rows.map((row) => row.conflicts.length),
			code: rows.map((row) => codes.of(row.code)),
			level: rows.map((row) => LEVELS.indexOf(row.level)),
			open: rows.map((row) => (row.section === "closed" ? 0 : 1)),
			// Who asks for what a team did is not told what is only counted as its own.
			actor: rows.map((row) => (row.actor === null || isAboutWhose(row.code) ? -1 : people.of(row.actor))),
			owner: rows.map((row) => (row.owner === null ? -1 : people.of(row.owner))),
			teams: rows.map((row) => row.teams.map(people.of)),
			who: rows.map((row) => whos.of(JSON.stringify(rowWho(row, nameOf)))),
			hint: rows.map((row) => {
				const hint = hintOfRow(row);
				return hint === null ? -1 : hints.of(hint);
			}),
			commit: rows.map((row) => commits.get(newestCommit(row) ?? "") ?? -1),
			commits: rows.map((row) => rowTimes(row).commits),
		},
		conflicts: {
			id: conflicts.map(({ id }) => id.slice("CF-".length)),
			state: conflicts.map(({ state }) => states.of(state)),
			resource: conflicts.map(({ resource }) => resource),
			message: conflicts.map(({ message, resource }) => message.replaceAll(resourceName(resource) || NAME, NAME)),
			last: conflicts.map(({ lastAt }) => seconds(lastAt)),
			span: conflicts.map(({ firstAt, lastAt }) => seconds(lastAt) - seconds(firstAt)),
			times: conflicts.map(({ occurrences }) => occurrences.length),
			rule: conflicts.map(({ rule }) => (rule === null ? -1 : rules.of(rule.pattern))),
			paths: conflicts.map((conflict) => furtherPaths(conflict).map((path) => paths.get(path) ?? -1)),
			commits: conflicts.map(({ occurrences }) => [
				...new Set(
					occurrences
						.slice(0, SHOWN_OCCURRENCES)
						.flatMap(({ commit: id }) => (id === null ? [] : (commits.get(id) ?? []))),
				),
			]),
			days: conflicts.map((conflict) => steps(daysOf(conflict))),
		},
		lists: {
			titles: codes.all().map((code) => findingWords[code as Conflict["code"]].title),
			codes: codes.all(),
			states: states.all(),
			levels: LEVELS,
			people: people.all(),
			whos: whos.all().map((who) => JSON.parse(who) as string[]),
			hints: hints.all(),
			rules: rules.all(),
			paths: sortedPaths,
			authors: authors.all(),
			commits: commit,
		},
	};
}

/** Conflicts of each code in the log, decided ones too, most first; codes that the log does not hold come last, with 0. */
export function countByCode(conflicts: readonly Conflict[]): { code: string; title: string; amount: number }[] {
	const amounts = new Map<string, number>();
	for (const { code } of conflicts) amounts.set(code, (amounts.get(code) ?? 0) + 1);
	return Object.entries(findingWords)
		.map(([code, { title }]) => ({ code, title, amount: amounts.get(code) ?? 0 }))
		.sort((a, b) => b.amount - a.amount || (a.title < b.title ? -1 : 1));
}

/** Paths a conflict concerns beside the one it is named by; in order, each once. */
function furtherPaths({ resource, occurrences }: Conflict): string[] {
	const all = new Set(
		occurrences.flatMap(({ path, previousPath }) => [path, previousPath].filter((one) => one !== null)),
	);
	if (resource.startsWith("path:")) all.delete(resource.slice("path:".length));
	return [...all].sort();
}

/** Days since 1970 on which it was seen; none of what the tree alone shows. */
function daysOf({ occurrences }: Conflict): number[] {
	const dates = occurrences.map(({ authoredAt }) => authoredAt).filter((at) => at !== null);
	const days = new Set(dates.map((at) => Math.floor(seconds(at) / 86_400)));
	return [...days].sort((a, b) => a - b);
}

function steps(numbers: readonly number[]): number[] {
	return numbers.map((number, index) => number - (numbers[index - 1] ?? 0));
}

function seconds(iso: string): number {
	return Math.floor(Date.parse(iso) / 1000);
}

/** Gives each thing a number, the first 0. */
function numbered<T>() {
	const numbers = new Map<T, number>();
	return {
		of: (thing: T): number => {
			const number = numbers.get(thing) ?? numbers.size;
			numbers.set(thing, number);
			return number;
		},
		all: (): T[] => [...numbers.keys()],
	};
}
