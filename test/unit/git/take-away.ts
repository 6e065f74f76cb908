// Damages a repository: one object is gone, all others are there.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gitBytes, type Repo } from "#test/make-repo";

/** Unpacks everything and deletes the object's file. */
export function takeAway(repo: Repo, id: string): void {
	const objects = join(repo.dir, ".git", "objects");
	const aside = join(repo.dir, ".git", "test-packs");
	mkdirSync(aside);
	for (const name of readdirSync(join(objects, "pack"))) renameSync(join(objects, "pack", name), join(aside, name));
	for (const name of readdirSync(aside)) {
		if (name.endsWith(".pack")) gitBytes(repo.dir, ["unpack-objects", "-q"], readFileSync(join(aside, name)));
	}
	rmSync(join(objects, id.slice(0, 2), id.slice(2)), { force: true });
}
