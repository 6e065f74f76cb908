// Browser. What the search answers, loaded when it is first opened. Plain JavaScript: it is served as it stands, so that no page pays for a loader.

/**
 * @typedef {{ url: string, title: string, excerpt: Node[] }} Answer
 * @typedef {{ url: string, meta: { title?: string }, excerpt: string }} Found `excerpt`: text with `<mark>` around hits, entities for the rest
 * @typedef {{ debouncedSearch(words: string): Promise<{ results: { data(): Promise<Found> }[] } | null> }} Pagefind
 * @typedef {{ bundle: string, dialog: HTMLElement, input: HTMLInputElement, state: HTMLElement, list: HTMLElement }} Parts
 */

const SHOWN = 12;

/**
 * Answers what is typed, what stands there already too. `bundle` is the address of Pagefind's index and engine.
 * @param {Parts} parts
 */
export function bindResults({ bundle, dialog, input, state, list }) {
	const base = bundle.replace(/\/pagefind\/.*$/, "");
	/** @type {Promise<Pagefind> | undefined} */
	let engine;
	let turn = 0;
	const search = async () => {
		const mine = ++turn;
		const words = input.value.trim();
		const direct = directAnswers(words, base).map(entry);
		if (words === "" || direct.length > 0) list.replaceChildren(...direct);
		if (words === "") {
			state.textContent = "";
			return;
		}
		try {
			engine ??= import(bundle);
			const answer = await (await engine).debouncedSearch(words);
			const found = await Promise.all((answer?.results ?? []).slice(0, SHOWN).map((result) => result.data()));
			// Something else was typed meanwhile.
			if (answer === null || mine !== turn) return;
			if (direct.length === 0) list.replaceChildren();
			list.append(...found.map(pageAnswer).map(entry));
			const total = answer.results.length;
			const nothing = direct.length === 0 ? "Nothing" : "Nothing else";
			state.textContent =
				total === 0 ? `${nothing} found for “${words}”.` : `${total} ${total === 1 ? "page" : "pages"} found`;
		} catch {
			engine = undefined;
			if (mine === turn) state.textContent = "The search index could not be loaded.";
		}
	};
	input.addEventListener("input", search);
	dialog.addEventListener("keydown", (event) => {
		const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
		const stops = [input, ...list.querySelectorAll("a")];
		const at = stops.indexOf(/** @type {HTMLInputElement} */ (document.activeElement));
		const next = stops[at + step];
		if (step === 0 || at === -1 || next === undefined) return;
		event.preventDefault();
		next.focus();
	});
	search();
}

/**
 * What needs no index: a conflict by its id, and whose a file is.
 * @param {string} words
 * @param {string} base of the site, without a slash at its end
 * @returns {Answer[]}
 */
function directAnswers(words, base) {
	if (/^cf-[a-z2-7]{10,}$/i.test(words)) {
		const id = words.toUpperCase();
		return [direct(`${base}/conflicts/#${id}`, `Conflict ${id}`, "Where it stands in the log, or that it does not.")];
	}
	const isFile = /^[^\s@*?"<>|]+$/.test(words) && !words.includes("://") && /\/|\w\.\w{1,10}$/.test(words);
	if (!isFile) return [];
	const address = `${base}/may-i/?path=${encodeURIComponent(words)}`;
	return [direct(address, `May I change ${words}?`, "Whose file it is, and what each team may do.")];
}

/**
 * @param {string} url
 * @param {string} title
 * @param {string} text
 * @returns {Answer}
 */
function direct(url, title, text) {
	return { url, title, excerpt: [document.createTextNode(text)] };
}

/**
 * An excerpt as text and `<mark>` nodes only: text of an audited repository never becomes markup here.
 * @param {Found} found
 * @returns {Answer}
 */
function pageAnswer({ url, meta, excerpt }) {
	const text = new DOMParser().parseFromString(excerpt, "text/html").body;
	const nodes = Array.from(text.childNodes, (node) => {
		if (node.nodeName !== "MARK") return document.createTextNode(node.textContent ?? "");
		const mark = document.createElement("mark");
		mark.textContent = node.textContent;
		return mark;
	});
	return { url, title: meta.title ?? url, excerpt: nodes };
}

/**
 * @param {Answer} answer
 * @returns {HTMLElement}
 */
function entry({ url, title, excerpt }) {
	const one = document.createElement("li");
	const link = document.createElement("a");
	link.href = url;
	const name = document.createElement("b");
	name.textContent = title;
	const words = document.createElement("span");
	words.append(...excerpt);
	link.append(name, words);
	one.append(link);
	return one;
}
