// Edge(build). Every tracked path, grouped by folder: what the look-up searches.
import type { APIRoute } from "astro";
import { listPaths } from "#model/path-list";
import { ownAnswerText } from "../../../components/machines/own-answer.ts";
import { loadSite } from "../../../components/site.ts";

export const GET: APIRoute = async () => new Response(ownAnswerText("paths", listPaths((await loadSite()).tree)));
