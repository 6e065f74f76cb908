// Edge(build). The conflict log as the audit wrote it, for machines and for rows too long to show.
import type { APIRoute } from "astro";
import { formatJson } from "#report/json";
import { loadSite } from "../components/site.ts";

export const GET: APIRoute = async () =>
	new Response(formatJson((await loadSite()).log), { headers: { "content-type": "application/json" } });
