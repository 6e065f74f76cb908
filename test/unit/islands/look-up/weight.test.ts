// What the look-up costs a reader who comes to it first: the page's part and the worker's.
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { expect, test } from "vitest";

const ROOT = new URL("../../../../", import.meta.url).pathname;
const RENDERER = createRequire(import.meta.url).resolve("@astrojs/preact/client.js");

test("the island is at most 20 KB of script with all it loads, the worker at most 12, both without zod", async () => {
	const { output } = (await build({
		root: ROOT,
		configFile: false,
		publicDir: false,
		logLevel: "error",
		build: {
			write: false,
			rolldownOptions: {
				input: [RENDERER, `${ROOT}src/islands/look-up/LookUp.tsx`],
				preserveEntrySignatures: "strict",
			},
		},
	})) as Rolldown.RolldownOutput;
	const chunks = output.filter((file) => file.type === "chunk").filter(({ name }) => !name.startsWith("signals"));
	const workers = output.filter((file) => file.type === "asset").filter(({ fileName }) => fileName.endsWith(".js"));
	const sum = (texts: readonly string[]) =>
		texts.reduce((bytes, text) => bytes + gzipSync(text, { level: 9 }).length, 0);
	const page = sum(chunks.map(({ code }) => code));
	const worker = sum(workers.map(({ source }) => String(source)));
	console.log(`look-up: ${page} bytes of script on the page, ${worker} in the worker`);
	expect(workers).toHaveLength(1);
	expect(page).toBeLessThanOrEqual(20_000);
	expect(worker).toBeLessThanOrEqual(12_000);
	expect(chunks.flatMap(({ moduleIds }) => moduleIds).filter((id) => id.includes("/zod/"))).toEqual([]);
	expect(workers.some(({ source }) => String(source).includes("ZodError"))).toBe(false);
});
