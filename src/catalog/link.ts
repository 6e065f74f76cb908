// Pure. Entries of all files -> one cross-linked Catalog, or what does not fit together.
import type { Catalog } from "#model/catalog";
import type { Problem } from "#model/problem";
import {
	buildClaim,
	buildNote,
	buildPhase,
	buildPorts,
	buildProject,
	buildResolution,
	buildRules,
	buildTeam,
	logicalFile,
} from "./build.ts";
import { DateReader } from "./dates.ts";
import { checkDuplicates } from "./duplicates.ts";
import { checkEmbeds } from "./embeds.ts";
import { problemAt, problemOf } from "./entry.ts";
import type { Content, ParsedContent } from "./parse.ts";
import { checkReferences } from "./references.ts";
import { checkRules } from "./rule-clash.ts";

export interface Linked {
	/** Null when anything is wrong. */
	readonly catalog: Catalog | null;
	readonly problems: readonly Problem[];
}

/** Links what could be parsed, so that one run shows the problems of single files and those between files. */
export function link(parsed: ParsedContent): Linked {
	const { content } = parsed;
	const dates = new DateReader(content.project[0]?.value.timezone ?? "UTC");
	const project = content.project.map((entry) => buildProject(entry, dates))[0];
	const owned = content.ownership.map((entry) => ({ entry, rules: buildRules(entry, dates) }));
	const rest = {
		teams: byId(content.teams.map((entry) => buildTeam(entry, dates))),
		rules: owned.flatMap(({ rules }) => rules),
		sharedProtocol: content.ownership.flatMap(({ value }) => (value.mode === "shared" ? value.protocol : [])),
		contracts: byId(content.contracts.map((entry) => ({ ...entry.value, id: entry.id, file: logicalFile(entry) }))),
		namespaces: byId(content.namespaces.map((entry) => ({ ...entry.value, id: entry.id, file: logicalFile(entry) }))),
		ports: buildPorts(content.ports),
		phases: byId(content.schedule.map((entry) => buildPhase(entry, dates))),
		claims: byId(content.claims.map((entry) => buildClaim(entry, dates))),
		resolutions: byId(content.resolutions.map((entry) => buildResolution(entry, dates))),
		notes: byId(content.notes.map((entry) => buildNote(entry, dates))),
	};
	const problems = [
		...parsed.problems,
		...missing(parsed),
		...checkReferences(parsed),
		...checkDuplicates(parsed),
		...checkRules(owned),
		...checkEmbeds(parsed),
		...checkLimits(content),
		...dates.problems,
	];
	return { catalog: project === undefined || problems.length > 0 ? null : { project, ...rest }, problems };
}

function byId<T extends { readonly id: string }>(records: T[]): T[] {
	return records.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function missing({ ids }: ParsedContent): Problem[] {
	const problems: Problem[] = [];
	if (ids.project.length === 0)
		problems.push(problemOf("project.yaml", "missing file", "Write it with at least `name: …`."));
	if (ids.teams.length === 0) {
		problems.push(problemOf("teams", "there is no team", "Write teams/team-a.yaml with at least `name: …`."));
	}
	return problems;
}

/** Ages in an order in which they make sense: polled, then stale, then offline. */
function checkLimits({ project }: Content): Problem[] {
	return project.flatMap((entry) => {
		const { intervalMs, staleAfterMs, offlineAfterMs } = entry.value.cluster;
		const problems: Problem[] = [];
		if (staleAfterMs < intervalMs) {
			const hint = "Every value would be stale before the next is asked for.";
			problems.push(
				problemAt(
					entry,
					["cluster", "staleAfterMs"],
					`${staleAfterMs} ms is less than intervalMs, ${intervalMs} ms`,
					hint,
				),
			);
		}
		if (offlineAfterMs < staleAfterMs) {
			const hint = "A value grows stale first, then unknown.";
			problems.push(
				problemAt(
					entry,
					["cluster", "offlineAfterMs"],
					`${offlineAfterMs} ms is less than staleAfterMs, ${staleAfterMs} ms`,
					hint,
				),
			);
		}
		return problems;
	});
}
