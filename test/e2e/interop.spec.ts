// The seven cases by which gRPC proves that client and server understand each other, as grpc-web lists them:
// the official client, in binary, in a real browser, against a server that answers as our gateway does.
import { expect, type Page, test } from "playwright/test";
import { bundleFor } from "../support/browser-bundle.ts";
import type { Asked, Heard } from "../support/interop/page.ts";
import { type InteropServer, startInteropServer } from "../support/interop/server.ts";

let server: InteropServer;

test.beforeAll(async () => {
	const script = await bundleFor("test/support/interop/page.ts");
	server = await startInteropServer((image, request, response) => {
		const isPage = request.url === "/";
		const html = `<!doctype html><html data-image="${Buffer.from(image).toString("base64")}"><title>interop</title>`;
		response.setHeader("content-type", isPage ? "text/html; charset=utf-8" : "text/javascript");
		response.end(isPage ? `${html}<script type="module" src="/page.js"></script></html>` : script);
	});
});
test.afterAll(() => server?.close());

async function ask(page: Page, asked: Asked): Promise<Heard> {
	await page.goto(server.url);
	await page.waitForFunction(() => "ask" in globalThis);
	return await page.evaluate((one) => (globalThis as never as { ask(asked: Asked): Promise<Heard> }).ask(one), asked);
}

test("empty_unary", async ({ page }) => {
	expect(await ask(page, { method: "EmptyCall" })).toMatchObject({ sizes: [-1], code: 0 });
});

test("empty_unary_with_deadline: a deadline that is kept changes nothing; one that passes ends the call", async ({
	page,
}) => {
	expect(await ask(page, { method: "EmptyCall", deadlineMs: 5_000 })).toMatchObject({ sizes: [-1], code: 0 });
	const slow = { method: "UnaryCall", metadata: { "x-slow": "1" }, deadlineMs: 300 };
	expect(await ask(page, slow)).toMatchObject({ sizes: [], code: 4 });
});

test("large_unary: 271,828 bytes up, 314,159 down", async ({ page }) => {
	const large = { method: "UnaryCall", fields: { responseSize: 314_159 }, payloadSize: 271_828 };
	expect(await ask(page, large)).toMatchObject({ sizes: [314_159], code: 0 });
});

test("custom_metadata: a header comes back as header, a binary one as trailer", async ({ page }) => {
	const metadata = {
		"x-grpc-test-echo-initial": "test_initial_metadata_value",
		// 0xababab.
		"x-grpc-test-echo-trailing-bin": "q6ur",
	};
	const heard = await ask(page, { method: "UnaryCall", fields: { responseSize: 8 }, metadata });
	expect(heard).toMatchObject({ sizes: [8], code: 0 });
	expect(heard.headers).toHaveProperty("x-grpc-test-echo-initial", "test_initial_metadata_value");
	expect(heard.trailers).toHaveProperty("x-grpc-test-echo-trailing-bin", "q6ur");
});

for (const message of ["test status message", "half of 50 % is 25 %, naïve ☂ 日本"]) {
	test(`status_code_and_message: code 2, "${message}"`, async ({ page }) => {
		const responseStatus = { code: 2, message };
		expect(await ask(page, { method: "UnaryCall", fields: { responseStatus } })).toMatchObject({
			sizes: [],
			code: 2,
			message,
		});
	});
}

test("unimplemented_method", async ({ page }) => {
	expect(await ask(page, { method: "UnimplementedCall" })).toMatchObject({ sizes: [], code: 12 });
});

test("server_streaming: four answers in order", async ({ page }) => {
	const responseParameters = [31_415, 9, 2_653, 58_979].map((size) => ({ size }));
	expect(await ask(page, { method: "StreamingOutputCall", fields: { responseParameters } })).toMatchObject({
		sizes: [31_415, 9, 2_653, 58_979],
		code: 0,
	});
});
