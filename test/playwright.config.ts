// Browser tests: the main job as `npm start` runs it, in the machine's own Chromium.
import { defineConfig } from "playwright/test";

const port = Number(process.env["COORD_TEST_PORT"] ?? 4381);

export default defineConfig({
	testDir: "./e2e",
	outputDir: "../test-results",
	// Pictures of pages (visual.spec.ts): never made on the way, only when asked for.
	snapshotPathTemplate: "{testDir}/visual/{arg}{ext}",
	updateSnapshots: "none",
	timeout: 60_000,
	workers: 1,
	reporter: [["list"], ["json"]],
	use: {
		baseURL: `http://localhost:${port}`,
		launchOptions: {
			executablePath: process.env["COORD_CHROMIUM"] ?? "/usr/bin/chromium",
			args: [
				"--no-sandbox",
				"--disable-gpu",
				"--disable-quic",
				"--no-first-run",
				"--disable-background-networking",
				"--disable-component-update",
				"--disable-sync",
				// A name that is not this machine's: what a page does there depends on the browser's network.
				"--host-resolver-rules=MAP coordination.example 127.0.0.1",
			],
		},
	},
	webServer: {
		command: `"${process.execPath}" scripts/start.ts --port ${port}`,
		cwd: "..",
		env: { COORD_PUBLIC_HOSTS: "coordination.example" },
		url: `http://localhost:${port}/readyz`,
		timeout: 180_000,
		gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
		stderr: "pipe",
	},
});
