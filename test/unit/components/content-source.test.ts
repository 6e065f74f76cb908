// Where a fact can be edited, and what is said of its last change: never a date that git does not hold.
import { expect, test } from "vitest";
import type { ContentChanges } from "#model/content-changes";
import { projectSchema } from "#model/project";
import { editHref, lastChange } from "../../../src/components/content-source.ts";

const changes = (history: ContentChanges["history"]): ContentChanges => ({
	version: 1,
	history,
	files: { "content/ports.yaml": { at: "2025-07-31T14:45:00Z", commit: "a".repeat(40) } },
	uncommitted: ["content/teams/new.yaml"],
});

test("a committed file has its date, one that is not says so, and any other says why nothing is known", () => {
	expect(lastChange(changes("whole"), "content/ports.yaml")).toEqual({
		kind: "dated",
		at: "2025-07-31T14:45:00Z",
		commit: "a".repeat(40),
	});
	const words = (history: ContentChanges["history"], file: string) => lastChange(changes(history), file);
	expect(words("whole", "content/teams/new.yaml")).toEqual({ kind: "undated", words: "not committed yet" });
	expect(words("shallow", "content/teams/old.yaml")).toMatchObject({ words: expect.stringContaining("shallow") });
	expect(words("none", "content/project.yaml")).toEqual({ kind: "undated", words: "not in git" });
	expect(lastChange(null, "content/ports.yaml")).toBeNull();
});

test("the file stands where the address says, its name encoded, slashes kept", () => {
	const at = "https://git.example/edit?file={path}#top";
	expect(editHref("https://git.example/o/r/edit/main/content/{path}", "content/teams/team-b.yaml")).toBe(
		"https://git.example/o/r/edit/main/content/teams/team-b.yaml",
	);
	expect(editHref(at, "content/notes/a b$&.md")).toBe("https://git.example/edit?file=notes/a%20b%24%26.md#top");
	expect(editHref(null, "content/ports.yaml")).toBeNull();
});

test.each([
	"http://git.example/{path}",
	"https://git.example/main",
	"https://{path}.example/",
	"https://git.example/{path}/{path}",
	"javascript:alert(1)//{path}",
	"https://git.example/a b/{path}",
	"git.example/{path}",
])("%s is no address to edit at", (editUrl) => {
	expect(projectSchema.safeParse({ name: "P", site: { editUrl } }).success).toBe(false);
});

test("without the setting nothing can be edited from a page", () => {
	expect(projectSchema.parse({ name: "P" }).site).toEqual({ editUrl: null });
	const editUrl = "https://git.example:8443/edit/main/content/{path}";
	expect(projectSchema.parse({ name: "P", site: { editUrl } }).site).toEqual({ editUrl });
});
