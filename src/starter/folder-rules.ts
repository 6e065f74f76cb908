// Pure. Whose each part of the tree is, by who made its changes; and what everybody touches.
import type { RawPath } from "#model/history";
import { showPath } from "#model/history";
import { visible } from "#model/visible";
import { countChanges, type Evidence, literalPattern, percent } from "./evidence.ts";
import type { Part } from "./parts.ts";
import { compileMembers, type ProposedRule, type ProposedTeam, type Remark } from "./proposal.ts";

/** A part is a team's that made more of its changes than this, in percent, … */
export const OWNER_SHARE = 50;
/** … of so many at least. */
export const FEWEST_CHANGES = 10;

export interface RulesFound {
	readonly rules: readonly ProposedRule[];
	readonly remarks: readonly Remark[];
}

/** One rule a part where one team made most changes; of the others, what was seen. */
export function proposeFolders(
	evidence: Evidence,
	teams: readonly ProposedTeam[],
	parts: readonly Part[],
	isBot: (email: string) => boolean,
): RulesFound {
	const teamOf = compileMembers(teams);
	const rules: ProposedRule[] = [];
	const remarks: Remark[] = [];
	for (const { folder, files } of parts) {
		const made = teams.map(({ id }) => ({ id, ...countChanges(evidence, files, (email) => teamOf(email) === id) }));
		const { all } = countChanges(evidence, files, () => false);
		const people = all - countChanges(evidence, files, isBot).own;
		made.sort((a, b) => b.own - a.own);
		const [best] = made;
		const pattern = literalPattern(folder);
		const shown = visible(showPath(folder).text);
		const remark = (text: string) => remarks.push({ about: "ownership", text: `${shown}: ${text}` });
		if (best === undefined || people < FEWEST_CHANGES) remark(`${people} changes, too few to tell whose it is`);
		else if (best.own * 100 <= people * OWNER_SHARE) {
			const shares = made.filter(({ own }) => own > 0).slice(0, 3);
			const words = shares.map(({ id, own }) => `${id} made ${percent(own, people)} %`).join(", ");
			remark(`${words === "" ? "none of the teams made any" : words} of ${people} changes`);
		} else if (pattern === null) remark("its name cannot be written as a pattern");
		else {
			const why = `${best.id} made ${percent(best.own, people)} % of ${people} changes`;
			rules.push({ pattern, except: [], owner: best.id, protocol: null, risk: null, why });
		}
	}
	return { rules, remarks };
}

/** Files at the top, or folders, by which all others are built. */
const SHARED: readonly { readonly test: RegExp; readonly protocol: string; readonly why: string }[] = [
	{
		test: /^(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|uv\.lock|poetry\.lock|Pipfile\.lock|pdm\.lock|Cargo\.lock|go\.sum|Gemfile\.lock|composer\.lock|flake\.lock)$/,
		protocol: "Regenerate it in the commit that changes the manifest",
		why: "lock file at the top",
	},
	{
		test: /^(package\.json|pnpm-workspace\.yaml|pyproject\.toml|setup\.(py|cfg)|requirements[^/]*\.txt|Pipfile|Cargo\.toml|go\.(mod|work)|Gemfile|composer\.json|pom\.xml|build\.gradle(\.kts)?|settings\.gradle(\.kts)?|CMakeLists\.txt|Makefile|flake\.nix|tsconfig\.json)$/,
		protocol: "Say in the commit who agreed: all teams build by it",
		why: "manifest at the top",
	},
	{
		test: /^(\.github\/workflows\/|\.gitlab-ci\.yml$|\.circleci\/|azure-pipelines\.yml$|Jenkinsfile$|\.travis\.yml$|\.buildkite\/)/,
		protocol: "Say in the commit who agreed: it runs for all teams",
		why: "continuous integration",
	},
];

/** Shared rules for what is there and nobody owns. `isOwned`: whether a team has the file alone by the rules so far. */
export function proposeShared(
	evidence: Evidence,
	teams: readonly ProposedTeam[],
	isOwned: (file: RawPath) => boolean,
): ProposedRule[] {
	const teamOf = compileMembers(teams);
	return SHARED.flatMap(({ test, protocol, why }) => {
		const places = new Map<string, RawPath[]>();
		for (const file of evidence.files) {
			const [place] = test.exec(file) ?? [];
			if (place !== undefined && !isOwned(file)) places.set(place, [...(places.get(place) ?? []), file]);
		}
		return Array.from(places).flatMap(([place, files]): ProposedRule[] => {
			const pattern = literalPattern(place);
			if (pattern === null) return [];
			const by = new Set(files.flatMap((file) => [...(evidence.changesOf.get(file)?.keys() ?? [])]));
			const known = new Set([...by].map(teamOf).filter((id) => id !== null));
			const seen = `${why}; changed by ${by.size} addresses, of ${known.size} of the teams`;
			return [{ pattern, except: [], owner: null, protocol, risk: null, why: seen }];
		});
	});
}
