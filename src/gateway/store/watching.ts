// Edge(clock). Looks at something again and again, one look after the other.
import type { OnTrouble, StopWatching } from "./store.ts";

/** Looks at once and then `everyMs` after each look has ended; tells of looks that fail, once, and that they do no longer. */
export function lookEvery(everyMs: number, look: () => Promise<void>, trouble: OnTrouble): StopWatching {
	let isStopped = false;
	let timer: NodeJS.Timeout | undefined;
	let failing: string | null = null;
	const loop = async () => {
		try {
			await look();
			if (failing !== null && !isStopped) trouble(null);
			failing = null;
		} catch (error) {
			const { message } = error as Error;
			if (failing !== message && !isStopped) trouble(error as Error);
			failing = message;
		}
		if (!isStopped) timer = setTimeout(loop, everyMs).unref();
	};
	void loop();
	return () => {
		isStopped = true;
		clearTimeout(timer);
	};
}
