import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { expect, it } from "vitest";
import { leanDescriptors } from "#islands/lean-descriptors.ts";

/** DESIGN: the first island adds at most this, gzip, in all. */
const MOST_BYTES = 35_000;

const ROOT = new URL("../../../", import.meta.url).pathname;
const RENDERER = createRequire(import.meta.url).resolve("@astrojs/preact/client.js");

/** The chunks and all they import before they run. */
function withImports(entries: readonly Rolldown.OutputChunk[], all: readonly Rolldown.OutputChunk[]) {
	const found = new Set(entries);
	for (const chunk of found) for (const other of all) if (chunk.imports.includes(other.fileName)) found.add(other);
	return [...found];
}

it.each(["ClusterBoard", "ClusterLine", "ConflictNews", "NodeBadge", "TeamBoard"])(
	"%s and all it loads is at most 35 KB of script, without zod",
	async (island) => {
		const output = (await build({
			root: ROOT,
			configFile: false,
			publicDir: false,
			logLevel: "error",
			plugins: [leanDescriptors(`${ROOT}src/islands/lean-file.ts`)],
			build: {
				write: false,
				rolldownOptions: { input: [RENDERER, `${ROOT}src/islands/${island}.tsx`], preserveEntrySignatures: "strict" },
			},
		})) as Rolldown.RolldownOutput;
		const chunks = output.output.filter((file) => file.type === "chunk");
		// Parts that an island loads when there is something for them to show come later, if at all.
		const loaded = withImports(
			chunks.filter((chunk) => chunk.isEntry),
			chunks,
		);
		const modules = loaded.flatMap((chunk) => chunk.moduleIds);
		expect(modules.some((id) => id.includes("grpc-web"))).toBe(true);
		expect(modules.filter((id) => id.includes("/zod/") || id.includes("descriptor_pb"))).toEqual([]);
		const bytes = loaded.reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0);
		expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
	},
);
