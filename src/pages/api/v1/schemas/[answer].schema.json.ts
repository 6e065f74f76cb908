// Edge(build). The JSON Schema of every answer to machines, made from the schema that the answer is typed by.
import type { APIRoute } from "astro";
import { answerJsonSchema } from "#model/json-schema";
import { type AnswerName, answers } from "#model/published";
import { formatJson } from "#report/json";
import { publishedPath, schemaPath } from "../../../../components/machines/address.ts";

export const getStaticPaths = () => Object.keys(answers).map((answer) => ({ params: { answer } }));

export const GET: APIRoute = ({ params }) => {
	const name = params["answer"] as AnswerName;
	const { schema, description } = answers[name];
	const id = import.meta.env.SITE ? publishedPath(schemaPath(name)) : null;
	return new Response(formatJson(answerJsonSchema(schema, { title: description, id })), {
		headers: { "content-type": "application/schema+json" },
	});
};
