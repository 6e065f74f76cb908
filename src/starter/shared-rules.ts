// Pure. What all teams build by: manifests, lock files and continuous integration at the top of the tree.
import type { RawPath } from "#model/history";
import { type Evidence, literalPattern } from "./evidence.ts";
import { compileMembers, type ProposedRule, type ProposedTeam } from "./proposal.ts";

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
			const held = new Set(files);
			const by = new Set(
				evidence.edits.filter(({ paths }) => paths.some((path) => held.has(path))).map(({ email }) => email),
			);
			const known = new Set([...by].map(teamOf).filter((id) => id !== null));
			const seen = `${why}; changed by ${by.size} addresses, of ${known.size} of the teams`;
			return [{ pattern, except: [], owner: null, protocol, risk: null, why: seen }];
		});
	});
}
