// Forged files of git's own: indexes that say something else than the objects they are about.
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Repo } from "#test/make-repo";

/** Says in the commit-graph that no commit has a parent. Source of the layout: gitformat-commit-graph(5). */
export function forgeCommitGraph(repo: Repo, form: "single" | "chain"): void {
	repo.git("commit-graph", "write", "--reachable", ...(form === "chain" ? ["--split"] : []));
	const info = join(repo.dir, ".git", "objects", "info");
	const graph = readdirSync(info, { recursive: true, encoding: "utf8" }).find((name) =>
		/commit-graph$|\.graph$/.test(name),
	);
	rewrite(join(info, graph as string), (bytes) => {
		const commits = bytes.readUInt32BE(chunkAt(bytes, "OIDF", 8) + 255 * 4);
		const data = chunkAt(bytes, "CDAT", 8);
		for (let commit = 0; commit < commits; commit++) bytes.writeUInt32BE(NO_PARENT, data + commit * 36 + 20);
	});
}

const NO_PARENT = 0x70000000;

/** Says in the multi-pack index that two commits have each other's bytes; neither is a tip, whose id git checks. See gitformat-pack(5). */
export function forgeMultiPackIndex(repo: Repo): void {
	repo.git("multi-pack-index", "write");
	rewrite(join(repo.dir, ".git", "objects", "pack", "multi-pack-index"), (bytes) => {
		swap(
			bytes,
			repo,
			chunkAt(bytes, "OOFF", 12),
			8,
			readIds(bytes, chunkAt(bytes, "OIDF", 12), chunkAt(bytes, "OIDL", 12)),
		);
	});
}

/** Exchanges the table's entries of two commits. */
function swap(bytes: Buffer, repo: Repo, table: number, width: number, ids: readonly string[]): void {
	const [newer, older] = ["HEAD~3", "HEAD~7"].map(
		(name) => table + ids.indexOf(repo.git("rev-parse", name)) * width,
	) as [number, number];
	const aside = Buffer.from(bytes.subarray(newer, newer + width));
	bytes.copy(bytes, newer, older, older + width);
	aside.copy(bytes, older);
}

function readIds(bytes: Buffer, fanout: number, at: number): string[] {
	const count = bytes.readUInt32BE(fanout + 255 * 4);
	return Array.from({ length: count }, (_, index) => bytes.toString("hex", at + index * 20, at + index * 20 + 20));
}

/** Where a chunk starts: the table of chunks begins at `from`, rows of a name and an offset of 8 bytes. */
function chunkAt(bytes: Buffer, name: string, from: number): number {
	for (let row = from; row < from + 12 * 16; row += 12) {
		if (bytes.toString("latin1", row, row + 4) === name) return bytes.readUInt32BE(row + 8);
	}
	throw new Error(`no chunk ${name}`);
}

function rewrite(file: string, change: (bytes: Buffer) => void): void {
	const bytes = readFileSync(file);
	change(bytes);
	chmodSync(file, 0o644);
	writeFileSync(file, bytes);
}
