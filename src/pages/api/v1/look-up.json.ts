// Edge(build). What is needed to say in a browser whose a path is: the look-up's data set.
import type { APIRoute } from "astro";
import { escapeJson } from "#model/visible";
import { lookUpFile } from "../../../components/look-up-file.ts";
import { loadSite } from "../../../components/site.ts";

/** Invisible characters of paths are escaped: data for machines, which a person may open. */
export const GET: APIRoute = async () => new Response(escapeJson(JSON.stringify(lookUpFile(await loadSite()))));
