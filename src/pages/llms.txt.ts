// Edge(build). The map of the site for language models (llmstxt.org).
import { getCollection } from "astro:content";
import type { APIRoute } from "astro";
import { formatLlms } from "#report/llms";
import { llmsSections } from "../components/machines/llms-sections.ts";
import { loadSite } from "../components/site.ts";

export const GET: APIRoute = async () => {
	const site = await loadSite();
	const described = new Map((await getCollection("docs")).map(({ id, data }) => [id, data]));
	const guide = site.guidePages.map(({ id, label }) => {
		const { title = label, description = null } = described.get(id) ?? {};
		return { id, title, description };
	});
	return new Response(formatLlms(site.catalog, site.log, llmsSections(site, guide)), {
		headers: { "content-type": "text/plain; charset=utf-8" },
	});
};
