// Edge(build). What is needed to say in a browser whose a path is: the look-up's data set.
import type { APIRoute } from "astro";
import { lookUpFile } from "../../../components/look-up-file.ts";
import { ownAnswerText } from "../../../components/machines/own-answer.ts";
import { loadSite } from "../../../components/site.ts";

export const GET: APIRoute = async () => new Response(ownAnswerText("look-up", lookUpFile(await loadSite())));
