// Edge(build). The answers to machines that are made for them alone; look-up, paths and log have routes of their own.
import type { APIRoute } from "astro";
import { answerBuilders, answerText } from "../../../components/machines/answers.ts";
import { loadSite } from "../../../components/site.ts";

export const getStaticPaths = () => Object.keys(answerBuilders).map((answer) => ({ params: { answer } }));

export const GET: APIRoute = async ({ params }) =>
	new Response(answerText(params["answer"] as string, await loadSite()), {
		headers: { "content-type": "application/json" },
	});
