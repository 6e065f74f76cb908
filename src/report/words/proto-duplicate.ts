// Pure. The words of `proto-duplicate`.
import type { Detail } from "#model/conflict-facts";
import { visible } from "#model/visible";
import { plural } from "../plural.ts";
import type { DetectorWords } from "./words.ts";

export const protoDuplicate: DetectorWords = {
	title: "One .proto in several places",
	fires:
		"Two or more .proto files of one package declare the same messages, enums and services at their tops. Whether they are the same byte for byte, differ in comments and options only, or declare other fields under the same names, is told of each. Files in folders of fetched code (`vendor`, `third_party` and the like) and unchanged copies of protobuf's and gRPC's own packages are left out.",
	reads: "Every tracked .proto file: its text, package and names.",
	why: "A message is changed in one copy, and whoever builds from the other sends bytes that are read as something else, without an error. Copies that are equal today differ after the next change.",
	cure: "Keep one file, let every build take it from there (an include path, a package, a generating step), and delete the others. Where copies have drifted apart, compare them first: both may be in use.",
	example: "`archive/a/tensor_service.proto` and `archive/b/tensor_service.proto` hold the same bytes.",
	silence:
		"Where copies are made by a script that runs on every build, record that script in a resolution (`overridden`) in content/resolutions/.",
	explain: ({ resource, occurrences }) => {
		const drifted = occurrences.filter(({ facts }) => facts?.["same"] === "names").length;
		const name = visible(resource.replace(/^proto:/, ""));
		return {
			message: `The .proto of ${name} stands in ${plural(occurrences.length, "place")}, ${drifted === 0 ? "and all declare the same" : `and ${drifted === 1 ? "one of them declares" : `${drifted} of them declare`} something else under the same names`}.`,
			hint: `${drifted === 0 ? "" : "Compare the copies, and agree on one. "}Keep one file and build from it everywhere.`,
			details: occurrences.map(({ facts }) => describe(facts)),
		};
	},
};

function describe(facts: Detail | undefined): string {
	const as = visible(String(facts?.["as"] ?? ""));
	switch (facts?.["same"]) {
		case "bytes":
			return `the same bytes as ${as}`;
		case "declarations":
			return `declares the same as ${as}, with other comments, layout or options`;
		case "names":
			return `declares the same names as ${as}, not the same under them`;
		default:
			return `declares ${plural(Number(facts?.["names"] ?? 0), "name")}, which ${as} declares too`;
	}
}
