// Build. What this log tells that the one it replaced did not; the next build puts it beside the log that it replaces.
import type { APIRoute } from "astro";
import { loadSite } from "../components/site.ts";

/** Where nothing is known from before, `previous` is null. */
export const GET: APIRoute = async () => {
	const { news, baseline } = await loadSite();
	const none = { version: 1, log: baseline, previous: null, changes: [], moreChanges: 0 };
	return Response.json(news ?? none);
};
