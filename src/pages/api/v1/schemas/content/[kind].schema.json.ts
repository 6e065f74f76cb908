// Edge(build). The JSON Schema of every kind of YAML file of content/, for the editors of those who write them.
import type { APIRoute } from "astro";
import { contentSchemas } from "#model/content-schemas";
import { contentJsonSchema } from "#model/json-schema";
import { formatJson } from "#report/json";
import { contentSchemaPath, publishedPath } from "../../../../../components/machines/address.ts";
import { type ContentKind, contentKinds } from "../../../../../components/machines/content-kinds.ts";

export const getStaticPaths = () => contentKinds.map((props) => ({ params: { kind: props.kind }, props }));

export const GET: APIRoute<ContentKind> = ({ props: { kind, files } }) => {
	const id = import.meta.env.SITE ? publishedPath(contentSchemaPath(kind)) : null;
	const title = `${files} of the coordination project`;
	return new Response(formatJson(contentJsonSchema(contentSchemas[kind], { title, id })), {
		headers: { "content-type": "application/schema+json" },
	});
};
