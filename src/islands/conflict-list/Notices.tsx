// Browser view. What a reader of the log must be told before its rows: what was left out, what is not there, what failed.
import { visible } from "#model/visible";
import type { LoadedIndex } from "./load.ts";
import { isConflictId } from "./page.ts";
import type { Ignored } from "./query.ts";
import { ignoredWords } from "./words.ts";

interface Props {
	readonly ignored: readonly Ignored[];
	/** The conflict the address names, where this page has no place for it. */
	readonly asked: string | null;
	readonly index: LoadedIndex | null;
	/** The index tells of another log than this page. */
	readonly isOtherLog: boolean;
	readonly isFiltered: boolean;
	/** Whether the rows that are listed have the conflict. */
	readonly isListed: boolean;
	readonly onShow: (id: string) => void;
}

export function Notices({ ignored, asked, index, isOtherLog, isFiltered, isListed, onShow }: Props) {
	const isKnown =
		asked !== null && (index?.rows.some(({ entries }) => entries.some(({ id }) => id === asked)) ?? false);
	return (
		<div role="status" class="log-notices">
			{ignored.length > 0 && <p>{ignoredWords(ignored)}</p>}
			{isOtherLog && (
				<p>
					The log was built anew since this page was loaded.{" "}
					<button type="button" onClick={() => location.reload()}>
						Load the page again
					</button>
				</p>
			)}
			{asked !== null && !isConflictId(asked) && (
				<p>
					<b>{visible(asked.slice(0, 60))}</b> is no conflict: an id is “CF-” and ten or more of A to Z and 2 to 7.
				</p>
			)}
			{asked !== null && isConflictId(asked) && index !== null && !isKnown && (
				<p>
					<b>{asked}</b> is not in this log: it was fixed, or it is of another build.
				</p>
			)}
			{isKnown && isFiltered && !isListed && (
				<p>
					<b>{asked}</b> is in the log, but not among what is asked for here.{" "}
					<button type="button" onClick={() => onShow(asked)}>
						Show it
					</button>
				</p>
			)}
		</div>
	);
}

interface FailedProps {
	readonly reason: string | null;
	readonly isFiltered: boolean;
	readonly asked: string | null;
	readonly onRetry: () => void;
}

/** Says what is missing and what is shown instead. */
export function Failed({ reason, isFiltered, asked, onRetry }: FailedProps) {
	if (reason === null || (!isFiltered && asked === null)) return null;
	return (
		<p class="log-failed" role="alert">
			<b>The index of the log could not be loaded:</b> {reason}.{" "}
			{isFiltered ? "The rows below are not filtered." : `Where ${asked} stands is not known; it is not on this page.`}{" "}
			<button type="button" onClick={onRetry}>
				Try again
			</button>
		</p>
	);
}
