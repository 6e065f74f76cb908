// Edge(build). Binds content/ and the audit's artefacts to Astro's collections; all judging is done elsewhere.

import { defineCollection } from "astro:content";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { docsSchema, i18nSchema } from "@astrojs/starlight/schema";
import type { Loader } from "astro/loaders";
import { glob } from "astro/loaders";
import { z } from "zod";
import { contentFolder } from "#catalog/folder";
import { readCatalog } from "#catalog/read";
import { activitySchema } from "#model/activity";
import type { Catalog } from "#model/catalog";
import { conflictLogSchema } from "#model/conflict-log";
import { contentChangesSchema } from "#model/content-changes";
import { newsSchema } from "#model/news";
import { realitySchema } from "#model/reality";
import { clusterSnapshotSchema } from "#model/snapshot";
import { treeIndexSchema } from "#model/tree-index";

const typedDir = contentFolder(process.env);
const dir = resolve(typedDir);
const base = pathToFileURL(`${dir}/`);

/** `guide/index.mdx` is the page /guide/, `guide/x.mdx` is /guide/x/. */
function pageId({ entry }: { entry: string }): string {
	return `guide/${entry}`.replace(/\.mdx?$/, "").replace(/\/index$/, "");
}

/**
 * An error whose message is all that Astro prints: no stack of the build's own machinery, and no advice about
 * browser code, which Astro adds to any error whose text (`toString`) holds a word like "window".
 */
function plain(error: unknown): unknown {
	return error instanceof Error ? Object.assign(error, { stack: "", toString: () => error.name }) : error;
}

/**
 * The catalog is one entry: it is validated and cross-linked as a whole by the same code as the commands,
 * so that the site build and the CLI print the same text for the same bad content.
 */
const catalogLoader: Loader = {
	name: "catalog",
	async load({ store, generateDigest }) {
		const catalog = await readCatalog(typedDir).catch((error: unknown) => Promise.reject(plain(error)));
		const data = catalog as unknown as Record<string, unknown>;
		store.set({ id: "catalog", data, digest: generateDigest(data) });
	},
};

/** Files of a folder that need not be there; forgets what an earlier build cached from another content folder. */
function ofFolder(folder: URL, pattern: string, options?: { generateId: typeof pageId }): Loader {
	const loader = glob({ base: folder, pattern, ...options });
	return {
		...loader,
		load: async (context) => {
			if (context.meta.get("folder") !== folder.href) context.store.clear();
			context.meta.set("folder", folder.href);
			if (existsSync(folder)) await loader.load(context);
		},
	};
}

/** One JSON file written before the build. A missing file fails the build unless `isOptional`. */
function artefact(name: string, schema: z.ZodType, isOptional = false): Loader {
	return {
		name: `artefact ${name}`,
		async load({ store, generateDigest }) {
			store.clear();
			const file = resolve(dir, name);
			let text: string;
			try {
				text = await readFile(file, "utf8");
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
				if (isOptional) return;
				throw plain(new Error(`${typedDir}/${name} is missing\n    hint: run npm run audit`));
			}
			const found = schema.safeParse(JSON.parse(text));
			if (!found.success) {
				const hint = "it is written by another version of the product: run npm run audit";
				throw plain(new Error(`${typedDir}/${name}: ${z.prettifyError(found.error)}\n    hint: ${hint}`));
			}
			const data = found.data as Record<string, unknown>;
			store.set({ id: name, data, digest: generateDigest(data) });
		},
	};
}

export const collections = {
	docs: defineCollection({
		loader: ofFolder(new URL("guide/", base), "**/[^_]*.{md,mdx}", { generateId: pageId }),
		schema: docsSchema(),
	}),
	/** Bodies only: the front matter is read, checked and dated by the catalog. */
	notes: defineCollection({
		loader: ofFolder(new URL("notes/", base), "**/[^_]*.md"),
		schema: z.record(z.string(), z.unknown()),
	}),
	catalog: defineCollection({ loader: catalogLoader, schema: z.custom<Catalog>() }),
	conflictLog: defineCollection({
		loader: artefact("conflict-log.json", conflictLogSchema),
		schema: conflictLogSchema,
	}),
	activity: defineCollection({ loader: artefact("activity.json", activitySchema), schema: activitySchema }),
	reality: defineCollection({ loader: artefact("reality.json", realitySchema), schema: realitySchema }),
	tree: defineCollection({ loader: artefact("tree.json", treeIndexSchema), schema: treeIndexSchema }),
	news: defineCollection({ loader: artefact("news.json", newsSchema, true), schema: newsSchema }),
	contentChanges: defineCollection({
		loader: artefact("changed.json", contentChangesSchema, true),
		schema: contentChangesSchema,
	}),
	cluster: defineCollection({
		loader: artefact("cluster.json", clusterSnapshotSchema, true),
		schema: clusterSnapshotSchema,
	}),
	/** English as it is: without an entry each build warns that translations are missing. */
	i18n: defineCollection({
		loader: { name: "translations", load: async ({ store }) => void store.set({ id: "en", data: {} }) },
		schema: i18nSchema(),
	}),
};
