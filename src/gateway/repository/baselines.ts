// Edge(fs). The logs that the site's pages were built from: the one it publishes now, and those of the last few builds.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Baseline, baselineOf, standingOf } from "#model/conflict-delta";
import { conflictLogSchema } from "#model/conflict-log";
import { visible } from "#model/visible";
import type { Log } from "../log.ts";
import { fileStamp } from "./evidence.ts";

/** Where the site publishes its log. */
const PUBLISHED = "conflict-log.json";
/** Builds whose logs are known. Pages older than that, or than this run, are told the counts alone. */
const KEPT = 8;
const LOOK_EVERY_MS = 1_000;

export interface Baselines {
	/** Logs by the digest (sha256, hex) of the published bytes, as of now. */
	read(): Promise<ReadonlyMap<string, Baseline>>;
	/** Rises when a log is added or forgotten. */
	revision(): number;
}

/** `dist` is the folder of the built site; null: none is served, and no log is known. */
export function openBaselines(dist: string | null, log: Log): Baselines {
	const known = new Map<string, Baseline>();
	let stamp = "";
	let revision = 0;
	let lookedAt = Number.NEGATIVE_INFINITY;
	let looking: Promise<void> | null = null;

	async function look(folder: string): Promise<void> {
		const file = join(folder, PUBLISHED);
		const now = await fileStamp(file);
		if (now === stamp) return;
		stamp = now;
		if (now === "none") return;
		try {
			const bytes = await readFile(file);
			const digest = createHash("sha256").update(bytes).digest("hex");
			const isNew = !known.has(digest);
			const read = () => conflictLogSchema.parse(JSON.parse(bytes.toString("utf8")));
			const baseline = known.get(digest) ?? baselineOf(standingOf(read()));
			// The newest last, also where an earlier build is published again.
			known.delete(digest);
			known.set(digest, baseline);
			const oldest = [...known.keys()].slice(0, Math.max(0, known.size - KEPT));
			for (const key of oldest) known.delete(key);
			if (isNew) revision += 1;
		} catch (error) {
			const message = `${file} is no log that pages can be held against: ${visible((error as Error).message)}`;
			log({ level: "warn", event: "audit-files", message });
		}
	}

	return {
		async read() {
			if (dist !== null && performance.now() - lookedAt >= LOOK_EVERY_MS) {
				looking ??= look(dist).finally(() => {
					lookedAt = performance.now();
					looking = null;
				});
				await looking;
			}
			return known;
		},
		revision: () => revision,
	};
}
