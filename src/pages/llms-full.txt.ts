// Edge(build). The site's text for language models: guide, rules, contracts, keys, ports and open conflicts.
import { getCollection } from "astro:content";
import type { APIRoute } from "astro";
import { formatLlmsFull } from "#report/llms";
import { answerPath, publishedPath } from "../components/machines/address.ts";
import { loadSite } from "../components/site.ts";

export const GET: APIRoute = async () => {
	const { catalog, log, teams, guidePages } = await loadSite();
	const entries = new Map((await getCollection("docs")).map((entry) => [entry.id, entry]));
	const guide = guidePages.map(({ id, label }) => {
		const entry = entries.get(id);
		return { title: entry?.data.title ?? label, address: publishedPath(`/${id}/`), body: entry?.body ?? "" };
	});
	const at = (name: string) => publishedPath(answerPath(name));
	const text = formatLlmsFull({ catalog, log, statuses: teams.teams }, guide, {
		...{ rules: at("rules"), contracts: at("contracts"), namespaces: at("namespaces"), ports: at("ports") },
		...{ conflicts: at("conflicts"), guide: publishedPath("/guide/") },
	});
	return new Response(text, { headers: { "content-type": "text/plain; charset=utf-8" } });
};
