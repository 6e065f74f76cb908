// Pure. The sections of /llms.txt: every page worth reading, and what machines read instead, each with one line.
import { answers } from "#model/published";
import type { LlmsLink, LlmsSection } from "#report/llms";
import { contractHref, teamHref } from "../links.ts";
import type { Site } from "../site.ts";
import { answerPath, published, publishedPath } from "./address.ts";
import { agentsPath } from "./outputs.ts";

/** A page of the guide, as the map tells it. */
export interface GuideEntry {
	readonly id: string;
	readonly title: string;
	readonly description: string | null;
}

export function llmsSections({ catalog }: Site, guide: readonly GuideEntry[]): LlmsSection[] {
	const link = (label: string, path: string, text: string): LlmsLink => ({ label, address: publishedPath(path), text });
	return [
		{
			title: "Rules",
			links: [
				link("Ownership", "/ownership/", "Which paths belong to one team alone, and which are shared."),
				link("Contracts", "/contracts/", "What teams promise each other, beside what the code holds."),
				...catalog.contracts.map(({ id, title, from, to }) => ({
					label: title,
					address: published(contractHref(id)),
					text: `Promised by ${from} to ${to}.`,
				})),
				link("Configuration keys", "/namespaces/", "Which section of the configuration belongs to whom."),
				link("Ports", "/ports/", "Which ports are registered, and who may bind them."),
				link("Claims", "/claims/", "What is reserved for a time, by whom."),
				link("Schedule", "/schedule/", "The phases, and whether teams may touch each other's work."),
			],
		},
		{
			title: "Teams",
			links: catalog.teams.flatMap(({ id, name, focus }) => [
				{ label: name, address: published(teamHref(id)), text: focus ?? "What the team owns, promises and does." },
				link(`Rules for agents of ${name}`, agentsPath(id), "What an agent of this team must obey, as AGENTS.md."),
			]),
		},
		{
			title: "Conflicts and status",
			links: [
				link("Conflict log", "/conflicts/", "Every conflict: what happened, how we know, what to do."),
				link("Finding codes", "/findings/", "What each code means, when it fires and how not to be told of it."),
				link("May I change this?", "/may-i/", "Whose a path is, by which rule, and what each team may do."),
				link("Live status", "/status/", "How teams and nodes stand now; needs a browser."),
			],
		},
		{
			title: "Guide",
			links: guide.map(({ id, title, description }) => link(title, `/${id}/`, description ?? "A page of the guide.")),
		},
		{
			title: "Data",
			links: [
				link("For machines", "/machines/", "Everything that is published for programs, with schemas and promises."),
				...Object.entries(answers).map(([name, { description }]) => link(name, answerPath(name), description)),
				link("CODEOWNERS", "/CODEOWNERS", "The ownership rules as the file that hosts read."),
			],
		},
		{
			title: "Optional",
			links: [
				link("All in one", "/llms-full.txt", "Guide, rules, contracts, keys, ports and open conflicts as one text."),
				link("Notes", "/notes/", "Dated notes of the coordinator."),
			],
		},
	];
}
