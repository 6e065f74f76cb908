// Live status in a real browser: fresh, ageing, gone and back, and never falsely green.
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { expect, type Page, test } from "playwright/test";
import { type PythonNode, pythonMissing, startPythonNode } from "../support/python-node.ts";

/** A gateway process over the built site, asking every second so that a test takes seconds. */
async function startGateway(nodes: readonly string[], port: number): Promise<ChildProcess> {
	const child = spawn(process.execPath, ["scripts/gateway.ts"], {
		env: {
			...process.env,
			COORD_NODES: nodes.join(","),
			COORD_PORT: String(port),
			COORD_GRPC_PORT: "off",
			COORD_INTERVAL_MS: "1000",
			COORD_DEADLINE_MS: "500",
		},
		stdio: ["ignore", "ignore", "inherit"],
	});
	for (let tries = 0; tries < 100; tries++) {
		const answer = await fetch(`http://localhost:${port}/readyz`).catch(() => null);
		if (answer?.ok) return child;
		await new Promise((wait) => setTimeout(wait, 100));
	}
	throw new Error("the gateway did not become ready in 10 s");
}

async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = new Promise((done) => child.once("exit", done));
	child.kill("SIGTERM");
	await gone;
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	const address = server.address();
	await new Promise((done) => server.close(done));
	if (address === null || typeof address === "string") throw new Error("no port");
	return address.port;
}

const card = (page: Page, node: string) => page.locator(".live-card", { hasText: node });

test("the overview tells the cluster in one line, live, and labels sample nodes", async ({ page }) => {
	await page.goto("/");
	await expect(page.getByText(/3 of 3 nodes serving · as of \d+ s ago/)).toBeVisible();
	await page.goto("/status/");
	await expect(page.getByText("sample node", { exact: true })).toHaveCount(3);
});

test("without script, a page shows what was known when it was built, and claims nothing of now", async ({
	browser,
}) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(`http://localhost:${process.env["COORD_TEST_PORT"] ?? 4381}/status/`);
	await expect(card(page, "sample-node-1")).toContainText("when this page was built");
	await expect(page.locator('.live-card[data-tone="good"]')).toHaveCount(0);
	await context.close();
});

test("a hidden page asks nothing; shown again, it asks at once", async ({ page }) => {
	let calls = 0;
	page.on("request", (request) => {
		if (request.url().includes("GetCluster")) calls++;
	});
	await page.goto("/status/");
	await expect(card(page, "sample-node-1")).toHaveAttribute("data-tone", "good");
	const show = (state: "hidden" | "visible") =>
		page.evaluate((value) => {
			Object.defineProperty(document, "visibilityState", { value, configurable: true });
			Object.defineProperty(document, "hidden", { value: value === "hidden", configurable: true });
			document.dispatchEvent(new Event("visibilitychange"));
		}, state);
	await show("hidden");
	const before = calls;
	await page.waitForTimeout(11_000);
	expect(calls).toBe(before);
	await show("visible");
	await expect.poll(() => calls, { timeout: 1_500 }).toBe(before + 1);
});

test("the browser goes offline: the page says so, keeps what it knew with its age, and recovers", async ({
	page,
	baseURL,
}) => {
	await page.goto(`${baseURL?.replace("localhost", "coordination.example")}/status/`);
	await expect(card(page, "sample-node-1")).toHaveAttribute("data-tone", "good");
	await page.context().setOffline(true);
	await expect(page.getByText(/You are offline; showing what the gateway said/).first()).toBeVisible();
	await expect(card(page, "sample-node-1")).toContainText("Layers");
	await page.context().setOffline(false);
	await expect(page.getByText(/You are offline/)).toHaveCount(0, { timeout: 10_000 });
});

test("a gateway on this machine is asked though the browser has no network", async ({ page }) => {
	await page.addInitScript(() => Object.defineProperty(navigator, "onLine", { value: false }));
	await page.goto("/status/");
	await expect(card(page, "sample-node-1")).toHaveAttribute("data-tone", "good");
	await page.evaluate(() => dispatchEvent(new Event("offline")));
	await expect(page.getByText(/You are offline/)).toHaveCount(0);
});

test.describe("with nodes of their own", () => {
	test.skip(pythonMissing() !== null, pythonMissing() ?? "");
	let nodes: PythonNode[] = [];
	let gateway: ChildProcess;
	let address = "";

	test.beforeEach(async ({ page }) => {
		nodes = [await startPythonNode("distributed"), await startPythonNode("inference")];
		const port = await freePort();
		gateway = await startGateway(
			nodes.map((node) => node.address),
			port,
		);
		address = `http://localhost:${port}/status/`;
		await page.goto(address);
	});
	test.afterEach(async () => {
		await end(gateway);
		for (const node of nodes) node.signal("SIGCONT");
		await Promise.all(nodes.map((node) => node.close()));
	});

	test("both generations show chip, memory, layers and uptime; a GPU nobody measures is unknown", async ({ page }) => {
		const [older, newer] = nodes as [PythonNode, PythonNode];
		const said = [
			[older, ["Uptime1 h", "Memory41 % of 16 GiB", "GPUunknown", "ChipApple M4", "Layers0–9"]],
			[newer, ["Uptime2 h", /Memory6[23](\.5)? % of 64 GiB/, "GPUunknown", "ChipApple M2 Ultra", "Layers10–12"]],
		] as const;
		for (const [node, facts] of said) {
			await expect(card(page, node.address)).toHaveAttribute("data-tone", "good");
			for (const fact of facts) await expect(card(page, node.address)).toContainText(fact);
		}
		expect(nodes.flatMap((node) => node.changes)).toEqual([]);
	});

	test("a killed and a frozen node stop being green, say why, and come back; the other keeps serving", async ({
		page,
	}) => {
		const [killed, frozen] = nodes as [PythonNode, PythonNode];
		await expect(card(page, killed.address)).toContainText("serving");
		killed.signal("SIGKILL");
		frozen.signal("SIGSTOP");
		await expect(card(page, killed.address)).toContainText(/not serving.*(refused|closed)/s, { timeout: 17_000 });
		await expect(card(page, frozen.address)).toContainText(/not serving.*no answer/s, { timeout: 17_000 });
		await expect(page.locator('.live-card[data-tone="good"]')).toHaveCount(0);
		frozen.signal("SIGCONT");
		await expect(card(page, frozen.address)).toHaveAttribute("data-tone", "good", { timeout: 12_000 });
		await expect(card(page, killed.address)).toContainText("not serving");
		nodes[0] = await startPythonNode("distributed", killed.port);
		await expect(card(page, killed.address)).toHaveAttribute("data-tone", "good", { timeout: 12_000 });
	});

	test("the gateway goes away: the page keeps the last state with its age, greys it, and recovers", async ({
		page,
	}) => {
		const [node] = nodes as [PythonNode];
		await expect(card(page, node.address)).toHaveAttribute("data-tone", "good");
		await end(gateway);
		await expect(page.getByText(/Can't reach the gateway; showing what it said \d+ s ago\./).first()).toBeVisible({
			timeout: 10_000,
		});
		await expect(page.locator('.live-card[data-tone="good"]')).toHaveCount(0, { timeout: 20_000 });
		await expect(card(page, node.address)).toContainText(/Chip\s*Apple M\d/);
		gateway = await startGateway(
			nodes.map(({ address: at }) => at),
			Number(new URL(address).port),
		);
		await expect(card(page, node.address)).toHaveAttribute("data-tone", "good", { timeout: 35_000 });
	});
});
