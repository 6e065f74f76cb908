// What the page tells a reader to type: safe to paste, and lines the audit believes.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { trailerLines, whoCommand } from "#islands/look-up/commands.ts";
import { runsOf } from "#islands/look-up/Marked.tsx";
import type { LookUpData } from "#model/look-up";

const data = { trailer: "Team", coordinationTrailer: "Coordinated-by", coordinatorWord: "desk" } as LookUpData;

test.each(["src/x.py", "a b", "it's", '"$(touch /tmp/no)"', "`id`", "a;b&c|d", "*?[x]", "!x", "#x", "日本"])(
	"a shell gives %s to the command as it is",
	(path) => {
		const typed = whoCommand(path, false) as string;
		const words = typed.replace(/^npm run who -- /, "");
		expect(execFileSync("sh", ["-c", `printf %s ${words}`], { encoding: "utf8" })).toBe(path);
	},
);

test("a name with a dash first is no option; one that cannot be typed gives no command", () => {
	expect(whoCommand("-rf", false)).toBe("npm run who -- ./-rf");
	expect(whoCommand("a\nb", false)).toBeNull();
	expect(whoCommand("a\u202eb", false)).toBeNull();
	expect(whoCommand("caf\\xE9", true)).toBeNull();
});

test("the trailers are those the audit reads, and none where the path must not be changed", () => {
	const said = { team: "team-b", pieces: [], text: "", agreeWith: [], settle: [] };
	expect(trailerLines(data, { ...said, may: "agree" })).toEqual(["Team: team-b", "Coordinated-by: desk"]);
	expect(trailerLines(data, { ...said, may: "agree", agreeWith: ["team-a", "team-c"] })).toEqual([
		"Team: team-b",
		"Coordinated-by: team-a",
		"Coordinated-by: team-c",
	]);
	expect(trailerLines(data, { ...said, may: "yes" })).toEqual(["Team: team-b"]);
	expect(trailerLines(data, { ...said, may: "keep" })).toEqual(["Team: team-b"]);
	expect(trailerLines(data, { ...said, may: "no" })).toEqual([]);
});

test("a marked character of two units is never torn", () => {
	expect(runsOf("a🙂b", [1, 2])).toEqual([
		{ part: "a", isMarked: false },
		{ part: "🙂", isMarked: true },
		{ part: "b", isMarked: false },
	]);
});
