// Edge(fs). The files of a content folder as text, each checked to be one that can be read.
import { lstat, readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Complaint, SourceFile, Unreadable } from "./entry.ts";
import { classify, complainOfFolder } from "./kinds.ts";

/** Largest file that is read: content is written by hand. */
const MAX_BYTES = 1024 * 1024;

const UNNAMEABLE: Complaint = { message: "the file's name is not UTF-8", hint: "Rename the file." };

/** Every file below `dir`, sorted; one that cannot be content comes with the reason. Dot files and artefacts are passed over. */
export async function walk(dir: string): Promise<(SourceFile | Unreadable)[]> {
	const root = await realpath(dir);
	const files: (SourceFile | Unreadable)[] = [];
	const visit = async (folder: string): Promise<void> => {
		const names = await readdir(join(root, folder));
		for (const name of names.sort()) {
			if (name.startsWith(".")) continue;
			const path = folder === "" ? name : `${folder}/${name}`;
			const full = join(root, path);
			// What is no UTF-8 comes as U+FFFD, and cannot be opened by that name.
			const kind = name.includes("\ufffd") ? UNNAMEABLE : await kindOf(full, root);
			if (typeof kind === "object") files.push({ path, complaint: kind });
			else if (kind === "folder") {
				const complaint = complainOfFolder(path);
				if (complaint === null) await visit(path);
				else files.push({ path, complaint });
			} else {
				const place = classify(path);
				if ("complaint" in place) files.push({ path, complaint: place.complaint });
				else if ("id" in place) files.push({ path, ...(await readText(full)) });
			}
		}
	};
	await visit("");
	return files;
}

async function kindOf(full: string, root: string): Promise<"file" | "folder" | Complaint> {
	const entry = await lstat(full);
	if (entry.isFile()) return "file";
	if (entry.isDirectory()) return "folder";
	if (!entry.isSymbolicLink()) return { message: "neither a file nor a folder", hint: "Remove it." };
	let target: string;
	try {
		target = await realpath(full);
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		if (code !== "ENOENT" && code !== "ELOOP") throw error;
		return { message: "a symbolic link that leads nowhere", hint: "Remove it." };
	}
	if (!target.startsWith(root + sep)) {
		return { message: "a symbolic link that leads out of the content", hint: "Put a copy of the file here." };
	}
	if ((await stat(target)).isFile()) return "file";
	return { message: "a symbolic link to a folder", hint: "Move the folder here." };
}

async function readText(full: string): Promise<{ text: string } | { complaint: Complaint }> {
	const { size } = await stat(full);
	if (size > MAX_BYTES) {
		const hint = "Split the file; content is written by hand.";
		return { complaint: { message: `${size} bytes: larger than 1 MiB`, hint } };
	}
	try {
		return { text: new TextDecoder("utf-8", { fatal: true }).decode(await readFile(full)) };
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		return { complaint: { message: "not UTF-8 text", hint: "Save the file as UTF-8." } };
	}
}
