// Edge. When each file of the content last changed, by the history of the repository the content lies in.
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { type FolderHistory, readFolderHistory } from "#git/folder-history";
import { ARTEFACTS } from "#model/artefacts";
import type { ContentChanges } from "#model/content-changes";
import { rawPath } from "#model/history";
import { WorldError } from "#model/problem";
import { formatJson } from "#report/json";

/**
 * Writes changed.json into the content folder. A history that cannot be read is told by `onTrouble` and in the file, and
 * ends no build: dates are said beside pages, and no verdict hangs on them.
 */
export async function writeContentChanges(dir: string, onTrouble: (sentence: string) => void): Promise<void> {
	const changes = await readContentChanges(dir).catch((error: unknown) => {
		if (!(error instanceof WorldError)) throw error;
		onTrouble(`when the content last changed is not known: ${error.message}`);
		return { version: 1 as const, history: "unreadable" as const, files: {}, uncommitted: [] };
	});
	await writeFile(join(dir, "changed.json"), formatJson(changes));
}

/** What changed.json holds. Throws WorldError for a repository that cannot be read. */
export async function readContentChanges(dir: string): Promise<ContentChanges> {
	const history = await readFolderHistory(dir);
	if (history === null) return { version: 1, history: "none", files: {}, uncommitted: [] };
	const files: ContentChanges["files"] = {};
	const uncommitted: string[] = [];
	for (const path of await listFiles(dir)) {
		const committed = history.files.get(rawPath(path));
		const isSame = committed !== undefined && (await idsOf(join(dir, path), history)).includes(committed.id);
		if (!isSame) uncommitted.push(`content/${path}`);
		else if (committed.changed !== null) files[`content/${path}`] = committed.changed;
	}
	return { version: 1, history: history.isShallow ? "shallow" : "whole", files, uncommitted };
}

/** Content is in files: neither artefacts nor what begins with a dot, as for the catalog; links have no change of their own. */
async function listFiles(dir: string): Promise<string[]> {
	const entries = await readdir(dir, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join("/"))
		.filter((path) => !ARTEFACTS.includes(path) && !path.split("/").some((step) => step.startsWith(".")))
		.sort();
}

/** The ids git may have given to what the file holds: as it is, or with the line ends that git stores. */
async function idsOf(file: string, { objectFormat }: Pick<FolderHistory, "objectFormat">): Promise<string[]> {
	const bytes = await readFile(file);
	const id = (content: Buffer) =>
		createHash(objectFormat).update(`blob ${content.length}\0`).update(content).digest("hex");
	const unified = Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1");
	return unified.length === bytes.length ? [id(bytes)] : [id(bytes), id(unified)];
}
