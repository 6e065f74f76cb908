// Pure. Which claims hold at an instant.
import type { Claim } from "#model/agreement";

export type ClaimTime = "in force" | "coming" | "ended";

/** Both ends as the catalog resolves them: `untilAt` is the first instant at which it no longer holds. */
export function claimTime({ fromAt, untilAt }: Pick<Claim, "fromAt" | "untilAt">, at: string): ClaimTime {
	const [from, until, now] = [fromAt, untilAt, at].map(Date.parse) as [number, number, number];
	return now < from ? "coming" : now < until ? "in force" : "ended";
}

/** Those in force first, then what comes soonest, then what ended last. */
export function sortClaims<T extends Pick<Claim, "fromAt" | "untilAt">>(
	claims: readonly T[],
	at: string,
): { readonly time: ClaimTime; readonly claims: readonly T[] }[] {
	const order: readonly ClaimTime[] = ["in force", "coming", "ended"];
	return order.map((time) => ({
		time,
		claims: claims
			.filter((claim) => claimTime(claim, at) === time)
			.sort((a, b) =>
				time === "in force"
					? Date.parse(a.untilAt) - Date.parse(b.untilAt)
					: time === "coming"
						? Date.parse(a.fromAt) - Date.parse(b.fromAt)
						: Date.parse(b.untilAt) - Date.parse(a.untilAt),
			),
	}));
}
