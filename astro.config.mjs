// Edge(build). Binds Astro and Starlight to content/ and to the pages; says what a page may load.
import { isAbsolute, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import mdx from "@astrojs/mdx";
import preact from "@astrojs/preact";
import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
import { codeFrame } from "./src/components/code-frame.ts";
import { codeThemes } from "./src/components/code-themes.ts";
import { leanDescriptors } from "./src/islands/lean-descriptors.ts";

const root = fileURLToPath(new URL(".", import.meta.url));
const content = resolve(process.env.COORD_CONTENT || "content");
const isOutside = isAbsolute(relative(root, content)) || relative(root, content).startsWith("..");

/** The guide's pages live in content/, outside Starlight's own folder: they import embeds by this name. */
const alias = { "#components": fileURLToPath(new URL("./src/components", import.meta.url)) };

/** Starlight adds a sitemap unless one of this name is there; without a `site` it could only warn. */
const noSitemap = { name: "@astrojs/sitemap", hooks: {} };

/** Preact apart, for islands that ask no gateway; what all that do share is one file, and what those share that tell of git another: many small ones would weigh more. */
const chunks = [
	{ name: "preact", test: /\/preact\//, priority: 3 },
	{
		name: "live",
		test: /@bufbuild\/protobuf|grpc-web|preload-helper|src\/model\/(?!history|visible|pattern-faults|conflict-state|finding)|src\/wire\/(?!map-)|src\/islands\/((?!copies|layers|history|node-|git-feeds|team-words|foreseen|news)[a-z-]+\.ts|(announce|breakable|Contact|later|live|SummaryLine)\.tsx)$/,
		priority: 2,
	},
	{ name: "git", test: /src\/wire\/map-[a-z]+\.ts$|src\/islands\/(git-feeds|foreseen|news)\.ts$/, priority: 1 },
];

export default defineConfig({
	...(process.env.COORD_SITE ? { site: process.env.COORD_SITE } : {}),
	base: process.env.COORD_BASE || "/",
	publicDir: "./src/public",
	trailingSlash: "always",
	markdown: { shikiConfig: { ...codeThemes, transformers: [codeFrame] } },
	devToolbar: { enabled: false },
	integrations: [
		starlight({
			// The project's own name replaces it on each page (layouts/navigation.ts).
			title: "Coordination",
			credits: false,
			disable404Route: true,
			customCss: [
				"./src/styles/tokens.css",
				"./src/styles/page.css",
				"./src/styles/search.css",
				"./src/styles/data.css",
				"./src/styles/parts.css",
				"./src/styles/contracts.css",
				"./src/styles/conflicts.css",
				"./src/styles/islands.css",
			],
			routeMiddleware: ["./src/layouts/navigation.ts", "./src/layouts/head.ts"],
			markdown: { processedDirs: [resolve(content, "guide")] },
			// Plain Shiki, in a frame of our own (code-frame.ts): a third of the weight.
			expressiveCode: false,
			components: {
				Banner: "./src/layouts/Banner.astro",
				Footer: "./src/layouts/Footer.astro",
				PageTitle: "./src/layouts/PageTitle.astro",
				Search: "./src/layouts/Search.astro",
			},
		}),
		mdx(),
		...(process.env.COORD_SITE ? [] : [noSitemap]),
		// Only what holds JSX: Babel would read every other module too, for seconds, and change nothing.
		preact({ include: [/\.tsx$/] }),
	],
	vite: {
		plugins: [leanDescriptors(fileURLToPath(new URL("./src/islands/lean-file.ts", import.meta.url)))],
		resolve: { alias },
		server: { fs: { allow: isOutside ? [root, content] : [root] } },
		build: {
			rolldownOptions: {
				output: { codeSplitting: { groups: chunks } },
				onLog(level, log, handle) {
					// Preact's "use client"-like directives mean nothing in a static build.
					if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
				},
			},
		},
	},
});
