// Edge(build). The conflict log as the audit wrote it, for machines and for rows too long to show.
import type { APIRoute } from "astro";
import { publishedText } from "../components/published-log.ts";
import { loadSite } from "../components/site.ts";

export const GET: APIRoute = async () =>
	new Response(publishedText((await loadSite()).log), { headers: { "content-type": "application/json" } });
