// Pure. `manifest-drift`: manifests that do not agree on a dependency, an interpreter, a tool or a lock file.
import { type RawPath, showPath } from "#model/history";
import { type Difference, findDifferences, findTwoBackends, findUnlocked } from "../drift.ts";
import { type Finding, pathResource, treeOccurrence } from "../finding.ts";
import { ownersOf, type TreeDetector, type TreeSeen } from "./tree.ts";

/** Reads: manifests, and which lock files and images lie in the tree. */
export const detectManifestDrift: TreeDetector = (seen) => {
	const { manifests } = seen.facts;
	const differences = Map.groupBy(findDifferences(manifests, seen.tree), ({ ask }) => ask.name);
	return [
		...[...differences].flatMap(([name, group]) => tellDifferences(seen, name, group)),
		...findTwoBackends(manifests).flatMap(({ one, other }) =>
			tell(seen, pathResource(one.path), [
				{ ...one, detail: { is: "backend", backend: one.name, other: shown(other.path), otherBackend: other.name } },
				{ ...other, detail: { is: "backend", backend: other.name, other: shown(one.path), otherBackend: one.name } },
			]),
		),
		...findUnlocked(manifests, seen.tree).flatMap(({ path, lockElsewhere }) =>
			tell(seen, pathResource(path), [{ path, line: 0, detail: { is: "unlocked", other: shown(lockElsewhere) } }]),
		),
	];
};

interface Place {
	readonly path: RawPath;
	readonly line: number;
	readonly detail: Finding["detail"] & object;
}

function tell(seen: TreeSeen, resource: string, places: readonly Place[]): Finding[] {
	const teams = ownersOf(
		seen,
		places.map(({ path }) => path),
	);
	return places.map(({ path, line, detail }) => ({
		code: "manifest-drift",
		level: "warning",
		resource,
		actor: null,
		owner: teams.length === 1 ? (teams[0] as string) : null,
		teams,
		rule: null,
		occurrence: treeOccurrence(path, line),
		detail,
		anchor: null,
	}));
}

/** Each manifest once, beside one that it cannot go with, or else beside the first it differs from. */
function tellDifferences(seen: TreeSeen, name: string, differences: readonly Difference[]): Finding[] {
	const worst = new Map<string, Difference>();
	for (const difference of differences) {
		const key = `${difference.ask.path} ${difference.ask.line}`;
		const known = worst.get(key);
		if (known === undefined || (known.how === "floors" && difference.how === "apart")) worst.set(key, difference);
	}
	const places = [...worst.values()].map(({ ask, other, how }) => ({
		path: ask.path,
		line: ask.line,
		detail: { is: how, range: ask.range, other: shown(other.path), otherRange: other.range },
	}));
	return tell(seen, `dep:${name}`, places);
}

function shown(path: RawPath): string {
	return showPath(path).text;
}
