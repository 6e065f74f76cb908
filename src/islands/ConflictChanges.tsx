// Browser view. Conflicts that differ from the log a page shows, gravest and newest first.
import type { ConflictChange } from "#model/conflict-delta";
import { Breakable } from "./breakable.tsx";
import { kindWord } from "./news.ts";
import { instantWords } from "./words.ts";

interface Props {
	readonly changes: readonly ConflictChange[];
	/** How many more there are. */
	readonly more: number;
	/** As of the island. */
	readonly log: string | null;
}

const LEVEL_SHAPES = { error: "◆", warning: "▲", note: "●" } as const;
const SHOWN = 3;

export default function Changes({ changes, more, log }: Props) {
	const rest = changes.slice(SHOWN);
	return (
		<>
			<ul class="live-changes">
				{changes.slice(0, SHOWN).map((change) => (
					<One key={change.id} change={change} log={log} />
				))}
			</ul>
			{rest.length > 0 && (
				<details>
					<summary>{rest.length + more} more</summary>
					<ul class="live-changes">
						{rest.map((change) => (
							<One key={change.id} change={change} log={log} />
						))}
						{more > 0 && <li>and {more} that are not listed here</li>}
					</ul>
				</details>
			)}
		</>
	);
}

function One({ change, log }: { change: ConflictChange; log: string | null }) {
	const { kind, id, level, message, resource, lastAt, state } = change;
	return (
		<li data-level={level}>
			<p>
				<span class="live-tag">{kindWord(kind)}</span>{" "}
				<b class="live-level">
					<span aria-hidden="true">{LEVEL_SHAPES[level]}</span> {level}
				</b>{" "}
				{message}
			</p>
			<p class="live-age">
				{/* What is new has no row on this page yet. */}
				{kind === "new" || log === null ? id : <a href={`${log}#${id}`}>{id}</a>} ·{" "}
				<Breakable text={resource} after="/" /> · {instantWords(lastAt)}
				{kind === "state" && ` · ${state.replace("-", " ")}`}
			</p>
		</li>
	);
}
