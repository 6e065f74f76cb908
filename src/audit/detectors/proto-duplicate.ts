// Pure. `proto-duplicate`: one .proto stands in two places, so that each may be changed without the other.
import { type RawPath, showPath } from "#model/history";
import { treeOccurrence } from "../finding.ts";
import { findCopies, type ProtoFile, protoFiles } from "../proto-copies.ts";
import { ownersOf, type TreeDetector } from "./tree.ts";

/** Reads: declarations of .proto files. Copies of one package are one conflict, told beside the text most of them have. */
export const detectProtoDuplicate: TreeDetector = (seen) => {
	const copies = Map.groupBy(findCopies(protoFiles(seen.facts.protobuf, seen.tree)), ({ resource }) => resource);
	return [...copies].flatMap(([resource, groups]) => {
		const teams = ownersOf(
			seen,
			groups.flatMap(({ files }) => files.map(({ path }) => path)),
		);
		return groups.flatMap(({ files }) => {
			const model = modelOf(files);
			return files.map((file) => ({
				code: "proto-duplicate" as const,
				level: "warning" as const,
				resource,
				actor: null,
				owner: teams.length === 1 ? (teams[0] as string) : null,
				teams,
				rule: null,
				occurrence: treeOccurrence(file.path, Math.min(...file.names.map(({ line }) => line))),
				detail: {
					names: file.names.length,
					same: file === model ? "itself" : likeness(file, model),
					as: shown(file === model ? other(files, model) : model.path),
				},
				anchor: null,
			}));
		});
	});
};

/** The first of the files whose declarations most of them have. */
function modelOf(files: readonly ProtoFile[]): ProtoFile {
	const alike = [...Map.groupBy(files, ({ digest }) => digest).values()];
	const most = Math.max(...alike.map((group) => group.length));
	return alike.find((group) => group.length === most)?.[0] as ProtoFile;
}

function likeness(file: ProtoFile, model: ProtoFile): "bytes" | "declarations" | "names" {
	if (file.blob === model.blob) return "bytes";
	return file.digest === model.digest ? "declarations" : "names";
}

function other(files: readonly ProtoFile[], model: ProtoFile): RawPath {
	return (files.find((file) => file !== model) as ProtoFile).path;
}

function shown(path: RawPath): string {
	return showPath(path).text;
}
