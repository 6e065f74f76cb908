// Edge(build). The ownership rules as a CODEOWNERS file, as `npm run codeowners` writes it without handles of its own.
import type { APIRoute } from "astro";
import { formatCodeowners } from "#report/codeowners";
import { loadSite } from "../components/site.ts";

export const GET: APIRoute = async () => {
	const { catalog, builtAt } = await loadSite();
	return new Response(formatCodeowners(catalog, { at: builtAt }).text, {
		headers: { "content-type": "text/plain; charset=utf-8" },
	});
};
