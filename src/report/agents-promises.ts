// Pure. The part of AGENTS.md that says which files bear what teams promised one another, for whoever may change them.
import type { Catalog } from "#model/catalog";
import type { Contract } from "#model/contract";
import type { ContractReality, MemberPlace } from "#model/reality";
import { named } from "./agreements.ts";
import { code } from "./inert.ts";
import { plural } from "./plural.ts";

/** Of very many files, so many are told; the rest are counted. */
const TOLD = 40;

/** `reality` null: nobody knows where what is promised stands. */
export function promisePlaces(catalog: Catalog, reality: readonly ContractReality[] | null): string[] {
	const title = [
		"### Files that bear a promise: change what was promised only with both teams",
		"",
		"This holds for every team, whoever owns the file.",
		"",
	];
	if (catalog.contracts.length === 0) return [...title, "No team promises another anything."];
	const found = catalog.contracts.map((contract) => ({
		contract,
		members: reality?.find((one) => one.contract === contract.id)?.members,
	}));
	if (found.some(({ members }) => members === undefined)) {
		return [
			...title,
			"Not known: the audit that this file was made from did not look for them. `npm run audit` does, and `npm run who` then tells them.",
		];
	}
	const items = found.flatMap(({ contract, members }) => itemsOf(catalog, contract, members ?? []));
	const more = items.length - TOLD;
	return [
		...title,
		...(items.length === 0 ? ["What contracts promise was found in no file."] : items.slice(0, TOLD)),
		...(more > 0 ? [`- and ${more} more: \`npm run who\` tells of each file`] : []),
	];
}

/** One item for each file, with all that the contract promises there. */
function itemsOf(catalog: Catalog, contract: Contract, members: ContractReality["members"]): string[] {
	const { from, to, symbol } = contract;
	const byPath = new Map<string, string[]>();
	for (const { name, places } of members) {
		for (const place of places) {
			const said = byPath.get(place.path) ?? [];
			byPath.set(place.path, said);
			said.push(`${code(`${symbol}.${name}`)}${lineWords(place)}`);
		}
	}
	return [...byPath].map(([path, said]) => {
		const told = said.slice(0, TOLD).join(", ");
		const rest = said.length > TOLD ? ` and ${plural(said.length - TOLD, "member")} more` : "";
		return `- ${code(path)}: what ${named(catalog, from)} promises ${named(catalog, to)}, ${told}${rest}`;
	});
}

function lineWords({ line, state }: MemberPlace): string {
	const facts = [
		...(line === 0 ? [] : [`line ${line}`]),
		...(state === "differs" || state === "absent" ? ["not as promised now"] : []),
	];
	return facts.length === 0 ? "" : ` (${facts.join("; ")})`;
}
