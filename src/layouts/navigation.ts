// Edge(astro). The side navigation: made anew for each page from the catalog, so that content alone decides what is listed.

import type { StarlightRouteData } from "@astrojs/starlight/route-data";
import { defineRouteMiddleware } from "@astrojs/starlight/route-data";
import { visible } from "#model/visible";
import { openByLevel } from "../components/conflict-rows.ts";
import { teamHref, withBase } from "../components/links.ts";
import { loadSite } from "../components/site.ts";

type Entry = StarlightRouteData["sidebar"][number];
type Link = Extract<Entry, { type: "link" }>;

export const onRequest = defineRouteMiddleware(async (context) => {
	const route = context.locals.starlightRoute;
	const here = context.url.pathname;
	const { catalog, log, guidePages } = await loadSite();
	const link = (label: string, href: string, badge?: string): Link => ({
		type: "link",
		label,
		href,
		isCurrent: href === here,
		badge: badge === undefined ? undefined : { text: badge, variant: "default" },
		attrs: {},
	});
	const group = (label: string, entries: Link[], collapsed = false): Entry => ({
		type: "group",
		label,
		entries,
		collapsed: collapsed && !entries.some((entry) => entry.isCurrent),
		badge: undefined,
	});
	const guide = guidePages.map((page) => link(page.label, withBase(`/${page.id}/`)));
	const open = Object.values(openByLevel(log.conflicts, null)).reduce((sum, amount) => sum + amount, 0);
	route.sidebar = [
		link("Overview", withBase("/")),
		link("May I change this?", withBase("/may-i/")),
		{
			...link("Conflict log", withBase("/conflicts/"), `${open} open`),
			isCurrent: here.startsWith(withBase("/conflicts/")),
		},
		link("Live status", withBase("/status/")),
		group("Teams", [
			link("All teams", withBase("/teams/")),
			...catalog.teams.map((team) => link(team.name, teamHref(team.id))),
		]),
		group("Rules", [
			{ ...link("Ownership", withBase("/ownership/")), isCurrent: here.startsWith(withBase("/ownership/")) },
			{ ...link("Contracts", withBase("/contracts/")), isCurrent: here.startsWith(withBase("/contracts/")) },
			link("Namespaces", withBase("/namespaces/")),
			link("Ports", withBase("/ports/")),
			link("Claims", withBase("/claims/")),
			link("Schedule", withBase("/schedule/")),
		]),
		...(guide.length === 0 ? [] : [group("Guide", guide)]),
		group("Reference", [
			link("Notes", withBase("/notes/")),
			{ ...link("Finding codes", withBase("/findings/")), isCurrent: here.startsWith(withBase("/findings/")) },
			link("For machines", withBase("/machines/")),
		]),
	];
	// The page of all addresses that are not there has none of its own to be found by.
	if (here === withBase("/404/") || here === withBase("/404")) route.head = route.head.filter((tag) => !isAddress(tag));
	const at = guide.findIndex((page) => page.isCurrent);
	route.pagination = { prev: guide[at - 1], next: at === -1 ? undefined : guide[at + 1] };
	nameSite(route, catalog.project.name);
});

function nameSite(route: StarlightRouteData, name: string): void {
	route.siteTitle = name;
	for (const tag of route.head) {
		if (tag.tag === "title") tag.content = escaped(visible(`${route.entry.data.title} · ${name}`));
		if (tag.tag === "meta" && tag.attrs?.property === "og:site_name") tag.attrs.content = name;
	}
}

function isAddress({ attrs }: StarlightRouteData["head"][number]): boolean {
	return attrs?.["rel"] === "canonical" || attrs?.["property"] === "og:url";
}

/** Starlight writes what stands in an element of the head as it is, as HTML. */
function escaped(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
