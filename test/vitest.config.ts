// Everything but the browser tests. Real git, real servers and real processes need a generous limit.
import { defineConfig } from "vitest/config";

// By default one core is left idle: on two that is half of them.
export default defineConfig({
	test: { include: ["test/**/*.test.{ts,tsx}"], maxWorkers: "100%", testTimeout: 60_000, hookTimeout: 60_000 },
});
