// Edge(build). Cells that stand side by side are words apart for whoever reads a page as text: the search, a copy, a screen reader.
import { defineMiddleware } from "astro:middleware";

/** Astro leaves no space between elements, and Pagefind would index `Levelwarning`. */
export const onRequest = defineMiddleware(async (_, next) => {
	const answer = await next();
	if (!answer.headers.get("Content-Type")?.startsWith("text/html")) return answer;
	const html = (await answer.text()).replace(/<\/(?:dt|dd|th|td|caption)>(?=<)/g, "$& ");
	return new Response(html, answer);
});
