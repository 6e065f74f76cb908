// Edge(files). The conflict log in the format asked for, to stdout or to files.
import { writeFile } from "node:fs/promises";
import { parse } from "node:path";
import type { ConflictLog } from "#model/conflict-log";
import { UsageError } from "#model/problem";
import { formatLogJson } from "#report/json";
import { formatLog } from "#report/text";
import manifest from "../../package.json" with { type: "json" };

export const FORMATS = ["text", "json", "sarif", "markdown"] as const;
export type Format = (typeof FORMATS)[number];

export interface OutputOptions {
	/** True only on a terminal. */
	readonly isColoured: boolean;
	/** Only commits from this instant on were judged (ISO, UTC); null: all were. */
	readonly sinceAt: string | null;
	/** Public address of the repository, if it has one. */
	readonly repositoryUrl: string | null;
}

/** A text in pieces, which may be made while it is written. */
export type Document = Generator<string> | readonly string[];

/** The log as documents: one, but for SARIF where code scanning's limits ask for more. */
export async function formatDocuments(format: Format, log: ConflictLog, options: OutputOptions): Promise<Document[]> {
	switch (format) {
		case "text":
			return [[formatLog(log, options)]];
		case "json":
			return [formatLogJson(log)];
		case "sarif": {
			const { formatSarif } = await import("#report/sarif");
			return formatSarif(log, { toolVersion: manifest.version, ...options }).map((text) => [text]);
		}
		case "markdown": {
			const { formatMarkdown } = await import("#report/markdown");
			return [[formatMarkdown(log, options)]];
		}
	}
}

/**
 * Writes documents to stdout (`-`) or to files: the first to `out`, further ones beside it as `name-2.ext` and so on.
 * Says on stderr when there are several. Throws UsageError when several should go to stdout.
 */
export async function writeDocuments(documents: readonly Document[], out: string): Promise<void> {
	if (out === "-") {
		if (documents.length > 1) {
			throw new UsageError(
				`the log takes ${documents.length} documents, more than code scanning takes in one`,
				"give --out FILE: the further ones are written beside it as FILE-2, FILE-3, …",
			);
		}
		for (const piece of documents[0] as Document) process.stdout.write(piece);
		return;
	}
	const names = documents.map((_, index) => numbered(out, index + 1));
	for (const [index, name] of names.entries()) await writeFile(name, documents[index] as Document);
	if (names.length > 1) process.stderr.write(`written in ${names.length} parts: ${names.join(", ")}\n`);
}

function numbered(file: string, number: number): string {
	if (number === 1) return file;
	const { dir, name, ext } = parse(file);
	return `${dir === "" ? "" : `${dir}/`}${name}-${number}${ext}`;
}
