// Everything but the browser tests. Real git, real servers and real processes need a generous limit.
import { defineConfig } from "vitest/config";

export default defineConfig({
	test: { include: ["test/**/*.test.{ts,tsx}"], testTimeout: 60_000, hookTimeout: 60_000 },
});
