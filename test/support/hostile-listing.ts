// Edge(fs). A folder as it is: every name with its kind, size, times and content, so that any write shows.
import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** One line an entry of `dir` and below, by name; times in nanoseconds. Links are not followed, pipes not opened. */
export function listFolder(dir: string): Record<string, string> {
	const found: Record<string, string> = {};
	visit(dir, ".", found);
	return found;
}

function visit(dir: string, name: string, found: Record<string, string>): void {
	const path = join(dir, name);
	const stat = lstatSync(path, { bigint: true });
	const content = stat.isFile() ? hash(path) : stat.isSymbolicLink() ? readlinkSync(path) : "";
	found[name] = [stat.mode.toString(8), stat.size, stat.mtimeNs, stat.ctimeNs, content].join(" ");
	if (stat.isDirectory()) for (const inner of readdirSync(path)) visit(dir, join(name, inner), found);
}

function hash(path: string): string {
	return createHash("sha256").update(readFileSync(path)).digest("hex");
}
