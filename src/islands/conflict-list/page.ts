// Edge(DOM). The page around the filters: its own rows, the conflict its address names, what can be copied, how old it is.
import { durationWords } from "../words.ts";

/** Shows or hides the rows the page was built with. */
export function showBuiltRows(isShown: boolean): void {
	document.getElementById("log-rows")?.toggleAttribute("hidden", !isShown);
}

const CONFLICT_ID = /^#(CF-[A-Z2-7]{10,})$/;

/** The conflict an address names behind its `#`; null: none. */
export function askedConflict(hash: string): string | null {
	return CONFLICT_ID.exec(hash)?.[1] ?? null;
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

/** Makes every `button[data-copy]` of the page work. Returns how to stop it. */
export function serveCopies(now: () => Date): () => void {
	const serve = ({ target }: MouseEvent) => {
		const button = (target as Element | null)?.closest<HTMLButtonElement>("button[data-copy]");
		if (button != null) void copy(button, now());
	};
	document.addEventListener("click", serve);
	return () => document.removeEventListener("click", serve);
}

/** `data-copy="link"`: the address of the link beside it; else: the text of the block it stands in. */
async function copy(button: HTMLButtonElement, now: Date): Promise<void> {
	const block = button.parentElement;
	const link = block?.querySelector("a");
	const source = block?.querySelector("pre");
	if (button.dataset["copy"] === "link") {
		if (link != null) say(button, await put(link.href, link));
		return;
	}
	if (source == null) return;
	// A decision is made when it is copied, not when the page was built.
	const { now: written } = source.dataset;
	if (written !== undefined) {
		const at = `${now.toISOString().slice(0, 19)}Z`;
		source.textContent = (source.textContent ?? "").replaceAll(written, at);
		source.dataset["now"] = at;
	}
	say(button, await put(source.textContent ?? "", source));
}

/** False where neither way of copying is allowed; then the text is at least selected. */
async function put(text: string, shown: Element): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		// Pages of plain http have no clipboard; what is selected can still be copied.
		const selection = getSelection();
		selection?.selectAllChildren(shown);
		// Deprecated, and all there is without https.
		const { execCommand } = document as unknown as { execCommand(command: string): boolean };
		return shown.textContent === text && execCommand.call(document, "copy");
	}
}

const SAID_MS = 2_000;

/** The button's word is replaced for a moment; its width stays (CSS), and screen readers are told. */
function say(button: HTMLButtonElement, isCopied: boolean): void {
	const word = button.dataset["word"] ?? button.textContent ?? "";
	button.dataset["word"] = word;
	button.textContent = isCopied ? "Copied" : "Ctrl+C";
	const status = document.getElementById("copy-said");
	if (status !== null) status.textContent = isCopied ? "Copied." : "Selected: copy it with Ctrl+C.";
	setTimeout(() => {
		button.textContent = word;
	}, SAID_MS);
}
