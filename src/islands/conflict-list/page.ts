// Edge(DOM). The page around the filters: its own rows, the conflict its address names, how old it is.
import { durationWords } from "../words.ts";

/** Shows or hides the rows the page was built with. */
export function showBuiltRows(isShown: boolean): void {
	document.getElementById("log-rows")?.toggleAttribute("hidden", !isShown);
}

/** The conflict an address names behind its `#`, in any case, well-formed or not; null: none. */
export function askedConflict(hash: string): string | null {
	return /^#cf-/i.test(hash) ? hash.slice(1).toUpperCase() : null;
}

/** Whether a text could be the id of a conflict. */
export function isConflictId(text: string): boolean {
	return /^CF-[A-Z2-7]{10,}$/.test(text);
}

/** Unfolds a conflict of this page and brings it into view. False: it is not on it. */
export function openConflict(id: string): boolean {
	const story = document.getElementById(id);
	const row = story?.closest<HTMLDetailsElement>("details.conflict");
	if (story == null || row == null) return false;
	row.open = true;
	story.scrollIntoView({ block: "start" });
	return true;
}

/** Says beside each time marked `data-ago` how long ago that was; told once, when the page is read. */
export function tellAges(nowMs: number): void {
	for (const element of document.querySelectorAll<HTMLElement>("[data-ago]")) {
		const at = Date.parse(element.dataset["ago"] ?? "");
		if (Number.isNaN(at)) continue;
		const ageMs = nowMs - at;
		element.textContent = ageMs < 60_000 ? ", just now" : `, ${durationWords(ageMs)} ago`;
	}
	for (const element of document.querySelectorAll<HTMLElement>("[data-stale-after]")) {
		const at = Date.parse(element.dataset["staleAfter"] ?? "");
		element.hidden = !(nowMs > at);
	}
}
