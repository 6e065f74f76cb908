// Edge(DOM). Buttons that copy: of the log, the guide's code, and texts to be put into files.

/** Makes every `button[data-copy]` of the page work. Returns how to stop it. */
export function serveCopies(now: () => Date): () => void {
	const serve = (event: MouseEvent) => {
		const button = (event.target as Element | null)?.closest<HTMLButtonElement>("button[data-copy]");
		// The log and the page it is embedded in may both serve: the first does.
		if (button == null || event.defaultPrevented) return;
		event.preventDefault();
		void copy(button, now());
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
		if (link != null) say(button, await copyText(link.href, link));
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
	say(button, await copyText(source.textContent ?? "", source));
}

/** Puts a text on the clipboard. False where neither way of copying is allowed; then the text is at least selected. */
export async function copyText(text: string, shown: Element): Promise<boolean> {
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
	voice().textContent = isCopied ? "Copied." : "Selected: copy it with Ctrl+C.";
	setTimeout(() => {
		button.textContent = word;
	}, SAID_MS);
}

/** The line by which screen readers are told; made when it is first needed. */
function voice(): HTMLElement {
	const there = document.getElementById("copy-said");
	if (there !== null) return there;
	const made = document.createElement("p");
	made.id = "copy-said";
	made.className = "sr-only";
	made.setAttribute("role", "status");
	document.body.append(made);
	return made;
}
