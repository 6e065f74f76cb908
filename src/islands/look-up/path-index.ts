// Pure. The tracked paths as the look-up asks for them: what is a typed path, and what was perhaps meant?
import { rawPath } from "#model/history";
import type { Rule } from "#model/ownership";
import type { PathList } from "#model/path-list";
import { type AskedPath, createJudge } from "#rules/look-up";
import { compilePattern, matchesFile } from "#rules/pattern";
import type { Verdict } from "#rules/ruleset";
import { findNearMisses, type Miss } from "./near-miss.ts";
import { isElsewhere, type Reading, readAddress, readingsOf, readSteps, type Understood } from "./read-typed.ts";
import { createSearch, type Found, makeSearchable } from "./search.ts";

/** Files of one owner; `owner` is the id of a team, or null for the other kinds. */
export interface OwnedFiles {
	readonly kind: Verdict["kind"];
	readonly owner: string | null;
	readonly files: number;
}

/** What a typed path is. */
export type Placed =
	/** `files`: tracked files in a folder; `owners`: whose they are, most first; empty for a file. */
	| {
			readonly kind: "tracked";
			readonly asked: AskedPath;
			readonly understood: readonly Understood[];
			readonly files: number;
			readonly owners: readonly OwnedFiles[];
	  }
	/** No tracked file is there. `miss`: `near` are so like it that one of them is probably meant; null: they are only like it. */
	| {
			readonly kind: "new";
			readonly asked: AskedPath;
			readonly understood: readonly Understood[];
			readonly miss: Miss | null;
			readonly near: readonly AskedPath[];
	  }
	/** It leads out of the repository, or counts from the top of a disk; an address; a pattern that `matching` files match. */
	| { readonly kind: "outside" | "address"; readonly near: readonly AskedPath[] }
	| { readonly kind: "pattern"; readonly matching: number; readonly near: readonly AskedPath[] };

export interface PathIndex {
	search(query: string, most: number): Found;
	/** `now`: the instant owners are told for (ISO, UTC). */
	place(typed: string, now: string): Placed;
}

const MOST_NEAR = 5;

export function createPathIndex(list: PathList, rules: readonly Rule[]): PathIndex {
	const files = readFiles(list);
	const byPath = new Map(files.map((file) => [file.path, file]));
	const folders = readFolders(list);
	const searchable = makeSearchable([...files, ...folders.values()]);
	const search = createSearch(searchable);
	const judge = createJudge(rules);
	const near = (words: string) => search(words, MOST_NEAR).hits.map(({ asked }) => asked);

	const knownAt = (path: string, isFolder: boolean): AskedPath | undefined => {
		const file = byPath.get(path);
		if (file !== undefined && (file.kind === "submodule" || !isFolder)) return file;
		return path === "" ? TOP : folders.get(path);
	};
	/** A name with a slash behind it is a folder's; spaces and all else are its own. */
	const knownAs = (typed: string) => knownAt(typed.replace(/\/+$/, ""), typed.endsWith("/"));
	const isInTracked = (path: string) => path.includes("/") && folders.has(path.slice(0, path.lastIndexOf("/")));
	const beginsTracked = (typed: string) => /^[^/]+\//.test(typed) && folders.has(typed.slice(0, typed.indexOf("/")));

	/** What a path that leads elsewhere ends in: `/home/me/repo/src/x.py` is perhaps `src/x.py`. */
	const endsOf = (names: readonly string[]): AskedPath[] => {
		for (let from = 0; from < names.length; from++) {
			const known = knownAt(names.slice(from).join("/"), false);
			if (known !== undefined) return [known];
		}
		return near(names.at(-1) ?? "");
	};
	const tracked = (asked: AskedPath, understood: readonly Understood[], now: string): Placed => {
		if (asked.kind !== "folder") return { kind: "tracked", asked, understood, files: 1, owners: [] };
		const start = asked.path === "" ? "" : `${asked.path}/`;
		const below = files.filter(({ path }) => path.startsWith(start));
		const owners = countOwners(below, (file) => judge(file, now));
		return { kind: "tracked", asked, understood, files: below.length, owners };
	};
	const placeAddress = ({ paths, last }: { paths: readonly string[]; last: string }, now: string): Placed => {
		const known = paths.map(knownAs).filter((asked) => asked !== undefined && asked !== TOP) as AskedPath[];
		const [only] = known;
		if (only !== undefined && known.length === 1) return tracked(only, ["address"], now);
		const like = last.includes(".") ? near(last) : [];
		return { kind: "address", near: known.length > 0 ? known.slice(0, MOST_NEAR) : like };
	};
	const placeNew = ({ text, understood }: Reading): Placed => {
		const { names, isFolder } = readSteps(text);
		const path = names.join("/");
		const misses = findNearMisses(path, searchable, isInTracked(path), MOST_NEAR);
		const like = misses?.paths ?? near(path);
		// A word of the search, typed without choosing what it found.
		const isWord = /^[^/.]+$/.test(path) && like.length > 0;
		const miss = misses?.why ?? (isWord ? "like" : null);
		return { kind: "new", asked: { path, kind: isFolder ? "folder" : "file" }, understood, miss, near: like };
	};
	const placePattern = (text: string): Placed => {
		const pattern = compilePattern(text);
		const matching = files.filter(({ path, raw = rawPath(path) }) => matchesFile(pattern, raw));
		return { kind: "pattern", matching: matching.length, near: matching.slice(0, MOST_NEAR) };
	};

	return {
		search,
		place(typed, now) {
			const text = beginsTracked(typed) ? typed : typed.trim();
			const exact = knownAs(typed) ?? knownAs(text);
			if (exact !== undefined && text !== "" && !/^\/+$/.test(text)) return tracked(exact, [], now);
			const address = readAddress(text);
			if (address !== null) return placeAddress(address, now);
			const readings = readingsOf(text);
			for (const reading of readings) {
				const { names, isFolder, isOutside } = readSteps(reading.text);
				if (isOutside || (isElsewhere(reading.text) && !beginsTracked(reading.text))) {
					return { kind: "outside", near: endsOf(readSteps((readings.at(-1) as Reading).text).names) };
				}
				const known = knownAt(names.join("/"), isFolder);
				if (known !== undefined) return tracked(known, reading.understood, now);
			}
			const likely = readings.at(-1) as Reading;
			return /[*?]/.test(likely.text) ? placePattern(likely.text) : placeNew(likely);
		},
	};
}

const TOP: AskedPath = { path: "", kind: "folder" };

/** Whose files are, by how many each owner has. */
function countOwners(files: readonly AskedPath[], judge: (asked: AskedPath) => Verdict): OwnedFiles[] {
	const counts = new Map<string, OwnedFiles>();
	for (const file of files) {
		const verdict = judge(file);
		const owner = verdict.kind === "owned" ? verdict.owner : null;
		const key = `${verdict.kind} ${owner}`;
		counts.set(key, { kind: verdict.kind, owner, files: (counts.get(key)?.files ?? 0) + 1 });
	}
	return [...counts.values()].sort((a, b) => b.files - a.files);
}

function readFiles({ folders, pathBytes = {} }: PathList): AskedPath[] {
	const bytes = new Map(Object.entries(pathBytes));
	return Object.entries(folders).flatMap(([folder, names]) =>
		names.map((name): AskedPath => {
			if (name.endsWith("/")) return { path: `${folder}${name.slice(0, -1)}`, kind: "submodule" };
			const path = `${folder}${name}`;
			const raw = bytes.get(path);
			return { path, kind: "file", ...(raw === undefined ? {} : { raw: atob(raw) }) };
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
