// Pure. `contract-missing`: what a contract promises is nowhere in the tree, or not where it says.
import { rawPath, showPath } from "#model/history";
import type { JudgedContract } from "../contracts.ts";
import { type Finding, treeOccurrence } from "../finding.ts";
import type { TreeDetector } from "./tree.ts";

/** Reads: contracts, and the definitions of the Python or protobuf files that `source` names. */
export const detectContractMissing: TreeDetector = ({ contracts }) => contracts.flatMap(findMissing);

function findMissing({ contract, reality }: JudgedContract): Finding[] {
	if (reality.members.some(({ places }) => places.length > 0)) return [];
	const { file, from, to, language, source, symbol } = contract;
	return [
		{
			code: "contract-missing",
			// It may stand in a file that could not be read.
			level: reality.unread > 0 ? "warning" : "error",
			resource: `api:${symbol}`,
			actor: null,
			owner: from,
			teams: [...new Set([from, to])].sort(),
			rule: null,
			occurrence: treeOccurrence(rawPath(file), 0),
			detail: {
				to,
				language,
				source,
				files: reality.files,
				unread: reality.unread,
				elsewhere: reality.elsewhere.map(({ path, line }) => `${showPath(path).text}:${line}`),
			},
			anchor: null,
		},
	];
}
