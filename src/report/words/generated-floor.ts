// Pure. The words of `generated-floor`.
import type { Detail } from "#model/conflict-facts";
import { visible } from "#model/visible";
import { plural } from "../plural.ts";
import type { DetectorWords } from "./words.ts";

export const generatedFloor: DetectorWords = {
	title: "Generated code newer than a manifest admits",
	fires:
		"A `*_pb2.py` or `*_pb2_grpc.py` says which version of protobuf or grpcio it was generated with, and a Python manifest in the nearest folder above it that has one admits an older version. An error where the manifest admits no version that is new enough, a note where it asks for any version, or where the code checks nothing and only says what it was made with. A manifest that does not name the package is left alone, as another package may bring it.",
	reads:
		"The version of the runtime that generated Python asks for, and the ranges in the Python manifests of the nearest folder above it that has some.",
	why: "An installation that the manifest allows fails when the code is imported: generated code refuses an older runtime, or calls what is not there yet. It works where it was generated and breaks elsewhere.",
	cure: "Raise the floor in the manifest to the version that the code was generated with; or generate the code again with the oldest version that is to be supported.",
	example: "`api_pb2_grpc.py` says `GRPC_GENERATED_VERSION = '1.74.0'`; pyproject.toml asks for `grpcio>=1.68.0`.",
	silence:
		"Where the manifest is never installed by itself (a lock file or an image decides), record what decides in a resolution (`overridden`) in content/resolutions/.",
	explain: ({ resource, occurrences }) => {
		const name = visible(resource.replace(/^dep:/, ""));
		const facts = occurrences.map((occurrence) => occurrence.facts);
		const manifests = occurrences.filter((each) => each.facts?.["is"] === "manifest");
		const closed = manifests.filter((each) => each.facts?.["isClosed"] === true).length;
		const versions = [...new Set(manifests.map((each) => text(each.facts, "version")))];
		const count = new Set(manifests.map(({ path }) => path)).size;
		const none =
			closed === 0
				? ""
				: closed === manifests.length
					? ", and none that is new enough"
					: `, ${closed} of them none that is new enough`;
		return {
			message: `Generated code needs ${name} ${versions.join(" or ")} or newer; ${plural(count, "manifest")} ${count === 1 ? "admits" : "admit"} older versions${none}.`,
			hint: `Raise the floor of ${name} in the manifest to what the code was generated with, or generate the code with the oldest version to be supported.`,
			details: facts.map(describe),
		};
	},
};

function describe(facts: Detail | undefined): string {
	if (facts?.["is"] === "code") {
		const version = text(facts, "version");
		return facts["isChecked"] === true
			? `refuses to be loaded beside anything older than ${version}`
			: `was generated with ${version}`;
	}
	const range = text(facts, "range");
	const asks = range === "" ? "asks for any version" : `asks for ${range}`;
	return `${asks}; ${text(facts, "code")} needs ${text(facts, "version")} or newer`;
}

function text(facts: Detail | undefined, key: string): string {
	return visible(String(facts?.[key] ?? ""));
}
