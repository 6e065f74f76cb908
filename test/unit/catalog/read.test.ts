// The folder on disk: what is refused there, and that the catalog does not depend on how it lies on disk.
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { contentFolder } from "#catalog/folder";
import { readCatalog } from "#catalog/read";
import { ContentError, WorldError } from "#model/problem";

let dir: string;

beforeEach(async () => {
	dir = await mkdtemp(join(tmpdir(), "catalog-"));
	await write("content/project.yaml", "name: P\n");
	await write("content/teams/team-a.yaml", "name: A\n");
});

afterEach(() => rm(dir, { recursive: true }));

async function write(path: string, data: string | Uint8Array): Promise<void> {
	await mkdir(dirname(join(dir, path)), { recursive: true });
	await writeFile(join(dir, path), data);
}

/** The printed problems, with the folder called `content`; the count that ends them is left out. */
async function refusal(folder = join(dir, "content")): Promise<string[]> {
	const error = await readCatalog(folder).then(
		() => null,
		(reason: unknown) => reason,
	);
	if (!(error instanceof ContentError)) throw new Error(`expected a ContentError, got ${String(error)}`);
	return error.message.replaceAll(`${dir}/`, "").split("\n").slice(0, -1);
}

test("content that is fine is read, whichever name the folder has", async () => {
	const { teams } = await readCatalog(join(dir, "content"));
	expect(teams.map(({ id, file }) => [id, file])).toEqual([["team-a", "content/teams/team-a.yaml"]]);
	expect(await readCatalog(`${join(dir, "content")}/`)).toEqual(await readCatalog(join(dir, "content")));
});

test("a folder that is not there, and a file in its place", async () => {
	expect(await refusal(join(dir, "nowhere"))).toEqual([
		"nowhere:1:1  there is no such folder",
		"    hint: Name the folder that holds project.yaml.",
	]);
	expect(await refusal(join(dir, "content/project.yaml"))).toEqual([
		"content/project.yaml:1:1  not a folder",
		"    hint: Name the folder that holds project.yaml.",
	]);
});

test("links that leave the content, lead nowhere or to a folder; a link inside it is followed", async () => {
	await write("secret.yaml", "name: S\n");
	await symlink(join(dir, "secret.yaml"), join(dir, "content/teams/team-s.yaml"));
	await symlink("gone.yaml", join(dir, "content/teams/team-g.yaml"));
	await symlink("team-l.yaml", join(dir, "content/teams/team-l.yaml"));
	await symlink("teams", join(dir, "content/claims"));
	await symlink("team-a.yaml", join(dir, "content/teams/team-z.yaml"));
	expect(await refusal()).toEqual([
		"content/claims:1:1  a symbolic link to a folder",
		"    hint: Move the folder here.",
		"content/teams/team-g.yaml:1:1  a symbolic link that leads nowhere",
		"    hint: Remove it.",
		"content/teams/team-l.yaml:1:1  a symbolic link that leads nowhere",
		"    hint: Remove it.",
		"content/teams/team-s.yaml:1:1  a symbolic link that leads out of the content",
		"    hint: Put a copy of the file here.",
	]);
});

test("a folder beside the content whose name begins like it is outside too", async () => {
	await write("content-old/team-o.yaml", "name: O\n");
	await symlink(join(dir, "content-old/team-o.yaml"), join(dir, "content/teams/team-o.yaml"));
	expect(await refusal()).toContain("content/teams/team-o.yaml:1:1  a symbolic link that leads out of the content");
});

test("files that are no text, too large, or folders; unknown files are not even read", async () => {
	await write("content/teams/team-b.yaml", new Uint8Array([0x6e, 0xff, 0xfe]));
	await write("content/teams/team-c.yaml", `name: C\n#${" ".repeat(1024 * 1024)}`);
	await write("content/teams/team-d.yaml/x.yaml", "name: D\n");
	await write("content/photo.jpg", new Uint8Array([0xff, 0xd8]));
	await write("content/temas/x.yaml", "name: X\n");
	expect(await refusal()).toEqual([
		"content/photo.jpg:1:1  unknown file",
		"    hint: Remove it, or move it out of the content.",
		"content/teams/team-b.yaml:1:1  not UTF-8 text",
		"    hint: Save the file as UTF-8.",
		"content/teams/team-c.yaml:1:1  1048585 bytes: larger than 1 MiB",
		"    hint: Split the file; content is written by hand.",
		"content/teams/team-d.yaml:1:1  a folder, expected a file",
		"    hint: Rename the folder or move it away.",
		"content/temas:1:1  unknown folder",
		'    hint: Did you mean "teams"?',
	]);
});

test("a file of exactly 1 MiB is read", async () => {
	const head = "name: C\n#";
	await write("content/teams/team-c.yaml", head + " ".repeat(1024 * 1024 - head.length));
	expect((await readCatalog(join(dir, "content"))).teams).toHaveLength(2);
});

test("a file that cannot be read is still there to be referred to", async () => {
	await write("content/teams/team-b.yaml", new Uint8Array([0xff]));
	await write("content/ports.yaml", "- { port: 1, owner: team-b, purpose: p }\n");
	expect(await refusal()).toEqual([
		"content/teams/team-b.yaml:1:1  not UTF-8 text",
		"    hint: Save the file as UTF-8.",
	]);
});

test("names that would break the line or steer a terminal are written out", async () => {
	await write("content/a\n\u001b[31m.yaml", "");
	await write("content/teams/team-b.yaml", 'name: B\n"x\\ny": 1\n');
	const printed = await refusal();
	expect(printed[0]).toBe("content/a\\u{a}\\u{1b}[31m.yaml:1:1  unknown file");
	expect(printed[2]).toBe("content/teams/team-b.yaml:2:1  x\\u{a}y  unknown key");
});

test("a file whose name is not UTF-8", async () => {
	await writeFile(
		Buffer.concat([Buffer.from(`${join(dir, "content/teams")}/te`), Buffer.from([0xff]), Buffer.from(".yaml")]),
		"name: X\n",
	);
	expect(await refusal()).toEqual([
		"content/teams/te\ufffd.yaml:1:1  the file's name is not UTF-8",
		"    hint: Rename the file.",
	]);
});

test("a disk that fails is not called bad content", async () => {
	await expect(readCatalog("x".repeat(5_000))).rejects.toBeInstanceOf(WorldError);
});

test("the error has no stack: the fault is in no code", async () => {
	await write("content/project.yaml", "name: []\n");
	const error = await readCatalog(join(dir, "content")).catch((reason: ContentError) => reason);
	expect((error as ContentError).stack).toBe((error as ContentError).message);
});

test("the content folder is the environment's, or `content`", () => {
	expect(contentFolder({ COORD_CONTENT: "../other" })).toBe("../other");
	expect(contentFolder({ COORD_CONTENT: "" })).toBe("content");
	expect(contentFolder({})).toBe("content");
});
