// Edge(fs). The one door to content/: folder -> validated, cross-linked Catalog, or one ContentError with every problem.
import { stat } from "node:fs/promises";
import type { Catalog } from "#model/catalog";
import { ContentError, type Problem, WorldError } from "#model/problem";
import { problemOf } from "./entry.ts";
import { link } from "./link.ts";
import { parseContent } from "./parse.ts";
import { walk } from "./walk.ts";

/**
 * Reads and checks the whole content; site and commands both come through here, so they print the same text.
 * Throws one ContentError that names files as the reader typed `dir`; it has no stack, because the fault is in no code.
 */
export async function readCatalog(dir: string): Promise<Catalog> {
	const wrong = await complainOfFolder(dir).catch(asWorldError);
	if (wrong !== null) throw withoutStack([wrong]);
	const { catalog, problems } = link(parseContent(await walk(dir).catch(asWorldError)));
	if (catalog !== null) return catalog;
	const prefix = dir.endsWith("/") ? dir : `${dir}/`;
	throw withoutStack(problems.map((problem) => ({ ...problem, file: prefix + problem.file })));
}

async function complainOfFolder(dir: string): Promise<Problem | null> {
	try {
		if ((await stat(dir)).isDirectory()) return null;
		return problemOf(dir, "not a folder", "Name the folder that holds project.yaml.");
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
		return problemOf(dir, "there is no such folder", "Name the folder that holds project.yaml.");
	}
}

/** A disk that fails is no fault of the content. */
function asWorldError(error: NodeJS.ErrnoException): never {
	if (error.syscall === undefined) throw error;
	throw new WorldError(`the content cannot be read: ${error.message}`, "Check the folder and its permissions.", error);
}

function withoutStack(problems: readonly Problem[]): ContentError {
	const error = new ContentError(problems.map(printable));
	error.stack = error.message;
	return error;
}

/** Names of files and keys can hold anything: what would break the line or steer a terminal is written out. */
function printable(problem: Problem): Problem {
	const plain = (text: string): string =>
		text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);
	return { ...problem, file: plain(problem.file), field: plain(problem.field), message: plain(problem.message) };
}
