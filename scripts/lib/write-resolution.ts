// Edge(fs). Writes a decision into content/resolutions/, never over another file, and takes it back when the content refuses it.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parse, stringify } from "yaml";
import { readCatalog } from "#catalog/read";
import { resolutionSchema } from "#model/agreement";
import type { Catalog } from "#model/catalog";
import { UsageError } from "#model/problem";
import type { Decision } from "./decision.ts";
import { isThere } from "./presence.ts";

export interface Written {
	/** As typed, below the content folder. */
	readonly file: string;
	/** The content with the decision in it. */
	readonly catalog: Catalog;
}

/**
 * Writes the decision under the name of its first conflict, the next free number after it. Throws UsageError when the
 * schema refuses it, ContentError when the content as a whole does; nothing stays written then.
 */
export async function writeResolution(contentDir: string, decision: Decision): Promise<Written> {
	const checked = resolutionSchema.safeParse(decision);
	if (!checked.success) {
		const [issue] = checked.error.issues;
		throw new UsageError(`--${issue?.path[0] === "conflict" ? "id" : String(issue?.path[0])}: ${issue?.message}`);
	}
	const text = stringify(decision, { lineWidth: 0 });
	if (!isDeepStrictEqual(parse(text), JSON.parse(JSON.stringify(decision)))) {
		throw new UsageError("the reason or a step holds characters that a file cannot keep", "leave them out");
	}
	const folder = join(contentDir, "resolutions");
	await mkdir(folder, { recursive: true });
	const [first] = checked.data.conflict as [string];
	const file = await writeFree(folder, first, text);
	try {
		return { file, catalog: await readCatalog(contentDir) };
	} catch (error) {
		await rm(file);
		throw error;
	}
}

async function writeFree(folder: string, id: string, text: string): Promise<string> {
	for (let number = 1; ; number++) {
		const stem = join(folder, number === 1 ? id : `${id}-${number}`);
		// One id, one file, whichever of the two endings it has.
		if (await isThere(`${stem}.yml`)) continue;
		try {
			await writeFile(`${stem}.yaml`, text, { flag: "wx" });
			return `${stem}.yaml`;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
		}
	}
}
