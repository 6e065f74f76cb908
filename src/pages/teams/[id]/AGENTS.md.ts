// Edge(build). The rules that a team's agents must obey, as `npm run agents` writes them.
import type { APIRoute } from "astro";
import { formatAgents } from "#report/agents";
import { publishedPath } from "../../../components/machines/address.ts";
import { agentsPath } from "../../../components/machines/outputs.ts";
import { loadSite } from "../../../components/site.ts";

export async function getStaticPaths() {
	const { catalog } = await loadSite();
	return catalog.teams.map(({ id }) => ({ params: { id } }));
}

export const GET: APIRoute = async ({ params }) => {
	const { catalog, log, realityOf, builtAt } = await loadSite();
	const team = params["id"] as string;
	const address = import.meta.env.SITE ? publishedPath(agentsPath(team)) : null;
	const reality = [...realityOf.values()];
	return new Response(formatAgents(catalog, { team, at: builtAt, log, reality, address }), {
		headers: { "content-type": "text/markdown; charset=utf-8" },
	});
};
