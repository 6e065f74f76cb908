// Edge(build). Every answer to machines that model/published.ts lists; the log is byte for byte the published one.
import type { APIRoute } from "astro";
import { type AnswerName, answers } from "#model/published";
import { formatJson } from "#report/json";
import { answerBuilders } from "../../../components/machines/answers.ts";
import { publishedText } from "../../../components/published-log.ts";
import { loadSite } from "../../../components/site.ts";

export const getStaticPaths = () => Object.keys(answers).map((answer) => ({ params: { answer } }));

export const GET: APIRoute = async ({ params }) => {
	const name = params["answer"] as AnswerName;
	const site = await loadSite();
	// What is no answer by its own schema is not published: the build fails.
	const text =
		name === "log" ? publishedText(site.log) : formatJson(answers[name].schema.parse(answerBuilders[name](site)));
	return new Response(text, { headers: { "content-type": "application/json" } });
};
