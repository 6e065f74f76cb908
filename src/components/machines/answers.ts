// Pure. The site's data -> what it answers to machines below /api/v1/, each answer as its schema in model/published.ts says.
import type { z } from "zod";
import type { Conflict, ConflictLog } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import { type ContractMember, formatSignature } from "#model/contract";
import { type AnswerHead, type AnswerName, answers, type OwnAnswer } from "#model/published";
import type { ContractReality } from "#model/reality";
import { formatJson } from "#report/json";
import { contractVerdict, memberVerdict } from "../contract-verdict.ts";
import { conflictHref, contractHref, teamHref } from "../links.ts";
import type { Site } from "../site.ts";
import { answerPath, contentSchemaPath, published, publishedPath, schemaPath } from "./address.ts";
import { contentKinds } from "./content-kinds.ts";

type AnswerOf<Name extends AnswerName> = z.output<(typeof answers)[Name]["schema"]>;

type BuiltAnswer = Exclude<AnswerName, OwnAnswer>;

export const answerBuilders: { readonly [Name in BuiltAnswer]: (site: Site) => AnswerOf<Name> } = {
	index: (site) => ({
		...headOf(site),
		project: { name: site.catalog.project.name, description: site.catalog.project.description },
		builtAt: site.builtAt,
		log: site.baseline,
		answers: (Object.keys(answers) as AnswerName[]).map((name) => ({
			name,
			description: answers[name].description,
			address: publishedPath(answerPath(name)),
			schema: publishedPath(schemaPath(name)),
		})),
		contentSchemas: contentKinds.map(({ kind, files }) => ({
			kind,
			files,
			schema: publishedPath(contentSchemaPath(kind)),
		})),
	}),
	teams: (site) => ({
		...headOf(site),
		teams: site.catalog.teams.map(({ status, ...team }) => {
			const { branches: _branches, worktrees: _worktrees, ...derived } = statusOf(site, team.id).derived;
			const { contradictions } = statusOf(site, team.id);
			return { ...team, page: published(teamHref(team.id)), declared: status, derived, contradictions };
		}),
	}),
	rules: (site) => ({
		...headOf(site),
		coverage: site.log.coverage,
		sharedProtocol: [...site.catalog.sharedProtocol],
		rules: [...site.catalog.rules],
	}),
	contracts: (site) => ({
		...headOf(site),
		contracts: site.catalog.contracts.map((contract) => {
			const reality = site.realityOf.get(contract.id);
			if (reality === undefined) throw new Error(`nobody looked for the contract ${contract.id}: run npm run audit`);
			return {
				...contract,
				page: published(contractHref(contract.id)),
				members: contract.members.map((member, index) => memberOf(member, index, reality)),
				verdict: contractVerdict(reality),
				reality,
			};
		}),
	}),
	namespaces: (site) => ({ ...headOf(site), namespaces: [...site.catalog.namespaces] }),
	ports: (site) => ({ ...headOf(site), ports: [...site.catalog.ports] }),
	claims: (site) => ({ ...headOf(site), claims: [...site.catalog.claims] }),
	schedule: (site) => ({
		...headOf(site),
		phases: [...site.catalog.phases],
		syncPoints: site.catalog.project.syncPoints,
		escalation: site.catalog.project.escalation,
	}),
	conflicts: (site) => ({
		...headOf(site),
		summary: site.log.summary,
		conflicts: site.log.conflicts.map((conflict) => compact(conflict, site)),
	}),
};

/** The text of an answer. What is no answer by its own schema is not published: the build fails. */
export function answerText(name: string, site: Site): string {
	if (!isBuilt(name)) throw new Error(`no answer ${name}`);
	return formatJson(answers[name].schema.parse(answerBuilders[name](site)));
}

function isBuilt(name: string): name is BuiltAnswer {
	return Object.hasOwn(answerBuilders, name);
}

/** What every answer begins with. */
export function headOf({
	log,
	isSample,
}: {
	readonly log: Pick<ConflictLog, "repository">;
	readonly isSample: boolean;
}): AnswerHead {
	const { name, head, headAt, complete } = log.repository;
	return { version: 1, repository: { name, head, headAt, complete, isSample } };
}

function statusOf({ teams }: Site, id: string): Site["teams"]["teams"][number] {
	const status = teams.teams.find((one) => one.id === id);
	if (status === undefined) throw new Error(`no status of ${id}`);
	return status;
}

function memberOf(member: ContractMember, index: number, { members }: ContractReality) {
	return { ...member, signature: formatSignature(member), verdict: memberVerdict(members[index]?.places ?? []) };
}

function compact({ occurrences, ...conflict }: Conflict, { pageOfConflict }: Site) {
	return {
		...conflict,
		isOpen: isOpen(conflict),
		occurrences: occurrences.length,
		page: published(conflictHref(conflict.id, pageOfConflict)),
	};
}
