// Pure. The words of `manifest-drift`.
import type { ConflictFacts, Detail } from "#model/conflict-facts";
import { visible } from "#model/visible";
import { plural } from "../plural.ts";
import type { DetectorWords } from "./words.ts";

export const manifestDrift: DetectorWords = {
	title: "Manifests that do not agree",
	fires:
		"Manifests of one folder (pyproject.toml, setup.py, setup.cfg, requirements) ask for different least versions of one dependency or of Python, or for versions that exclude each other; Python packages that are installed together (members of a workspace, or packages without a lock file or an image of their own) ask for versions of which none satisfies all; packages of one npm workspace ask for versions of Node (`engines`) that exclude each other; two manifests of one folder name different build back ends; or an application has no lock file while another of the tree has one. Different least versions in different folders, extras and groups are no finding.",
	reads:
		"pyproject.toml, setup.py, requirements files and package.json, the lock files beside them, and whether a Dockerfile lies there.",
	why: "Which version is installed depends on which file somebody installs from: what works for one team fails for the other, and no test shows it. Where no version satisfies both, they cannot be installed together at all.",
	cure: "Keep one manifest a package and delete what it replaces, or give all the same range. Where two packages need versions that exclude each other, agree on one, or install them apart.",
	example: "pyproject.toml asks for Python >=3.13, setup.py beside it for >=3.9.",
	silence:
		"Where one of the files is kept for a tool that needs it and is never installed from, record that in a resolution (`overridden`) in content/resolutions/.",
	explain: (conflict) => {
		const { resource, occurrences } = conflict;
		const details = occurrences.map(({ facts }) => describe(facts));
		const kinds = new Set(occurrences.map(({ facts }) => facts?.["is"]));
		const name = visible(resource.replace(/^[a-z]+:/, ""));
		if (kinds.has("unlocked") && kinds.size === 1) {
			return {
				message: `${name} has no lock file, though it is an application and ${of(conflict, "other")} locks another.`,
				hint: "Commit the lock file that its tool writes, so that everybody installs the same versions.",
				details,
			};
		}
		if (kinds.has("backend")) {
			return {
				message: `${name} is built by ${of(conflict, "backend")}, and ${of(conflict, "other")} beside it says ${of(conflict, "otherBackend")}.`,
				hint: "Keep the file of the tool that builds the package, and delete the other.",
				details,
			};
		}
		const files = new Set(occurrences.map(({ path }) => path)).size;
		const thing = name === "python" ? "Python" : name === "node" ? "Node" : name;
		return {
			message: kinds.has("apart")
				? `${plural(files, "manifest")} ask for versions of ${thing} that exclude each other.`
				: `${plural(files, "manifest")} ask for another least version of ${thing} than one in the same folder.`,
			hint: "Give all of them one range, or keep one manifest a package.",
			details,
		};
	},
};

/** What the first occurrence says under a key. */
function of({ occurrences }: ConflictFacts, key: string): string {
	return text(occurrences[0]?.facts, key);
}

function describe(facts: Detail | undefined): string {
	const other = text(facts, "other");
	switch (facts?.["is"]) {
		case "unlocked":
			return `no lock file; there is ${other}`;
		case "backend":
			return `is built by ${text(facts, "backend")}`;
		case "apart":
			return `asks for ${text(facts, "range")}; ${other} for ${text(facts, "otherRange")}: no version is in both`;
		default:
			return `asks for ${text(facts, "range")}; ${other} for ${text(facts, "otherRange")}`;
	}
}

function text(facts: Detail | undefined, key: string): string {
	return visible(String(facts?.[key] ?? ""));
}
