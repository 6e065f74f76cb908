// Edge(clock). A store that is slow or fails: given up after a time, and said in words that name no path of this machine.

/** What `work` gives; throws when that takes longer than `ms`. What it does after that is its own affair. */
export async function within<T>(work: Promise<T>, ms: number): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(`no answer in ${ms / 1000} s`)), ms);
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}

/** Why, for readers: the code of the system where there is one, because its sentences name files; logs get the sentence. */
export function shortReason(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return (error as NodeJS.ErrnoException).code ?? error.message;
}
