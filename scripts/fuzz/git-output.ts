// Pure. Commits and tree entries that nobody made, as git prints them.
import fc from "fast-check";
import { logFormat } from "#git/parse-log";

export interface PrintedCommit {
	readonly id: string;
	readonly parents: readonly string[];
	/** What stands in the other fields of the header. */
	readonly fields: readonly string[];
	readonly changes: readonly { readonly path: string; readonly text: string }[];
	/** A newline stands between the header and the changes, as in `git log`. */
	readonly isApart: boolean;
}

/** Any byte but NUL, one a character. */
const bytes = fc.string({
	unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
	maxLength: 20,
});
const mode = fc.constantFrom("000000", "100644", "100755", "120000", "160000");
const path = bytes.filter((text) => text !== "");
const says = fc.constantFrom("", "", `This reverts commit ${"a1".repeat(20)}.`, "Team\x1eteam-a\x1fTeam\x1eb");

function objectId(length: 40 | 64): fc.Arbitrary<string> {
	return fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: length, maxLength: length });
}

function printedChange(length: 40 | 64) {
	return fc
		.record({
			parents: fc.constantFrom(1, 1, 1, 2, 3),
			mode,
			id: objectId(length),
			letter: fc.constantFrom(..."AMDT"),
			path,
		})
		.map(({ parents, mode: side, id, letter, path: name }) => {
			const times = (text: string, count: number) => Array.from({ length: count }, () => text);
			const sides = [...times(side, parents + 1), ...times(id, parents + 1)].join(" ");
			return { path: name, text: `${":".repeat(parents)}${sides} ${letter.repeat(parents)}\0${name}\0` };
		});
}

/** Each field holds what its place in the format allows. */
export function printedCommit(length: 40 | 64): fc.Arbitrary<PrintedCommit> {
	return fc.record({
		id: objectId(length),
		parents: fc.array(objectId(length), { maxLength: 3 }),
		fields: fc.array(
			fc.tuple(bytes, says).map((parts) => parts.join("")),
			{ minLength: 12, maxLength: 12 },
		),
		changes: fc.array(printedChange(length), { maxLength: 4 }),
		isApart: fc.boolean(),
	});
}

export const printedEntry = fc
	.record({ mode, id: objectId(40), path })
	.map(({ mode: own, id, path: name }) => ({ path: name, text: `${own} blob ${id}\t${name}\0` }));

/** The log of some commits, in the format the reader asks git for. */
export function printLog(commits: readonly PrintedCommit[]): string {
	const names = logFormat().split("%x00");
	return commits
		.map(({ id, parents, fields, changes, isApart }) => {
			const field = (name: string, index: number) =>
				name === "%H" ? id : name === "%P" ? parents.join(" ") : (fields[index] as string);
			const diff = changes.map(({ text }) => text).join("");
			return `${names.map(field).join("\0")}\0${isApart && diff !== "" ? "\n" : ""}${diff}`;
		})
		.join("");
}
