// Edge(browser). The page's side of the worker that holds the tracked paths.
import type { Placed } from "./path-index.ts";
import type { Loaded, Question, Reply } from "./path-worker.ts";
import type { Found } from "./search.ts";

export interface Paths {
	readonly head: string;
	/** False: the tree could not be read, and no path is known. */
	readonly isRead: boolean;
	readonly count: number;
	search(query: string, most: number): Promise<Found>;
	place(typed: string): Promise<Placed>;
	close(): void;
}

/** Hands the bytes of the list to a worker of its own; null for a damaged list. Rejects where the worker cannot run. */
export async function openPaths(bytes: ArrayBuffer): Promise<Paths | null> {
	const worker = new Worker(new URL("./path-worker.ts", import.meta.url), { type: "module" });
	const waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void }[] = [];
	worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => waiting.shift()?.resolve(data));
	worker.addEventListener("error", (event) => {
		event.preventDefault();
		for (const { reject } of waiting.splice(0)) reject(new Error(event.message || "the worker could not run"));
	});
	const ask = <T extends Reply>(question: Question, hand: Transferable[] = []) =>
		new Promise<T>((resolve, reject) => {
			waiting.push({ resolve: resolve as (reply: Reply) => void, reject });
			worker.postMessage(question, hand);
		});
	const loaded = await ask<Loaded>({ kind: "load", bytes }, [bytes]);
	if (loaded === null) {
		worker.terminate();
		return null;
	}
	return {
		...loaded,
		search: (query, most) => ask<Found>({ kind: "search", query, most }),
		place: (typed) => ask<Placed>({ kind: "place", typed }),
		close: () => worker.terminate(),
	};
}
