// Edge(network). The index of the log, and the stories that other pages of it hold; each asked for once, again after a failure.
import { type ConflictIndex, type ListedRow, readIndex } from "./index-file.ts";

export interface LoadedIndex {
	readonly rows: readonly ListedRow[];
	/** Digest of the log it was made from. */
	readonly log: string;
}

const SLOW_MS = 20_000;

/** Loads the index. Rejects with an Error whose message says in a few words what failed. */
export async function loadIndex(address: string): Promise<LoadedIndex> {
	const answer = await ask(address);
	try {
		const index = (await answer.json()) as ConflictIndex;
		return { rows: readIndex(index), log: index.log };
	} catch {
		throw new Error("what came is no index this page can read");
	}
}

export interface Stories {
	/** What the row holds that has the conflict in it, as nodes of this document without ids. Rejects like `loadIndex`. */
	read(page: number, conflict: string): Promise<DocumentFragment>;
}

/** `here` is the page this document is, `hrefOf` the address of each. */
export function createStories(here: number, hrefOf: (page: number) => string): Stories {
	const pages = new Map<number, Promise<Document>>([[here, Promise.resolve(document)]]);
	const pageOf = (number: number): Promise<Document> => {
		const known = pages.get(number);
		if (known !== undefined) return known;
		const asked = ask(hrefOf(number))
			.then((answer) => answer.text())
			.then((html) => new DOMParser().parseFromString(html, "text/html"));
		asked.catch(() => pages.delete(number));
		pages.set(number, asked);
		return asked;
	};
	return {
		async read(number, conflict) {
			const page = await pageOf(number);
			const body = page.getElementById(conflict)?.closest(".conflict")?.querySelector(".conflict-body");
			if (body == null) throw new Error("the log was built anew meanwhile: load this page again");
			const nodes = document.createDocumentFragment();
			for (const node of body.childNodes) nodes.append(document.importNode(node, true));
			for (const one of nodes.querySelectorAll("[id]")) {
				(one as HTMLElement).dataset["id"] = one.id;
				one.removeAttribute("id");
			}
			return nodes;
		},
	};
}

async function ask(address: string): Promise<Response> {
	let answer: Response;
	try {
		answer = await fetch(address, { signal: AbortSignal.timeout(SLOW_MS) });
	} catch (error) {
		const isSlow = error instanceof DOMException && error.name === "TimeoutError";
		throw new Error(isSlow ? `no answer within ${SLOW_MS / 1000} s` : "the server cannot be reached");
	}
	if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
	return answer;
}
