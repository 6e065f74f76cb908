// Pure. Which .proto files of a tree say the same, and which say the same name twice.
import type { RawPath } from "#model/history";
import type { ProtobufFile } from "#model/tree-facts";
import { isFetched } from "./folders.ts";

export interface ProtoFile extends ProtobufFile {
	readonly path: RawPath;
	/** Id of the blob. */
	readonly blob: string;
	/** Full names of what stands at its top, sorted, with the lines. */
	readonly names: readonly { readonly name: string; readonly line: number }[];
}

/** Files of one package that declare the same names at their tops: copies, whether or not they drifted apart since. */
export interface Copies {
	/** `proto:` and the package, or a name where there is none. */
	readonly resource: string;
	readonly files: readonly ProtoFile[];
}

/** Files of one package that share some names, and are no copies of each other. */
export interface Overlap {
	readonly resource: string;
	readonly files: readonly { readonly file: ProtoFile; readonly shared: ProtoFile["names"] }[];
}

/** Those of the tree that people of the project write; sorted by path. */
export function protoFiles(
	facts: ReadonlyMap<RawPath, ProtobufFile>,
	tree: readonly { readonly path: RawPath; readonly id: string }[],
): ProtoFile[] {
	return tree.flatMap(({ path, id }) => {
		const file = facts.get(path);
		return file === undefined || isFetched(path) ? [] : [{ ...file, path, blob: id, names: topNames(file) }];
	});
}

function topNames(file: ProtobufFile): ProtoFile["names"] {
	const prefix = file.package === "" ? "" : `${file.package}.`;
	return [...file.services, ...file.messages, ...file.enums]
		.filter(({ name }) => name.startsWith(prefix) && !name.slice(prefix.length).includes("."))
		.map(({ name, line }) => ({ name, line }))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Packages of protobuf and gRPC themselves: every program that uses them brings the same files. A copy of one that was
 * changed is told of like any other.
 */
function isPublished({ package: name }: ProtoFile): boolean {
	return /^(google|grpc)\./.test(name);
}

/** Of one package, and the same names at the top; of published packages only where the copies differ. */
export function findCopies(files: readonly ProtoFile[]): Copies[] {
	const groups = Map.groupBy(
		files.filter(({ names }) => names.length > 0),
		copyKey,
	);
	return [...groups.values()]
		.filter((group) => group.length > 1)
		.filter((group) => !isPublished(group[0] as ProtoFile) || new Set(group.map(({ digest }) => digest)).size > 1)
		.map((group) => ({ resource: resourceOf(group[0] as ProtoFile, group[0]?.names ?? []), files: group }));
}

function copyKey({ package: name, names }: ProtoFile): string {
	return JSON.stringify([name, ...names.map((each) => each.name)]);
}

/**
 * Names that two files declare which are no copies. Without a package a name means something only among files that are
 * compiled together, so that `mayMeet` has to say whether they may be.
 */
export function findOverlaps(
	files: readonly ProtoFile[],
	mayMeet: (files: readonly ProtoFile[]) => boolean,
): Overlap[] {
	const byName = new Map<string, ProtoFile[]>();
	for (const file of files) {
		for (const { name } of file.names) {
			const key = `${file.package} ${name}`;
			const known = byName.get(key);
			if (known === undefined) byName.set(key, [file]);
			else if (known.at(-1) !== file) known.push(file);
		}
	}
	const shared = [...byName]
		.filter(([, group]) => new Set(group.map(copyKey)).size > 1)
		.filter(([, group]) => group[0]?.package !== "" || mayMeet(group));
	const bySet = Map.groupBy(shared, ([name, group]) => resourceOf(group[0] as ProtoFile, [{ name: name.trim() }]));
	return [...bySet].map(([resource, entries]) => {
		const names = new Set(entries.map(([key]) => key));
		const involved = new Set(entries.flatMap(([, group]) => group));
		return {
			resource,
			files: [...involved].map((file) => ({
				file,
				shared: file.names.filter(({ name }) => names.has(`${file.package} ${name}`)),
			})),
		};
	});
}

function resourceOf({ package: name }: ProtoFile, names: readonly { readonly name: string }[]): string {
	return `proto:${name === "" ? (names[0]?.name ?? "") : name}`;
}
