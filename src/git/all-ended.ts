// Pure. Waits for several things that were started at once.

/** What all of them give, or the first error in their order; only when all have ended, so that their room may be closed. */
export async function allEnded<T extends readonly unknown[]>(
	started: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
	const outcomes = await Promise.allSettled(started);
	return outcomes.map((outcome) => {
		if (outcome.status === "rejected") throw outcome.reason;
		return outcome.value;
	}) as { -readonly [K in keyof T]: Awaited<T[K]> };
}
