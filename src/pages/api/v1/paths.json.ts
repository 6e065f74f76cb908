// Edge(build). Every tracked path, grouped by folder: what the look-up searches.
import type { APIRoute } from "astro";
import { listPaths } from "#model/path-list";
import { loadSite } from "../../../components/site.ts";

export const GET: APIRoute = async () => Response.json(listPaths((await loadSite()).tree));
