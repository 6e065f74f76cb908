// Edge(build). Every tracked path, grouped by folder: what the look-up searches.
import type { APIRoute } from "astro";
import { listPaths } from "#model/path-list";
import { escapeJson } from "#model/visible";
import { loadSite } from "../../../components/site.ts";

/** Invisible characters of paths are escaped: data for machines, which a person may open. */
export const GET: APIRoute = async () => new Response(escapeJson(JSON.stringify(listPaths((await loadSite()).tree))));
