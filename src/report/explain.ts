// Pure. Turns the facts of a conflict into one sentence of what happened and one of what to do.
import type { Catalog } from "#model/catalog";
import type { Conflict } from "#model/conflict-log";
import type { FindingCode } from "#model/finding";
import { visible } from "#model/visible";

type Facts = Omit<Conflict, "message" | "hint">;
type Words = { message: string; hint: string };
type Names = (team: string | null) => string;

/** A function that explains conflicts in the words of one project: its team and coordinator names. */
export function compileExplain(catalog: Pick<Catalog, "teams" | "project" | "rules">): (facts: Facts) => Words {
	const byId = new Map(catalog.teams.map((team) => [team.id, team.name]));
	const names: Names = (team) => (team === null ? "nobody known" : (byId.get(team) ?? team));
	const coordinator = catalog.project.coordinator.name;
	const trailer = catalog.project.attribution.trailer;
	const protocolOf = (facts: Facts) =>
		catalog.rules.find((rule) => rule.file === facts.rule?.file && rule.pattern === facts.rule.pattern)?.protocol ??
		null;

	const explainers: Record<FindingCode, (facts: Facts) => Words> = {
		"foreign-edit": (facts) => ({
			message: `${names(facts.actor)} changed ${what(facts)}, which belongs to ${names(facts.owner)} alone${times(facts)}.`,
			hint: `${names(facts.actor)}: stop changing it and show the change to ${names(facts.owner)}. ${coordinator}: have it reverted or taken over, or record an override with its reason.`,
		}),
		"shared-edit-uncoordinated": (facts) => ({
			message: `${names(facts.actor)} changed ${what(facts)}, which is shared, and nothing says it was agreed${times(facts)}.`,
			hint: `${protocolOf(facts) === null ? "" : `The rule asks: ${protocolOf(facts)}. `}Tell ${coordinator} what changed; next time agree first and say so with a “${catalog.project.attribution.coordinationTrailer}:” trailer or a claim.`,
		}),
		"unattributed-edit": (facts) => ({
			message: `${who(facts)} changed ${countPaths(facts)} ${facts.owner === null ? "shared by the teams" : `of ${names(facts.owner)}`} in ${plural(commitCount(facts), "commit")}; nothing says for which team.`,
			hint: `If this address works for a team, add it to the team's identities.emails; otherwise ask for a “${trailer}:” trailer. Until then nobody is blamed.`,
		}),
		"rule-unmatched": (facts) => ({
			message: `The rule “${what(facts)}” of ${facts.owner === null ? "the shared files" : names(facts.owner)} matches no tracked file.`,
			hint: "Correct the pattern to where the files are now, or remove the rule.",
		}),
		"deletion-pending": (facts) => ({
			message: `${what(facts)} is marked for deletion by ${names(facts.owner)} and is still there.`,
			hint: `${names(facts.owner)}: delete it, or drop “purpose: delete”. Others: do not build on it.`,
		}),
		"critical-unowned": (facts) => ({
			message: `${names(facts.owner)} lists ${what(facts)} as important, but no rule covers ${unownedPart(facts)}.`,
			hint: "Add a rule for it in content/ownership/, exclusive or shared.",
		}),
	};
	return (facts) => explainers[facts.code](facts);
}

/** The resource without its kind. */
function what(facts: Facts): string {
	return visible(facts.resource.replace(/^[a-z]+:/, ""));
}

function who(facts: Facts): string {
	const author = facts.occurrences[0]?.author;
	const email = what(facts);
	if (author === undefined || author === null) return email;
	return author.name === email ? email : `${visible(author.name)} <${email}>`;
}

function times(facts: Facts): string {
	const commits = commitCount(facts);
	return commits === 1 ? "" : `, in ${plural(commits, "commit")}`;
}

function commitCount(facts: Facts): number {
	return new Set(facts.occurrences.map((occurrence) => occurrence.commit)).size;
}

function countPaths(facts: Facts): string {
	return plural(new Set(facts.occurrences.map((occurrence) => occurrence.path)).size, "path");
}

function unownedPart(facts: Facts): string {
	const paths = facts.occurrences.map((occurrence) => occurrence.path);
	return paths.length === 1 && paths[0]?.replace(/\/$/, "") === what(facts).replace(/\/$/, "")
		? "it"
		: plural(paths.length, "file that it names", "files that it names");
}

/** `1 commit`, `3 commits`. */
export function plural(count: number, one: string, many = `${one}s`): string {
	return `${count} ${count === 1 ? one : many}`;
}
