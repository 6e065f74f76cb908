// Pure. Which files content/ may hold, what each is, and which schema it must fit.
import { ARTEFACTS } from "#model/artefacts";
import type { contentSchemas } from "#model/content-schemas";
import { nearest } from "#model/nearest";
import type { Complaint } from "./entry.ts";

export type Kind = keyof typeof contentSchemas;

const SINGLE = ["project", "ports"] as const satisfies Kind[];
const FOLDERS = [
	"teams",
	"ownership",
	"contracts",
	"namespaces",
	"schedule",
	"claims",
	"resolutions",
	"notes",
	"guide",
] as const satisfies Kind[];

/** What a file is; `skip`: nothing of the content. */
export type FilePlace = { kind: Kind; id: string } | { skip: true } | { complaint: Complaint };

/** What a file of the content is, by its path relative to the folder; dot files are nobody's content. */
export function classify(path: string): FilePlace {
	const steps = path.split("/");
	const name = steps.at(-1)!;
	if (steps.some((step) => step.startsWith(".")) || ARTEFACTS.includes(path)) return { skip: true };
	const [stem, ending] = splitName(name);
	if (steps.length === 1) {
		const kind = SINGLE.find((single) => single === stem);
		if (kind !== undefined && isYaml(ending)) return { kind, id: stem };
		const known = [...SINGLE.map((single) => `${single}.yaml`), ...FOLDERS.map((folder) => `${folder}/`)];
		return { complaint: unknownName("file", name, known) };
	}
	const kind = FOLDERS.find((folder) => folder === steps[0]);
	if (kind === undefined) return { complaint: unknownName("file", path, []) };
	if (kind === "guide") return guidePage(steps.slice(1, -1), stem, ending);
	if (steps.length > 2)
		return { complaint: { message: `${kind}/ has no folders of its own`, hint: `Move the file to ${kind}/.` } };
	if (kind === "notes") return ending === "md" ? named(kind, stem) : wrongEnding("notes/", ".md");
	return isYaml(ending) ? named(kind, stem) : wrongEnding(`${kind}/`, ".yaml");
}

/** Whether a folder directly below content/ may be there; null: yes. */
export function complainOfFolder(path: string): Complaint | null {
	const steps = path.split("/");
	const [first] = steps;
	if (/\.(ya?ml|mdx?)$/.test(path))
		return { message: "a folder, expected a file", hint: "Rename the folder or move it away." };
	if (FOLDERS.some((folder) => folder === first)) {
		return steps.length === 1 || first === "guide"
			? null
			: { message: `${first}/ has no folders of its own`, hint: `Move its files to ${first}/.` };
	}
	return unknownName("folder", path, [...FOLDERS]);
}

/** A page's address is its path; `index` is its folder's own page, and a name with `_` is a part of other pages. */
function guidePage(folders: readonly string[], stem: string, ending: string): FilePlace {
	if (ending !== "mdx") return wrongEnding("guide/", ".mdx");
	if (stem.startsWith("_")) return { skip: true };
	const wrong = [...folders, stem].map((step) => named("guide", step)).find((place) => "complaint" in place);
	if (wrong !== undefined) return wrong;
	const steps = stem === "index" ? folders : [...folders, stem];
	return { kind: "guide", id: steps.length === 0 ? "index" : steps.join("/") };
}

function named(kind: Kind, stem: string): FilePlace {
	// Ids stand in addresses of pages; a resolution has no page, and is best called after its conflict.
	const law = kind === "resolutions" ? /^[A-Za-z0-9][A-Za-z0-9-]*$/ : /^[a-z0-9][a-z0-9-]*$/;
	if (!law.test(stem)) {
		const letters = kind === "resolutions" ? "letters" : "lower-case letters";
		const message = `the file's name is its id: expected ${letters}, digits and dashes`;
		return { complaint: { message, hint: "Rename the file." } };
	}
	if (kind !== "teams" || stem !== "coordinator") return { kind, id: stem };
	const hint = "Rename the file: the coordinator stands in project.yaml.";
	return { complaint: { message: 'no team can be called "coordinator"', hint } };
}

function splitName(name: string): [string, string] {
	const dot = name.lastIndexOf(".");
	return dot <= 0 ? [name, ""] : [name.slice(0, dot), name.slice(dot + 1)];
}

function isYaml(ending: string): boolean {
	return ending === "yaml" || ending === "yml";
}

function wrongEnding(folder: string, ending: string): FilePlace {
	return { complaint: { message: `${folder} holds ${ending} files only`, hint: "Rename the file or move it away." } };
}

function unknownName(what: string, name: string, known: readonly string[]): Complaint {
	const match = nearest(name, known);
	const hint = match === null ? "Remove it, or move it out of the content." : `Did you mean "${match}"?`;
	return { message: `unknown ${what}`, hint };
}
