// Edge(build). What the filters of the log load when somebody asks for them: every conflict, in columns.
import type { APIRoute } from "astro";
import { escapeJson } from "#model/visible";
import { conflictIndex } from "../../components/conflict-index.ts";
import { loadSite } from "../../components/site.ts";

export const GET: APIRoute = async () => {
	const site = await loadSite();
	// Invisible characters are escaped: a person may open it.
	return new Response(escapeJson(JSON.stringify(conflictIndex(site.conflictPages, site))));
};
