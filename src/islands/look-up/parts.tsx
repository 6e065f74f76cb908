// Browser view. Small parts of an answer: a shape with a word, a rule with its place, names that are links.
import type { ComponentChildren } from "preact";
import type { LookUpFile } from "#model/look-up";
import type { Rule } from "#model/ownership";
import { visible } from "#model/visible";
import { nameOf } from "#rules/look-up-words";
import { Marked } from "./Marked.tsx";

export type Tone = "good" | "warning" | "error" | "note";

/** The shapes of the site's levels: none of shape, word and colour carries a meaning alone. */
const SHAPES: Record<Tone, string> = {
	good: "M2 8.4 3.7 6.7 6.4 9.4 12.3 3.5 14 5.2 6.4 12.8Z",
	warning: "M8 2 15 14H1Z",
	error: "M8 1.2 14.8 8 8 14.8 1.2 8Z",
	note: "M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3Z",
};

export function Shape({ tone }: { tone: Tone }) {
	return (
		<svg class={`level-${tone}`} viewBox="0 0 16 16" width="0.85em" height="0.85em" aria-hidden="true">
			<path d={SHAPES[tone]} fill="currentColor" />
		</svg>
	);
}

/** One fact: a term, and what there is to say. */
export function Fact({ term, children }: { term: string; children: ComponentChildren }) {
	return (
		<div>
			<dt>{term}</dt>
			<dd>{children}</dd>
		</div>
	);
}

/** A rule: its pattern, the file and line that say so, and where it can be edited. */
export function RulePlace({ rule, file }: { rule: Rule; file: LookUpFile }) {
	const page = file.pages.rules[rule.file];
	const edit = file.edit[rule.file];
	const place = <Marked text={`${rule.file}:${rule.line}`} />;
	return (
		<span class="look-up-rule">
			<Marked text={rule.pattern} /> <span class="muted">in</span>{" "}
			{page === undefined ? place : <a href={`${page}#L${rule.line}`}>{place}</a>}
			{edit !== undefined && (
				<>
					{" "}
					<a href={edit} aria-label={`Edit ${visible(rule.file)}`}>
						Edit
					</a>
				</>
			)}
		</span>
	);
}

/** A team's name, as a link to its page. */
export function TeamName({ id, file }: { id: string; file: LookUpFile }) {
	const name = visible(nameOf(file.data, id));
	const page = file.pages.teams[id];
	return <a href={page}>{name}</a>;
}

/** A conflict's id, as a link to its place in the log. */
export function ConflictId({ id, file }: { id: string; file: LookUpFile }) {
	return <a href={file.pages.conflicts[id]}>{id}</a>;
}
