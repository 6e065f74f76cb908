import { existsSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "#test/make-repo";
import { nextFolder, replaceFolder } from "../../../scripts/lib/site-folder.ts";

function folderOf(path: string, files: Record<string, string>): string {
	mkdirSync(path, { recursive: true });
	for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
	return path;
}

test("the new site takes the old one's place whole: what is no longer there is gone", async () => {
	const room = temporaryFolder();
	const dist = folderOf(join(room, "dist"), { "index.html": "old", "gone.html": "old" });
	const next = folderOf(await nextFolder(dist), { "index.html": "new" });
	await replaceFolder(dist, next);
	expect(readFileSync(join(dist, "index.html"), "utf8")).toBe("new");
	expect([join(dist, "gone.html"), next, join(room, ".dist.previous")].filter(existsSync)).toEqual([]);
});

test("a first site needs no place that is there already", async () => {
	const dist = join(temporaryFolder(), "deep", "dist");
	const next = folderOf(await nextFolder(dist), { "index.html": "new" });
	await replaceFolder(dist, next);
	expect(readFileSync(join(dist, "index.html"), "utf8")).toBe("new");
});

test("a link to the served folder stays a link, and what it leads to is replaced", async () => {
	const room = temporaryFolder();
	const served = folderOf(join(room, "served"), { "index.html": "old" });
	symlinkSync(served, join(room, "dist"));
	const next = folderOf(await nextFolder(join(room, "dist")), { "index.html": "new" });
	await replaceFolder(join(room, "dist"), next);
	expect(readlinkSync(join(room, "dist"))).toBe(served);
	expect(readFileSync(join(served, "index.html"), "utf8")).toBe("new");
});

test("where nothing was built the old site stays, and it is said", async () => {
	const dist = folderOf(join(temporaryFolder(), "dist"), { "index.html": "old" });
	const next = await nextFolder(dist);
	await expect(replaceFolder(dist, next)).rejects.toThrow(/could not be put in place of .*dist: ENOENT/);
	expect(readFileSync(join(dist, "index.html"), "utf8")).toBe("old");
});
