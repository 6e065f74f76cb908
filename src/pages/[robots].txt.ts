// Edge(build). /robots.txt, where the site is a whole host: below a sub-path no crawler would read it.
import type { APIRoute } from "astro";
import { publishedPath } from "../components/machines/address.ts";

export const getStaticPaths = () => (import.meta.env.BASE_URL === "/" ? [{ params: { robots: "robots" } }] : []);

export const GET: APIRoute = () => {
	const sitemap = import.meta.env.SITE ? [`Sitemap: ${publishedPath("/sitemap-index.xml")}`, ""] : [];
	return new Response(["User-agent: *", "Allow: /", "", ...sitemap].join("\n"), {
		headers: { "content-type": "text/plain; charset=utf-8" },
	});
};
