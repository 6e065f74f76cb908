// Pure. Where a page's facts are written, and since when they stand so: links to edit them, and words for their last change.
import type { ContentChanges } from "#model/content-changes";

export type LastChange =
	| { readonly kind: "dated"; readonly at: string; readonly commit: string }
	| { readonly kind: "undated"; readonly words: string };

/** When a file (`content/…`) last changed; null: this build did not ask. */
export function lastChange(changes: ContentChanges | null, file: string): LastChange | null {
	if (changes === null) return null;
	const dated = changes.files[file];
	if (dated !== undefined) return { kind: "dated", ...dated };
	return {
		kind: "undated",
		words: changes.uncommitted.includes(file) ? "not committed yet" : WITHOUT[changes.history],
	};
}

/** Why a file has no date, by what is known of the content's history. */
const WITHOUT: Record<ContentChanges["history"], string> = {
	whole: "last change unknown",
	shallow: "last change unknown: the content’s clone is shallow",
	none: "not in git",
	unreadable: "last change unknown: git could not be read",
};

/** Address at which a file (`content/…`) can be edited; null where the project names none. */
export function editHref(editUrl: string | null, file: string): string | null {
	if (editUrl === null) return null;
	const steps = file.replace(/^content\//, "").split("/");
	// A function: in a text, `$` would have a meaning.
	return editUrl.replace("{path}", () => steps.map(encodeURIComponent).join("/"));
}
