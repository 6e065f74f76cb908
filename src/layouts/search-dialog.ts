// Browser. The search dialog: opened, closed and led on from; what it answers is fetched when it is first opened (search-results.js).

/** Makes the search button of the page work. Without script the button stays disabled. */
export function bindSearch(page: Document): void {
	const root = page.querySelector<HTMLElement>(".search");
	const open = root?.querySelector<HTMLButtonElement>(".search-open");
	const dialog = root?.querySelector("dialog");
	const input = root?.querySelector("input");
	const state = root?.querySelector<HTMLElement>(".search-state");
	const list = root?.querySelector<HTMLElement>(".search-results");
	if (!root || !open || !dialog || !input || !state || !list) return;
	let isAnswering = false;
	const answer = async () => {
		isAnswering = true;
		const { bundle = "", results = "" } = root.dataset;
		try {
			(await import(/* @vite-ignore */ results)).bindResults({ bundle, dialog, input, state, list });
		} catch {
			isAnswering = false;
			state.textContent = "The search could not be loaded.";
		}
	};
	const show = () => {
		dialog.showModal();
		input.select();
		if (!isAnswering) answer();
	};
	open.disabled = false;
	open.addEventListener("click", show);
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
