// What the site's client makes of every kind of answer, in a real browser: none but a whole one is ever taken for fresh.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test } from "playwright/test";
import { bundleFor } from "../support/browser-bundle.ts";
import type { Verdict } from "../support/interop/reply-page.ts";
import { SHAPES } from "../support/interop/reply-shapes.ts";

let server: Server;
let url = "";

test.beforeAll(async () => {
	const script = await bundleFor("test/support/interop/reply-page.ts");
	server = createServer((request, response) => {
		const [, name = ""] = (request.url ?? "").split("/");
		const shape = SHAPES[name];
		if (shape === undefined) {
			const isScript = name === "page.js";
			response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
			return response.end(isScript ? script : '<!doctype html><script type="module" src="/page.js"></script>');
		}
		response.writeHead(shape.status, { ...shape.headers, "content-length": shape.body.length });
		if (shape.cutAfter === undefined) return response.end(shape.body);
		return response.write(shape.body.subarray(0, shape.cutAfter), () => response.destroy());
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	url = `http://localhost:${(server.address() as AddressInfo).port}`;
});
test.afterAll(() => server?.close());

test("a whole answer is taken, with its trailer or, as it proves itself by its last field, without", async ({
	page,
}) => {
	const judge = await judgeOn(page);
	expect(await judge("whole")).toMatchObject({ verdict: "fresh", nodes: ["one"] });
	expect(await judge("whole-without-trailer")).toMatchObject({ verdict: "fresh", nodes: ["one"] });
	// Both are whole; the library hands over the last.
	expect(await judge("two-messages")).toMatchObject({ verdict: "fresh", nodes: ["second"] });
});

test("no other is taken for fresh, and what came of the gateway's own words is told apart", async ({ page }) => {
	const judge = await judgeOn(page);
	const verdicts: Record<string, string> = {};
	for (const name of Object.keys(SHAPES)) verdicts[name] = (await judge(name)).verdict;
	const fresh = Object.keys(verdicts).filter((name) => verdicts[name] === "fresh");
	expect(fresh).toEqual(["whole", "whole-without-trailer", "two-messages"]);
	for (const name of ["whole", "whole-without-trailer", "two-messages"]) delete verdicts[name];
	expect(verdicts).toEqual({
		// The library calls these a success: only the fields of the reply itself tell.
		"cut-without-trailer": "altered",
		"cut-before-its-last-field": "altered",
		"cut-in-the-middle": "altered",
		"whole-then-cut": "altered",
		"no-complete-field": "altered",
		"fewer-nodes-than-counted": "altered",
		"fewer-readings-than-nodes": "altered",
		"unchanged-to-a-reader-that-holds-nothing": "altered",
		"another-format": "altered",
		"no-protobuf": "altered",
		"empty-message": "altered",
		// No message, and no error either.
		"trailers-only": "altered",
		"trailers-only-in-headers": "altered",
		"truncated-frame": "altered",
		"empty-body": "altered",
		"length-too-long": "altered",
		"html-200-as-grpc-web": "altered",
		"compressed-flag": "altered",
		"compressed-flag-on-plain-bytes": "altered",
		"length-too-short": "altered",
		"length-of-4-gib": "altered",
		"junk-after-the-trailer": "altered",
		"junk-before-the-frame": "altered",
		// Somebody else's answer.
		"html-200": "foreign",
		"html-404": "foreign",
		"html-429": "foreign",
		"html-502": "foreign",
		"text-plain": "foreign",
		json: "foreign",
		// Nobody's: the connection ended, or a gateway that says nobody is there.
		"connection-cut": "unreachable",
		"error-after-a-message": "unreachable",
		// A no of the gateway's.
		"error-with-utf-8": "refused",
		"bad-status-text": "refused",
	});
	expect((await judge("error-with-utf-8")).message).toBe("naïve 100%");
});

async function judgeOn(page: Page): Promise<(shape: string) => Promise<Verdict>> {
	await page.goto(url);
	await page.waitForFunction(() => "judge" in globalThis);
	return (name) =>
		page.evaluate((shape) => (globalThis as never as { judge(shape: string): Promise<Verdict> }).judge(shape), name);
}
