// Pure. Every contract beside the tree: where the promised symbol is, and what of each member is kept there.
import type { Contract } from "#model/contract";
import { instantOf, type RawPath, showPath, type TreeEntry } from "#model/history";
import type { ContractReality, MemberPlace, Reality } from "#model/reality";
import type { TreeFacts } from "#model/tree-facts";
import { compilePattern, matchesFile } from "#rules/pattern";
import type { JudgedPlace } from "./definition.ts";
import type { Past } from "./past.ts";
import { findServices } from "./protobuf-contract.ts";
import { compilePython } from "./python-contract.ts";

/** A contract and what the tree holds of it; paths are raw. */
export interface JudgedContract {
	readonly contract: Contract;
	readonly reality: ContractReality;
}

/** Places outside of `source` that are named. */
const MAX_ELSEWHERE = 5;

export function judgeContracts(
	contracts: readonly Contract[],
	tree: readonly TreeEntry[],
	facts: Pick<TreeFacts, "python" | "protobuf" | "unread">,
	past: Pick<Past, "lastTouches"> & Partial<Pick<Past, "commit">>,
	breakOf: (contract: Contract, member: string, path: RawPath) => string | null = () => null,
): JudgedContract[] {
	if (contracts.length === 0) return [];
	const findPython = compilePython(facts.python);
	const judged = contracts.map((contract) => {
		const isPython = contract.language === "python";
		const files: ReadonlyMap<RawPath, unknown> = isPython ? facts.python : facts.protobuf;
		const pattern = contract.source === null ? null : compilePattern(contract.source);
		const isIn = (path: RawPath) => pattern === null || matchesFile(pattern, path);
		const find = (isMeant: (path: RawPath) => boolean) =>
			isPython ? findPython(contract.symbol, isMeant) : findServices(facts.protobuf, contract.symbol, isMeant);
		const paths = [...files.keys()].filter(isIn);
		const ending = isPython ? /\.pyi?$/i : /\.proto$/i;
		const unread = facts.unread.filter(({ path }) => ending.test(path) && !files.has(path) && isIn(path));
		const faulty = isPython ? paths.filter((path) => facts.python.get(path)?.fault !== undefined) : [];
		const definitions = find(isIn);
		const elsewhere = definitions.length > 0 || pattern === null ? [] : find(() => true);
		const meant = leaveNamesakes(
			definitions.map(({ isModule = false, judge }) => ({ isModule, places: contract.members.map(judge) })),
		);
		const members = contract.members.map((member, index) => ({
			name: member.name,
			places: meant.map(({ places }) => places[index] as JudgedPlace).sort(byPlace),
		}));
		return {
			contract,
			files: paths.length - faulty.length,
			unread: unread.length + faulty.length,
			elsewhere: elsewhere.slice(0, MAX_ELSEWHERE).map(({ path, line }) => ({ path, line })),
			members,
		};
	});
	const broken = judged.flatMap(({ members }) => members.flatMap(({ places }) => places.filter(isBroken)));
	const touches = past.lastTouches(entriesOf(tree, new Set(broken.map(({ path }) => path))));
	const touchOf = (id: string | null): MemberPlace["broke"] => {
		const known = id === null ? null : (past.commit?.(id) ?? null);
		if (known === null) return null;
		const { commit, attribution } = known;
		return { commit: commit.id, at: instantOf(commit.authorDate), team: attribution.team };
	};
	const withPast = (place: JudgedPlace, contract: Contract, member: string): MemberPlace => ({
		...place,
		last: isBroken(place) ? (touches.get(place.path) ?? null) : null,
		broke: isBroken(place) ? touchOf(breakOf(contract, member, place.path)) : null,
	});
	return judged.map(({ contract, members, ...rest }) => ({
		contract,
		reality: {
			contract: contract.id,
			...rest,
			members: members.map(({ name, places }) => ({
				name,
				places: places.map((place) => withPast(place, contract, name)),
			})),
		},
	}));
}

/**
 * Where one definition keeps all that is promised, another that lacks a member is no copy of it but something else of its
 * name; and another module is so whatever it has.
 */
function leaveNamesakes<T extends { readonly isModule: boolean; readonly places: readonly JudgedPlace[] }>(
	definitions: readonly T[],
): readonly T[] {
	const isKept = ({ places }: T) => places.every(({ state }) => state === "kept");
	if (!definitions.some(isKept)) return definitions;
	const lacks = ({ isModule, places }: T) =>
		places.some((place) => (isModule ? isBroken(place) : place.state === "absent"));
	return definitions.filter((one) => !lacks(one));
}

/** Whether a promise is broken there, for all that the text shows. */
export function isBroken({ state }: Pick<MemberPlace, "state">): boolean {
	return state === "differs" || state === "absent";
}

/** The artefact for the pages. */
export function showReality(head: string, judged: readonly JudgedContract[], ports: Reality["ports"]): Reality {
	const shown = <T extends { readonly path: RawPath }>(place: T): T => ({ ...place, path: showPath(place.path).text });
	return {
		version: 1,
		head,
		contracts: judged.map(({ reality: { elsewhere, members, ...rest } }) => ({
			...rest,
			elsewhere: elsewhere.map(shown),
			members: members.map(({ name, places }) => ({ name, places: places.map(shown) })),
		})),
		ports,
	};
}

function entriesOf(tree: readonly TreeEntry[], paths: ReadonlySet<RawPath>): TreeEntry[] {
	return paths.size === 0 ? [] : tree.filter(({ path }) => paths.has(path));
}

function byPlace(one: JudgedPlace, other: JudgedPlace): number {
	return one.path < other.path ? -1 : one.path > other.path ? 1 : one.line - other.line;
}
