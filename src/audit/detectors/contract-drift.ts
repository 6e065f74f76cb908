// Pure. `contract-drift`: the promised symbol is there, and a member of it is not as promised.
import type { Detail } from "#model/conflict-facts";
import type { Contract } from "#model/contract";
import type { MemberPlace } from "#model/reality";
import { isBroken, type JudgedContract } from "../contracts.ts";
import { type Finding, treeOccurrence } from "../finding.ts";
import type { TreeDetector } from "./tree.ts";

/** Reads: contracts, the definitions of the Python or protobuf files that `source` names, and the commits that broke a promise, or last changed a file. */
export const detectContractDrift: TreeDetector = ({ contracts }) => contracts.flatMap(findDrift);

function findDrift({ contract, reality }: JudgedContract): Finding[] {
	const teams = [...new Set([contract.from, contract.to])].sort();
	return reality.members.flatMap(({ name, places }) => {
		// Where one definition keeps the promise, or may keep it, the others are copies that do not.
		const level = places.every(isBroken) ? "error" : "warning";
		return places.filter(isBroken).flatMap((place) =>
			differencesOf(place).map(({ line, ...said }) => ({
				code: "contract-drift" as const,
				level,
				resource: `api:${contract.symbol}.${name}`,
				actor: null,
				owner: contract.from,
				teams,
				rule: null,
				occurrence: treeOccurrence(place.path, line),
				detail: { ...said, ...describe(contract, place) },
				anchor: null,
			})),
		);
	});
}

function differencesOf({ state, line, differences }: MemberPlace): readonly (Detail & { readonly line: number })[] {
	return state === "absent" ? [{ kind: "absent", line, name: "", promised: "", found: "" }] : differences;
}

/** The commit that broke the promise, or else the one that last changed the file. */
function describe({ file, to }: Contract, { last, broke }: MemberPlace): Detail {
	const touch = broke ?? last;
	const told = { lastCommit: touch?.commit ?? null, lastAt: touch?.at ?? null, lastTeam: touch?.team ?? null };
	return { file, to, isBreak: broke !== null, ...told };
}
