// What sealing keeps of a page is what a second reading of the sealed page finds, to the column.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WorldError } from "#model/problem";
import { linkFacts } from "#publish/built-files";
import { readPage } from "#publish/page-facts";
import { sealFolder } from "#publish/seal-pages";

let dist = "";
beforeEach(async () => {
	dist = await mkdtemp(join(tmpdir(), "seal-"));
});
afterEach(() => rm(dist, { recursive: true }));

test.each([
	['<!doctype html><html><head><meta charset="utf-8"><link rel="icon" href="/i.svg"></head><a href="/x/">x</a>'],
	['<!doctype html>\n<html><head><meta charset="utf-8"><style>a{background:url(/b.png)}</style>\n<a href="/x/">x</a>'],
	['<!doctype html>\r\n<html><link rel="icon" href="/i.svg">\r\n<head><meta charset="utf-8"><a id="p" href="#p">x</a>'],
	['<a href="/x/">no head at all</a>'],
])("%j", async (html) => {
	await mkdir(join(dist, "deep"));
	await writeFile(join(dist, "deep/index.html"), html);
	const kept = await sealFolder(dist, null);
	const sealed = await readFile(join(dist, "deep/index.html"), "utf8");
	expect(sealed).toContain("content-security-policy");
	expect([...kept.keys()]).toEqual(["deep/index.html"]);
	expect(kept.get("deep/index.html")).toEqual(linkFacts(readPage(sealed)));
});

test("script in an attribute ends the build, and the page is named", async () => {
	await writeFile(join(dist, "bad.html"), '<p onclick="x()">x</p>');
	await expect(sealFolder(dist, null)).rejects.toThrow(WorldError);
	await expect(sealFolder(dist, null)).rejects.toThrow("bad.html holds script in attributes");
});
