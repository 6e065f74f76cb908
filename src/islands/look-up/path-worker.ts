// Edge(browser worker). The tracked paths live here, so that typing never waits for a search over all of them; both files
// are read here.
import type { LookUpFile } from "#model/look-up";
import { createPathIndex, type PathIndex, type Placed } from "./path-index.ts";
import { readLookUp } from "./read-look-up.ts";
import { readPaths } from "./read-paths.ts";
import type { Found } from "./search.ts";

/** What the page asks; answers come in the same order. */
export type Question =
	| { readonly kind: "load"; readonly rules: ArrayBuffer; readonly paths: ArrayBuffer }
	| { readonly kind: "search"; readonly query: string; readonly most: number }
	| { readonly kind: "place"; readonly typed: string; readonly now: string };

/** What was read, or which of the two files is damaged or of another version. */
export type Loaded =
	| {
			readonly file: LookUpFile;
			/** Of the paths. */
			readonly head: string;
			readonly isRead: boolean;
	  }
	| { readonly damaged: "rules" | "paths" };

export type Reply = Loaded | Found | Placed;

let index: PathIndex | null = null;

function answer(question: Question): Reply {
	if (question.kind === "load") {
		const file = readLookUp(textOf(question.rules));
		if (file === null) return { damaged: "rules" };
		const list = readPaths(textOf(question.paths));
		if (list === null) return { damaged: "paths" };
		index = createPathIndex(list, file.data.rules);
		return { file, head: list.head, isRead: list.isRead };
	}
	if (index === null) throw new Error("asked before the paths were loaded");
	return question.kind === "search"
		? index.search(question.query, question.most)
		: index.place(question.typed, question.now);
}

function textOf(bytes: ArrayBuffer): string {
	return new TextDecoder().decode(bytes);
}

self.addEventListener("message", ({ data }: MessageEvent<Question>) => self.postMessage(answer(data)));
