// Edge(build). The conflict log as the audit wrote it, for machines and for rows too long to show.
import type { APIRoute } from "astro";
import { loadSite } from "../components/site.ts";

export const GET: APIRoute = async () => Response.json((await loadSite()).log);
