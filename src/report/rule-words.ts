// Pure. What an ownership rule says, in words.
import type { Rule } from "#model/ownership";

/** The rule a conflict names. Where several say the same pattern, the one in force at the instant (ISO, UTC). */
export function ruleNamed(
	rules: readonly Rule[],
	named: { readonly file: string; readonly pattern: string },
	at: string,
): Rule | null {
	const found = rules.filter(({ file, pattern }) => file === named.file && pattern === named.pattern);
	const inForce = ({ fromAt, untilAt }: Rule) =>
		(fromAt === null || at >= fromAt) && (untilAt === null || at < untilAt);
	return found.find(inForce) ?? found[0] ?? null;
}

/** `is Team A’s alone`, `is shared, high risk`, `is to be deleted, by Team A`. */
export function ruleMeaning({ mode, owner, purpose, risk }: Rule, nameOf: (id: string | null) => string): string {
	if (mode === "shared") return `is shared${risk === null ? "" : `, ${risk} risk`}`;
	return purpose === "delete" ? `is to be deleted, by ${nameOf(owner)}` : `is ${nameOf(owner)}’s alone`;
}
