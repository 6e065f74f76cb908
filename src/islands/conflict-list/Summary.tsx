// Browser view. How many conflicts match, by what; and where none does, what to loosen.

import { counted } from "../words.ts";
import type { ListedRow } from "./index-file.ts";
import { type Listing, loosened, type Part, partsOf } from "./listing.ts";
import { asksSomething, type Query } from "./query.ts";
import { type Names, PART_WORDS, partWords, resultWords } from "./words.ts";

interface Props {
	readonly query: Query;
	/** Null: nothing is asked, or the answer is not there yet. */
	readonly listing: Listing | null;
	readonly isLoading: boolean;
	readonly total: number;
	readonly names: Names;
	readonly rows: readonly ListedRow[];
	readonly onDrop: (part: Part) => void;
	readonly onClear: () => void;
}

export function Summary({ query, listing, isLoading, total, names, rows, onDrop, onClear }: Props) {
	const parts = partsOf(query);
	return (
		<div class="log-summary" data-active={asksSomething(query) ? "" : undefined}>
			<p role="status">
				{isLoading && "Loading the index of the log …"}
				{listing !== null && resultWords(listing, total, query)}
			</p>
			{asksSomething(query) && (
				<p class="log-parts">
					{parts.map((part) => (
						<button key={part} type="button" class="log-part" onClick={() => onDrop(part)}>
							<span class="sr-only">Without </span>
							{partWords(query, part, names)} <span aria-hidden="true">✕</span>
						</button>
					))}
					<button type="button" class="log-clear" onClick={onClear}>
						Show the whole log
					</button>
				</p>
			)}
			{listing?.conflicts === 0 && <Loosen found={loosened(rows, query)} onDrop={onDrop} />}
		</div>
	);
}

interface LoosenProps {
	readonly found: readonly { part: Part; conflicts: number }[];
	readonly onDrop: (part: Part) => void;
}

function Loosen({ found, onDrop }: LoosenProps) {
	return (
		<div class="empty">
			{found.length === 0 ? (
				"No part of it alone is to blame: without any one of them there is still none."
			) : (
				<ul class="log-loosen">
					{found.map(({ part, conflicts }) => (
						<li key={part}>
							<button type="button" onClick={() => onDrop(part)}>
								Without {PART_WORDS[part]}
							</button>{" "}
							{counted(conflicts, "conflict")}
						</li>
					))}
				</ul>
			)}
		</div>
	);
}
