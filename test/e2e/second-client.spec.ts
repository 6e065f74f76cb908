// Two gRPC-Web clients that share no line of transport read the same from one gateway: the site's, and connect-web.
import { expect, test } from "playwright/test";
import { bundleFor } from "../support/browser-bundle.ts";
import type { Readings } from "../support/interop/two-clients.ts";

test("the official client and connect-web read the same nodes, `unchanged` and teams", async ({ page, baseURL }) => {
	const script = await bundleFor("test/support/interop/two-clients.ts");
	// Pages beside those of the site, so that the questions stay within the gateway's origin.
	await page.route(`${baseURL}/two-clients.js`, (route) =>
		route.fulfill({ contentType: "text/javascript", body: script }),
	);
	await page.route(`${baseURL}/two-clients`, (route) =>
		route.fulfill({ contentType: "text/html", body: '<script type="module" src="/two-clients.js"></script>' }),
	);
	await page.goto("/two-clients");
	await page.waitForFunction(() => "readBySecond" in globalThis);
	const read = (name: "readByOfficial" | "readBySecond") =>
		page.evaluate((by) => (globalThis as never as Record<string, () => Promise<Readings>>)[by]!(), name);

	const official = await read("readByOfficial");
	const { unchanged, ...second } = await read("readBySecond");
	expect(unchanged).toBe("true");
	expect(second).toEqual(official);
	const nodes = JSON.parse(official["cluster"]!).nodes as { id: string; state: string }[];
	expect(nodes.map(({ id, state }) => [id, state])).toEqual([
		["sample-node-1", "serving"],
		["sample-node-2", "serving"],
		["sample-node-3", "serving"],
	]);
	expect(official["again"]).toBe(official["cluster"]);
	expect(JSON.parse(official["teams"]!).snapshot.teams.length).toBeGreaterThan(1);
});
