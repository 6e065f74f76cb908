// Browser. The search dialog over Pagefind's index; the index and its engine are fetched when it is first opened.

interface Found {
	readonly url: string;
	readonly meta: { readonly title?: string };
	/** Plain text with `<mark>` around hits and entities for the rest. */
	readonly excerpt: string;
}

interface Pagefind {
	debouncedSearch(words: string): Promise<{ results: { data(): Promise<Found> }[] } | null>;
}

const SHOWN = 12;

/** Makes the search button of the page work. Without script the button stays disabled. */
export function bindSearch(page: Document): void {
	const root = page.querySelector<HTMLElement>(".search");
	const open = root?.querySelector<HTMLButtonElement>(".search-open");
	const dialog = root?.querySelector("dialog");
	const input = root?.querySelector("input");
	const state = root?.querySelector<HTMLElement>(".search-state");
	const list = root?.querySelector<HTMLElement>(".search-results");
	if (!root || !open || !dialog || !input || !state || !list) return;
	let engine: Promise<Pagefind> | undefined;
	const show = () => {
		engine ??= import(/* @vite-ignore */ root.dataset.bundle ?? "");
		dialog.showModal();
		input.select();
	};
	const search = async () => {
		const words = input.value.trim();
		if (words === "") {
			list.replaceChildren();
			state.textContent = "";
			return;
		}
		try {
			const answer = await (await engine)?.debouncedSearch(words);
			if (!answer) return;
			const found = await Promise.all(answer.results.slice(0, SHOWN).map((result) => result.data()));
			if (input.value.trim() !== words) return;
			list.replaceChildren(...found.map((one) => item(page, one)));
			const total = answer.results.length;
			state.textContent =
				total === 0 ? `Nothing found for “${words}”.` : `${total} ${total === 1 ? "page" : "pages"} found`;
		} catch {
			state.textContent = "The search index could not be loaded.";
		}
	};
	open.disabled = false;
	open.addEventListener("click", show);
	input.addEventListener("input", search);
	dialog.addEventListener("click", (event) => {
		const target = event.target as Element;
		if (target === dialog || target.closest("a")) dialog.close();
	});
	page.addEventListener("keydown", (event) => {
		if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
			event.preventDefault();
			if (dialog.open) dialog.close();
			else show();
		}
	});
	// Enter opens the first result instead of closing the dialog.
	dialog.querySelector("form")?.addEventListener("submit", (event) => {
		if ((event as SubmitEvent).submitter?.classList.contains("search-close") && page.activeElement !== input) return;
		event.preventDefault();
		list.querySelector<HTMLAnchorElement>("a")?.click();
	});
}

function item(page: Document, found: Found): HTMLElement {
	const entry = page.createElement("li");
	const link = page.createElement("a");
	link.href = found.url;
	const title = page.createElement("b");
	title.textContent = found.meta.title ?? found.url;
	const excerpt = page.createElement("span");
	excerpt.append(...marked(page, found.excerpt));
	link.append(title, excerpt);
	entry.append(link);
	return entry;
}

/** An excerpt as text and `<mark>` nodes only: text of an audited repository never becomes markup here. */
function marked(page: Document, excerpt: string): Node[] {
	const text = new DOMParser().parseFromString(excerpt, "text/html").body;
	return Array.from(text.childNodes, (node) => {
		if (node.nodeName !== "MARK") return page.createTextNode(node.textContent ?? "");
		const mark = page.createElement("mark");
		mark.textContent = node.textContent;
		return mark;
	});
}
