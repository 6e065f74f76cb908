// Edge(build). /conflicts.xml, where the site knows its public address: a feed's links must be absolute to be true.
import { getRssString } from "@astrojs/rss";
import type { APIRoute } from "astro";
import { conflictHref } from "../components/links.ts";
import { published, publishedPath } from "../components/machines/address.ts";
import { conflictFeed } from "../components/machines/feed.ts";
import { FEED } from "../components/machines/outputs.ts";
import { loadSite } from "../components/site.ts";

export const getStaticPaths = () =>
	import.meta.env.SITE ? [{ params: { feed: FEED.replace(/^\/|\.xml$/g, "") } }] : [];

export const GET: APIRoute = async () => {
	const { catalog, log, pageOfConflict } = await loadSite();
	const site = publishedPath("/");
	const xml = await getRssString(
		conflictFeed(catalog.project.name, log, {
			site,
			self: publishedPath(FEED),
			addressOf: (id) => published(conflictHref(id, pageOfConflict)),
		}),
	);
	// The library takes the slash of the site's own address away: below a sub-path it would lead out of the site.
	const whole = xml.replace(`<link>${site.replace(/\/$/, "")}</link>`, () => `<link>${site}</link>`);
	return new Response(whole, { headers: { "content-type": "application/xml" } });
};
