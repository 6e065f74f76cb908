// Pure. A whole number given as an option.
import { UsageError } from "#model/problem";

/** A whole number from `least` to `most`; throws UsageError on anything else. */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
	const value = Number(text);
	if (/^\d+$/.test(text) && value >= least && value <= most) return value;
	throw new UsageError(`--${name} ${text} is no whole number from ${least} to ${most}`);
}
