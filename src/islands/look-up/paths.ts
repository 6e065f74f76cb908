// Edge(browser). The page's side of the worker that holds the tracked paths.
import type { LookUpFile } from "#model/look-up";
import type { Placed } from "./path-index.ts";
import type { Loaded, Question, Reply } from "./path-worker.ts";
import type { Found } from "./search.ts";

export interface Paths {
	readonly file: LookUpFile;
	/** Of the list of paths. */
	readonly head: string;
	/** False: the tree could not be read, and no path is known. */
	readonly isRead: boolean;
	search(query: string, most: number): Promise<Found>;
	place(typed: string, now: string): Promise<Placed>;
	close(): void;
}

/**
 * Hands the bytes of both files to a worker of its own; names the one that is damaged. Rejects where the worker cannot run,
 * or has not begun in `mostMs`. What it is asked later is rejected where it fails.
 */
export async function openPaths(
	rules: ArrayBuffer,
	paths: ArrayBuffer,
	mostMs: number,
): Promise<Paths | { readonly damaged: "rules" | "paths" }> {
	const worker = new Worker(new URL("./path-worker.ts", import.meta.url), { type: "module" });
	const waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void }[] = [];
	const fail = (why: string) => {
		for (const { reject } of waiting.splice(0)) reject(new Error(why));
	};
	worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => waiting.shift()?.resolve(data));
	worker.addEventListener("messageerror", () => fail("an answer of the worker could not be read"));
	worker.addEventListener("error", (event) => {
		event.preventDefault();
		fail(event.message || "the worker could not run");
	});
	const ask = <T extends Reply>(question: Question, hand: Transferable[] = []) =>
		new Promise<T>((resolve, reject) => {
			waiting.push({ resolve: resolve as (reply: Reply) => void, reject });
			worker.postMessage(question, hand);
		});
	const late = setTimeout(() => fail("the worker did not begin"), mostMs);
	try {
		const loaded = await ask<Loaded>({ kind: "load", rules, paths }, [rules, paths]);
		if ("damaged" in loaded) {
			worker.terminate();
			return loaded;
		}
		return {
			...loaded,
			search: (query, most) => ask<Found>({ kind: "search", query, most }),
			place: (typed, now) => ask<Placed>({ kind: "place", typed, now }),
			close: () => worker.terminate(),
		};
	} catch (error) {
		worker.terminate();
		throw error;
	} finally {
		clearTimeout(late);
	}
}
