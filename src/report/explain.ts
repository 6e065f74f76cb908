// Pure. Turns the facts of a conflict into one sentence of what happened and one of what to do.
import type { Catalog } from "#model/catalog";
import type { ConflictFacts as Facts, ConflictWords as Words } from "#model/conflict-facts";
import type { FindingCode } from "#model/finding";
import { visible } from "#model/visible";
import { plural } from "./plural.ts";
import { configForeignEdit } from "./words/config-foreign-edit.ts";
import { configForeignKey } from "./words/config-foreign-key.ts";
import { configUnparsable } from "./words/config-unparsable.ts";
import { contractDrift } from "./words/contract-drift.ts";
import { contractMissing } from "./words/contract-missing.ts";
import { deletionPending } from "./words/deletion-pending.ts";
import { fileUnread } from "./words/file-unread.ts";
import { generatedFloor } from "./words/generated-floor.ts";
import { manifestDrift } from "./words/manifest-drift.ts";
import { portDuplicate } from "./words/port-duplicate.ts";
import { portForeign } from "./words/port-foreign.ts";
import { portUnregistered } from "./words/port-unregistered.ts";
import { protoBreaking } from "./words/proto-breaking.ts";
import { protoDuplicate } from "./words/proto-duplicate.ts";
import { protoOverlap } from "./words/proto-overlap.ts";
import { replicaDrift } from "./words/replica-drift.ts";
import { ruleUnmatched } from "./words/rule-unmatched.ts";
import { statusContradiction } from "./words/status-contradiction.ts";

type Names = (team: string | null) => string;

/** A function that explains conflicts in the words of one project: its team and coordinator names. */
export function compileExplain(catalog: Pick<Catalog, "teams" | "project" | "rules">): (facts: Facts) => Words {
	const byId = new Map(catalog.teams.map((team) => [team.id, team.name]));
	const names: Names = (team) => (team === null ? "nobody known" : (byId.get(team) ?? team));
	const coordinator = catalog.project.coordinator.name;
	const trailer = catalog.project.attribution.trailer;
	const { windowHours } = catalog.project.collision;
	const { maxOtherPaths } = catalog.project.atomic;
	const protocolOf = (facts: Facts) =>
		catalog.rules.find((rule) => rule.file === facts.rule?.file && rule.pattern === facts.rule.pattern)?.protocol ??
		null;

	const explainers: Record<FindingCode, (facts: Facts) => Words> = {
		"foreign-edit": (facts) => ({
			message: `${names(facts.actor)} changed ${what(facts)}, which belongs to ${names(facts.owner)} alone${times(facts)}.`,
			hint: `${names(facts.actor)}: stop changing it and show the change to ${names(facts.owner)}. ${coordinator}: have it reverted or taken over, or record an override with its reason.`,
		}),
		"exempt-edit": (facts) => ({
			message: `${exemptWho(facts, names)} changed ${facts.resource.startsWith("identity:") ? countPaths(facts) : what(facts)}${facts.owner === null ? "" : ` of ${names(facts.owner)}`}${times(facts)}, which needs no approval.`,
			hint:
				facts.owner === null
					? "Nothing to do; listed so that it can be seen."
					: `${names(facts.owner)}: have a look; nothing else to do.`,
		}),
		"shared-edit-uncoordinated": (facts) => ({
			message: `${names(facts.actor)} changed ${what(facts)}, which is shared, and nothing says it was agreed${times(facts)}.`,
			hint: `${protocolOf(facts) === null ? "" : `The rule asks: ${protocolOf(facts)}. `}Tell ${coordinator} what changed; next time agree first and say so with a “${catalog.project.attribution.coordinationTrailer}:” trailer or a claim.`,
		}),
		"shared-edit-not-atomic": (facts) => ({
			message: `${names(facts.actor)} changed ${what(facts)}, which is shared, together with more than ${plural(maxOtherPaths, "other path")}${times(facts)}.`,
			hint: `${names(facts.actor)}: put changes of shared files into commits of their own, and tell the other teams what of this one concerns ${what(facts)}.`,
		}),
		"unattributed-edit": (facts) => ({
			message: `${who(facts)} changed ${countPaths(facts)} ${facts.owner === null ? "shared by the teams" : `of ${names(facts.owner)}`} in ${plural(commitCount(facts), "commit")}; nothing says for which team.`,
			hint: `If this address works for a team, add it to the team's identities.emails; otherwise ask for a “${trailer}:” trailer. Until then nobody is blamed.`,
		}),
		"attribution-disagreement": (facts) => ({
			message: `The evidence for ${plural(commitCount(facts), "commit")} of ${who(facts)} does not agree: ${disagreement(facts, names)}.`,
			hint: `Ask the author for which team it was made, then correct the “${trailer}:” trailer, the branch's name or the team's identities. Until then ${facts.actor === null ? "nobody is named" : `it counts as ${names(facts.actor)}'s`}.`,
		}),
		"unknown-team": (facts) => ({
			message: `${who(facts)} names ${unknownNames(facts)} in a “${trailer}:” trailer${times(facts)}; there is no such team.`,
			hint: `If a team is meant, add the name to its aliases; otherwise tell the author the right one. Until then ${facts.actor === null ? "nobody is named" : `it counts as ${names(facts.actor)}'s, by other evidence`}.`,
		}),
		"overlapping-edit": (facts) => ({
			message: `${facts.teams.map(names).join(" and ")} changed ${what(facts)} within ${plural(windowHours, "hour")} of each other, in ${plural(commitCount(facts), "commit")}.`,
			hint: `Whoever came later: look at the other's change. If both go on there, agree with ${coordinator} who goes first, by a claim.`,
		}),
		"merge-collision": (facts) => ({
			message: `The open branches of ${facts.teams.map(names).join(" and ")} do not merge: both changed ${what(facts)}.`,
			hint: `${facts.teams.map(names).join(" and ")}: compare ${what(facts)} now and agree who adapts, before either branch lands.`,
		}),
		"rule-unmatched": (facts) => ruleUnmatched.explain(facts, { team: names, coordinator }),
		"deletion-pending": (facts) => deletionPending.explain(facts, { team: names, coordinator }),
		"status-contradiction": (facts) => statusContradiction.explain(facts, { team: names, coordinator }),
		"port-duplicate": (facts) => portDuplicate.explain(facts, { team: names, coordinator }),
		"port-foreign": (facts) => portForeign.explain(facts, { team: names, coordinator }),
		"port-unregistered": (facts) => portUnregistered.explain(facts, { team: names, coordinator }),
		"replica-drift": (facts) => replicaDrift.explain(facts, { team: names, coordinator }),
		"critical-unowned": (facts) => ({
			message: `${names(facts.owner)} lists ${what(facts)} as important, but no rule covers ${unownedPart(facts)}.`,
			hint: "Add a rule for it in content/ownership/, exclusive or shared.",
		}),
		"proto-duplicate": (facts) => protoDuplicate.explain(facts, { team: names, coordinator }),
		"proto-overlap": (facts) => protoOverlap.explain(facts, { team: names, coordinator }),
		"config-foreign-edit": (facts) => configForeignEdit.explain(facts, { team: names, coordinator }),
		"config-unparsable": (facts) => configUnparsable.explain(facts, { team: names, coordinator }),
		"config-foreign-key": (facts) => configForeignKey.explain(facts, { team: names, coordinator }),
		"generated-floor": (facts) => generatedFloor.explain(facts, { team: names, coordinator }),
		"manifest-drift": (facts) => manifestDrift.explain(facts, { team: names, coordinator }),
		"contract-missing": (facts) => contractMissing.explain(facts, { team: names, coordinator }),
		"contract-drift": (facts) => contractDrift.explain(facts, { team: names, coordinator }),
		"proto-breaking": (facts) => protoBreaking.explain(facts, { team: names, coordinator }),
		"file-unread": (facts) => fileUnread.explain(facts, { team: names, coordinator }),
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

/** An exempt actor by name, or the team whose revert it is. */
function exemptWho(facts: Facts, names: Names): string {
	if (facts.actor !== null) return `A pure revert of ${names(facts.actor)}`;
	const author = facts.occurrences[0]?.author;
	return author === undefined || author === null
		? "An exempt actor"
		: `${visible(author.name)} <${visible(author.email)}>`;
}

/** `Team A by the trailer “a”, Team B by the address b@b.example`. */
function disagreement(facts: Facts, names: Names): string {
	const attribution = facts.occurrences[0]?.attribution;
	if (attribution === undefined || attribution === null) return "";
	const decided = attribution.by === "none" ? [] : [attribution];
	return [...decided, ...(attribution.against ?? [])]
		.filter(({ team }) => team !== null)
		.map(
			({ team, by, evidence }) =>
				`${names(team)} by the ${by === "email" ? "address" : by} “${visible(evidence ?? "")}”`,
		)
		.join(", ");
}

function unknownNames(facts: Facts): string {
	const values = facts.occurrences.flatMap(({ attribution }) =>
		(attribution?.against ?? []).filter(({ team }) => team === null).map(({ evidence }) => `“${visible(evidence)}”`),
	);
	return [...new Set(values)].join(", ");
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
