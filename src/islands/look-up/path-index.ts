// Pure. The tracked paths as the look-up asks for them: what is a typed path, and what was perhaps meant?
import type { PathList } from "#model/path-list";
import type { AskedPath } from "#rules/look-up";
import { createSearch, type Found } from "./search.ts";

/** What a typed path is. */
export type Placed =
	/** `files`: tracked files in a folder, `below` those of them that are listed. */
	| {
			readonly kind: "tracked";
			readonly asked: AskedPath;
			readonly files: number;
			readonly below: readonly AskedPath[];
	  }
	/** No tracked file is there; `near` is what was perhaps meant. */
	| { readonly kind: "new"; readonly asked: AskedPath; readonly near: readonly AskedPath[] }
	/** It leads out of the repository, or counts from the top of a disk. */
	| { readonly kind: "outside"; readonly near: readonly AskedPath[] };

export interface PathIndex {
	search(query: string, most: number): Found;
	place(typed: string): Placed;
}

/** Of the files in a folder, at most so many are listed. */
const MOST_BELOW = 5_000;
const MOST_NEAR = 5;

export function createPathIndex(list: PathList): PathIndex {
	const files = readFiles(list);
	const byPath = new Map(files.map((file) => [file.path, file]));
	const folders = readFolders(list);
	const search = createSearch([...files, ...folders.values()]);
	const near = (words: string) => search(words, MOST_NEAR).hits.map(({ asked }) => asked);

	/** What a path that leads elsewhere ends in: `/home/me/repo/src/x.py` is perhaps `src/x.py`. */
	const endsOf = (steps: readonly string[]): AskedPath[] => {
		for (let from = 0; from < steps.length; from++) {
			const path = steps.slice(from).join("/");
			const known = byPath.get(path) ?? folders.get(path);
			if (known !== undefined) return [known];
		}
		return near(steps.at(-1) ?? "");
	};
	const inFolder = (asked: AskedPath): Placed => {
		const start = asked.path === "" ? "" : `${asked.path}/`;
		const all = files.filter(({ path }) => path.startsWith(start));
		return { kind: "tracked", asked, files: all.length, below: all.slice(0, MOST_BELOW) };
	};

	return {
		search,
		place(typed) {
			const exact = byPath.get(typed);
			if (exact !== undefined) return { kind: "tracked", asked: exact, files: 1, below: [] };
			const { steps, isFolder, isOutside } = readTyped(typed);
			if (isOutside) return { kind: "outside", near: endsOf(steps) };
			const path = steps.join("/");
			const file = byPath.get(path);
			const isFile = file !== undefined && (file.kind === "submodule" || !isFolder);
			if (isFile) return { kind: "tracked", asked: file, files: 1, below: [] };
			const folder = path === "" ? TOP : folders.get(path);
			if (folder !== undefined) return inFolder(folder);
			return { kind: "new", asked: { path, kind: isFolder ? "folder" : "file" }, near: near(path) };
		},
	};
}

const TOP: AskedPath = { path: "", kind: "folder" };

function readFiles({ folders, pathBytes }: PathList): AskedPath[] {
	return Object.entries(folders).flatMap(([folder, names]) =>
		names.map((name): AskedPath => {
			if (name.endsWith("/")) return { path: `${folder}${name.slice(0, -1)}`, kind: "submodule" };
			const path = `${folder}${name}`;
			const bytes = pathBytes?.[path];
			return { path, kind: "file", ...(bytes === undefined ? {} : { raw: atob(bytes) }) };
		}),
	);
}

/** Every folder on the way to a file. */
function readFolders({ folders }: PathList): Map<string, AskedPath> {
	const found = new Map<string, AskedPath>();
	for (const folder of Object.keys(folders)) {
		for (let slash = folder.indexOf("/"); slash !== -1; slash = folder.indexOf("/", slash + 1)) {
			const path = folder.slice(0, slash);
			if (!found.has(path)) found.set(path, { path, kind: "folder" });
		}
	}
	return found;
}

/** A path as people type or paste it, step by step; as `npm run who` reads it at the top of the repository. */
function readTyped(typed: string): { steps: string[]; isFolder: boolean; isOutside: boolean } {
	const text = typed.trim();
	const steps: string[] = [];
	let isOutside = /^(\/|~|[A-Za-z]:[\\/])/.test(text);
	for (const step of text.split("/")) {
		if (step === "" || step === ".") continue;
		if (step !== "..") steps.push(step);
		else if (steps.pop() === undefined) isOutside = true;
	}
	return { steps, isFolder: steps.length === 0 || /(^|\/)\.{0,2}$/.test(text), isOutside };
}
