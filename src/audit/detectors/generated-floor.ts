// Pure. `generated-floor`: generated code needs a newer package than the manifest it is installed by asks for.
import { type RawPath, showPath } from "#model/history";
import type { GeneratedCode, Manifest, Requirement } from "#model/tree-facts";
import { type Finding, treeOccurrence } from "../finding.ts";
import { folderOf, foldersUp, isFetched } from "../folders.ts";
import { canMeet, compareVersions } from "../versions.ts";
import { ownersOf, type TreeDetector, type TreeSeen } from "./tree.ts";

interface Need extends GeneratedCode {
	readonly path: RawPath;
}

/** A manifest that admits what the code does not work with. */
interface Gap {
	readonly need: Need;
	readonly manifest: RawPath;
	readonly requirement: Requirement;
	/** Whether it admits nothing that the code works with. */
	readonly isClosed: boolean;
	/**
	 * A note where any version is asked for, for the newest is installed unless something holds it back; and where the code
	 * only says what it was made with: it may run beside an older one.
	 */
	readonly level: Finding["level"];
}

/**
 * Reads: versions in generated Python, ranges in the Python manifests of the nearest folder above it that has some. A
 * manifest that does not name the package is left alone: another one may bring it.
 */
export const detectGeneratedFloor: TreeDetector = (seen) => {
	const governing = governors(seen.facts.manifests);
	const gaps = [...strictest(needsOf(seen), governing)].flatMap((need) => gapsOf(need, governing(folderOf(need.path))));
	return [...Map.groupBy(gaps, ({ need }) => need.package)].flatMap(([name, group]) => findingsOf(seen, name, group));
};

function needsOf({ facts, tree }: TreeSeen): Need[] {
	return tree.flatMap(({ path }) =>
		isFetched(path) ? [] : (facts.generated.get(path) ?? []).map((code) => ({ ...code, path })),
	);
}

type Governors = (folder: string) => readonly (readonly [RawPath, Manifest])[];

/** The Python manifests that decide what is installed for what lies in a folder. */
function governors(manifests: ReadonlyMap<RawPath, Manifest>): Governors {
	const python = [...manifests].filter(
		([, { ecosystem, requirements }]) => ecosystem === "python" && requirements.length > 0,
	);
	const byFolder = Map.groupBy(python, ([path]) => folderOf(path));
	return (folder) =>
		foldersUp(folder)
			.map((up) => byFolder.get(up))
			.find((found) => found !== undefined) ?? [];
}

/** Of the code below one folder of manifests, and of one package, the first file that needs the newest. */
function strictest(needs: readonly Need[], governing: Governors): Iterable<Need> {
	const most = new Map<string, Need>();
	for (const need of needs) {
		const [manifest] = governing(folderOf(need.path));
		if (manifest === undefined) continue;
		const key = `${need.package} ${folderOf(manifest[0])}`;
		const known = most.get(key);
		if (known === undefined || compareVersions(need.atLeast, known.atLeast) > 0) most.set(key, need);
	}
	return most.values();
}

function gapsOf(need: Need, manifests: readonly (readonly [RawPath, Manifest])[]): Gap[] {
	// A list that a tool wrote from the others decides: what those admit is not what is installed.
	const decided = manifests.filter(([, { isLock, requirements }]) => isLock && requirements.some(isMeant));
	return (decided.length > 0 ? decided : manifests).flatMap(([manifest, { requirements }]) =>
		requirements.filter(isMeant).flatMap((requirement): Gap[] => {
			const isOpenBelow = canMeet(requirement.range, `<${need.atLeast}`, "python");
			if (isOpenBelow !== true) return [];
			const isClosed = canMeet(requirement.range, `>=${need.atLeast}`, "python") === false;
			const isMild = requirement.range === "" || !need.isChecked;
			const level = isClosed ? "error" : isMild ? "note" : "warning";
			return [{ need, manifest, requirement, isClosed, level }];
		}),
	);

	function isMeant({ name, isConditional }: Requirement): boolean {
		return name === need.package && !isConditional;
	}
}

function findingsOf(seen: TreeSeen, name: string, gaps: readonly Gap[]): Finding[] {
	const teams = ownersOf(
		seen,
		gaps.flatMap(({ need, manifest }) => [need.path, manifest]),
	);
	const make = (path: RawPath, line: number, level: Finding["level"], detail: Finding["detail"] & object): Finding => ({
		code: "generated-floor",
		level,
		resource: `dep:${name}`,
		actor: null,
		owner: teams.length === 1 ? (teams[0] as string) : null,
		teams,
		rule: null,
		occurrence: treeOccurrence(path, line),
		detail,
		anchor: null,
	});
	return [
		...gaps.map(({ need, level }) =>
			make(need.path, need.line, level, { is: "code", version: need.atLeast, isChecked: need.isChecked }),
		),
		...gaps.map(({ need, manifest, requirement, isClosed, level }) =>
			make(manifest, requirement.line, level, {
				is: "manifest",
				range: requirement.range,
				version: need.atLeast,
				isClosed,
				code: showPath(need.path).text,
			}),
		),
	];
}
