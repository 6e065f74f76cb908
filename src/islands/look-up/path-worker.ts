// Edge(browser worker). The tracked paths live here, so that typing never waits for a search over all of them.
import { createPathIndex, type PathIndex, type Placed } from "./path-index.ts";
import { readPaths } from "./read-paths.ts";
import type { Found } from "./search.ts";

/** What the page asks; answers come in the same order. */
export type Question =
	| { readonly kind: "load"; readonly bytes: ArrayBuffer }
	| { readonly kind: "search"; readonly query: string; readonly most: number }
	| { readonly kind: "place"; readonly typed: string };

/** The head of a list that was read; null for one that is damaged. */
export type Loaded = { readonly head: string; readonly isRead: boolean; readonly count: number } | null;

export type Reply = Loaded | Found | Placed;

let index: PathIndex | null = null;

function answer(question: Question): Reply {
	if (question.kind === "load") {
		const list = readPaths(new TextDecoder().decode(question.bytes));
		if (list === null) return null;
		index = createPathIndex(list);
		return { head: list.head, isRead: list.isRead, count: list.count };
	}
	if (index === null) throw new Error("asked before the paths were loaded");
	return question.kind === "search" ? index.search(question.query, question.most) : index.place(question.typed);
}

self.addEventListener("message", ({ data }: MessageEvent<Question>) => self.postMessage(answer(data)));
