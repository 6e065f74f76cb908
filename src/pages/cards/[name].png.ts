// Edge(build). The image that is shown where somebody shares a link to a page.
import type { APIRoute } from "astro";
import { cardImage } from "../../components/machines/card-image.ts";
import type { Card } from "../../components/machines/cards.ts";
import { siteCards, wordsOf } from "../../components/machines/site-cards.ts";

export const getStaticPaths = async () =>
	(await siteCards()).map((card) => ({ params: { name: card.name }, props: { card } }));

export const GET: APIRoute<{ card: Card }> = async ({ props }) =>
	new Response(new Uint8Array(await cardImage(await wordsOf(props.card))), {
		headers: { "content-type": "image/png" },
	});
