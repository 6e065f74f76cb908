// Pure. What ranges of versions admit, by the rules of their ecosystem: PEP 440, or npm's semver.
import * as pep440 from "@renovatebot/pep440";
import type { Pep440Constraint as Constraint } from "@renovatebot/pep440/lib/shared.js";
import { parse as parseRange } from "@renovatebot/pep440/lib/specifier.js";
import intersects from "semver/ranges/intersects.js";
import validRange from "semver/ranges/valid.js";

type Ecosystem = "python" | "npm";

/** Whether some version lies in both ranges; null where one of them is no range of versions (an address, a tag, a typo). */
export function canMeet(a: string, b: string, ecosystem: Ecosystem): boolean | null {
	if (ecosystem === "npm") {
		if (validRange(a) === null || validRange(b) === null) return null;
		return intersects(a, b, { includePrerelease: true });
	}
	const parsed = [parse(a), parse(b)];
	if (parsed.includes(null)) return null;
	const bounds = readBounds(parsed.flatMap((range) => range ?? []));
	if (bounds !== null) return isStretch(bounds);
	const both = [a, b].filter((range) => range.trim() !== "").join(",");
	return both === "" || candidates(parsed.flatMap((range) => range ?? [])).some((version) => isIn(version, both));
}

/** The least version that a range of PEP 440 names from below, as it is written; null: it has none, or is no range. */
export function floorOf(range: string): string | null {
	const named = (parse(range) ?? []).filter(({ operator }) => FROM_BELOW.has(operator)).map(({ version }) => version);
	return named.reduce<string | null>((most, each) => (most === null || pep440.gt(each, most) ? each : most), null);
}

const FROM_BELOW = new Set([">=", ">", "~=", "==", "==="]);

/** Of two versions of PEP 440: below 0, equal to 0, above 0, as for a sort. */
export function compareVersions(a: string, b: string): number {
	return pep440.compare(a, b);
}

/** Whether a range of PEP 440 decides on one version. */
export function isPin(range: string): boolean {
	return (parse(range) ?? []).some(({ operator, prefix }) => operator === "===" || (operator === "==" && !prefix));
}

/** Parts of the longest range that anybody writes; the time to compare two grows with the square. */
const MAX_CONSTRAINTS = 10;

/** Null for what PEP 440 does not know; also for versions so long that nobody means them. */
function parse(range: string): readonly Constraint[] | null {
	if (range.length > 200) return null;
	// The library's declaration does not say that it answers null.
	const parsed = parseRange(range) as Constraint[] | null;
	if (parsed !== null && parsed.length > MAX_CONSTRAINTS) return null;
	return parsed?.every(({ version }) => pep440.valid(version) !== null) ? parsed : null;
}

interface Bounds {
	readonly low: Constraint | null;
	readonly high: Constraint | null;
}

/** Of plain ranges (`>=1.2,<2`), which most are; null for all others. */
function readBounds(constraints: readonly Constraint[]): Bounds | null {
	if (!constraints.every(({ operator, version }) => /^[<>]=?$/.test(operator) && /^\d+(\.\d+)*$/.test(version)))
		return null;
	const narrowest = (sign: "<" | ">") =>
		constraints
			.filter(({ operator }) => operator.startsWith(sign))
			.reduce<Constraint | null>((best, each) => (best === null || isNarrower(each, best) ? each : best), null);
	return { low: narrowest(">"), high: narrowest("<") };
}

/** Of two bounds on one side; where they name one version, the one that leaves it out. */
function isNarrower(one: Constraint, other: Constraint): boolean {
	const order = pep440.compare(one.version, other.version) * (one.operator.startsWith(">") ? 1 : -1);
	return order > 0 || (order === 0 && one.operator.length < other.operator.length);
}

/** Whether a version lies between: between two that differ there is always one. */
function isStretch({ low, high }: Bounds): boolean {
	if (high === null) return true;
	if (low === null) return high.operator === "<=" || pep440.gt(high.version, "0");
	const order = pep440.compare(low.version, high.version);
	return order < 0 || (order === 0 && low.operator === ">=" && high.operator === "<=");
}

function isIn(version: string, range: string): boolean {
	return pep440.satisfies(version, range, { prereleases: true });
}

/**
 * Versions among which one lies in the constraints if any does at all: what they admit is made of stretches that begin
 * at 0, at a version they name, right above one, or at the first version past one that is named with `.*` or `~=`.
 */
function candidates(constraints: readonly Constraint[]): string[] {
	const named = constraints.flatMap(({ version }) => {
		const explained = pep440.explain(version);
		if (explained === null) return [];
		const { epoch, release } = explained;
		const write = (numbers: readonly number[]) => `${epoch === 0 ? "" : `${epoch}!`}${numbers.join(".")}`;
		const moved = (at: number) => [...release.slice(0, at), (release[at] as number) + 1];
		const past = release.map((_, at) => write(moved(at)));
		return [version, write(release), write([...release, 0, 0, 1]), ...past];
	});
	return ["0", ...named];
}
