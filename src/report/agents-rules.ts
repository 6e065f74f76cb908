// Pure. The part of AGENTS.md that says what a team may touch: paths, claims, ports, configuration keys.
import type { Catalog } from "#model/catalog";
import type { Team } from "#model/team";
import { claimItem, fenced, flatKeys, inForce, keyItem, named, portItem, ruleItem, sharedItem } from "./agreements.ts";
import { inert } from "./inert.ts";
import { plural } from "./plural.ts";

export function paths(catalog: Catalog, team: Team, at: string): string[] {
	const rules = inForce(catalog.rules, at);
	const owned = (id: string) => rules.filter(({ mode, owner }) => mode === "exclusive" && owner === id);
	const others = catalog.teams.filter(({ id }) => id !== team.id && owned(id).length > 0);
	return [
		"## Paths",
		"",
		"Patterns mean what they mean in `.gitignore`.",
		"",
		"### Yours: nobody else may change them",
		"",
		...list(owned(team.id).map(ruleItem), "You own no path."),
		"",
		"### Of other teams: never change them",
		"",
		...(others.length === 0
			? ["No other team owns a path."]
			: others.flatMap(({ id }, index) => [
					...(index === 0 ? [] : [""]),
					`${named(catalog, id)}:`,
					"",
					...owned(id).map(ruleItem),
				])),
		...(others.length === 0 ? [] : ["", "What you need there, ask its owner for."]),
		"",
		"### Shared: agree first",
		"",
		...shared(catalog, at),
		"",
		"### All others",
		"",
		"No rule covers them: you may change them, as may everybody, but for what is claimed or promised below. If one matters to you, ask the coordinator whose it shall be.",
	];
}

function shared(catalog: Catalog, at: string): string[] {
	const rules = inForce(catalog.rules, at).filter(({ mode }) => mode === "shared");
	if (rules.length === 0) return ["No path is shared."];
	const { attribution, atomic, coordinator } = catalog.project;
	const steps = catalog.sharedProtocol.map((step, index) => `${index + 1}. Do this: ${inert(step)}`);
	return [
		...rules.map(sharedItem),
		...(steps.length === 0 ? [] : ["", "For each of them:", "", ...steps]),
		"",
		"Before you commit, agree with the coordinator or another team. Say so in the last paragraph of the message, with this line or with the id of that team in it:",
		"",
		...fenced(
			[`${attribution.coordinationTrailer}: ${coordinator.identities.trailers[0] ?? coordinator.name}`],
			"text",
		),
		"",
		`Put the change into a commit of its own: with more than ${plural(atomic.maxOtherPaths, "other path")} in it, it is listed as a conflict.`,
	];
}

export function claims(catalog: Catalog, at: string): string[] {
	const standing = catalog.claims.filter(({ untilAt }) => at < untilAt);
	return [
		"## Claims",
		"",
		"Reserved for a time. What another team claims, leave alone until the claim ends.",
		"",
		...list(
			standing.map((claim) => claimItem(catalog, claim)),
			"Nothing is claimed.",
		),
	];
}

export function ports(catalog: Catalog, team: Team): string[] {
	const mine = catalog.ports.filter(({ owner }) => owner === team.id);
	const others = catalog.ports.filter(({ owner }) => owner !== team.id);
	return [
		"## Ports",
		"",
		"You may bind:",
		"",
		...list(mine.map(portItem), "- none"),
		...(others.length === 0
			? []
			: ["", "You must not bind:", "", ...others.map((port) => `${portItem(port)}; ${named(catalog, port.owner)}`)]),
		"",
		"Another one must be registered before anything binds it. Have the coordinator add to `content/ports.yaml`:",
		"",
		...fenced([`- { port: NUMBER, owner: ${team.id}, purpose: WHAT FOR }`], "yaml"),
	];
}

export function keys(catalog: Catalog, team: Team): string[] {
	const all = flatKeys(catalog.namespaces);
	if (all.length === 0) return ["## Configuration keys", "", "No key belongs to anybody."];
	const others = all.filter(({ owner }) => owner !== team.id);
	return [
		"## Configuration keys",
		"",
		"Yours:",
		"",
		...list(all.filter(({ owner }) => owner === team.id).map(keyItem), "- none"),
		...(others.length === 0
			? []
			: [
					"",
					"Not yours, with all below them that is not listed as yours. Change one only when its owner or the coordinator agreed, and name them as for a shared path:",
					"",
					...others.map((key) => `${keyItem(key)}; ${named(catalog, key.owner)}`),
				]),
	];
}

/** The items, or in their place a sentence that says there are none. */
export function list(items: readonly string[], none: string): string[] {
	return items.length === 0 ? [none] : [...items];
}
