// The feed of conflicts, read by another program's XML parser.
import { execFileSync } from "node:child_process";
import { getRssString } from "@astrojs/rss";
import { expect, test } from "vitest";
import type { ConflictLog } from "#model/conflict-log";
import { makeConflict, makeLog } from "#test/make-log";
import { conflictFeed, FEED_ITEMS } from "../../../src/components/machines/feed.ts";

const place = {
	site: "https://example.org/proj/",
	self: "https://example.org/proj/conflicts.xml",
	addressOf: (id: string) => `https://example.org/proj/conflicts/2/#${id}`,
};

const READ = `
import json, sys, xml.etree.ElementTree as tree
channel = tree.fromstring(sys.stdin.buffer.read()).find("channel")
def told(item): return {**{child.tag: child.text for child in item if child.tag != "category"}, "categories": [c.text for c in item.findall("category")], "permalink": item.find("guid").get("isPermaLink")}
print(json.dumps({"title": channel.findtext("title"), "link": channel.findtext("link"), "description": channel.findtext("description"), "items": [told(item) for item in channel.findall("item")]}))
`;

async function read(log: ConflictLog, project = "P") {
	const text = await getRssString(conflictFeed(project, log, place));
	return JSON.parse(execFileSync("python3", ["-c", READ], { input: text, encoding: "utf8" }));
}

test("a conflict is known by id and episode, and leads to its place", async () => {
	const { title, link, description, items } = await read(makeLog({ conflicts: [makeConflict({ episode: 2 })] }));

	expect({ title, link }).toEqual({ title: "P: conflicts", link: "https://example.org/proj/" });
	expect(description).toBe("Open conflicts of Small at ffffffffff (2025-07-31T10:00:00Z): 1.");
	expect(items).toEqual([
		{
			title: "error: Team B changed api/app.py, which belongs to Team A alone.",
			link: "https://example.org/proj/conflicts/2/#CF-AAAAAAAAAA",
			guid: "CF-AAAAAAAAAA/2",
			permalink: "false",
			description:
				"Edit of another team's path (team-b → team-a). Team B: stop changing it and show the change to Team A.",
			pubDate: "Sun, 20 Jul 2025 10:00:00 GMT",
			categories: ["error", "foreign-edit", "team-a", "team-b"],
		},
	]);
});

test("only open ones, the newest first; of very many the newest hundred, and that is said", async () => {
	const conflicts = Array.from({ length: 3_000 }, (_, index) =>
		makeConflict({
			id: `CF-${String(index)
				.padStart(10, "0")
				.replace(/\d/g, (digit) => "ABCDEFGHIJ"[Number(digit)] as string)}`,
			state: index === 2_999 ? "resolved" : "open",
			firstAt: new Date(Date.UTC(2025, 0, 1) + index * 60_000).toISOString(),
		}),
	);
	const { description, items } = await read(makeLog({ conflicts }));

	expect(items).toHaveLength(FEED_ITEMS);
	expect(items[0].guid).toBe("CF-AAAAAACJJI/1");
	expect(description).toContain(": 2999, of which the newest 100 are here.");
});

test("a sample and a part of a history say so; text that is no XML stays text", async () => {
	const evil = "<b>&amp;]]>\u0000\u0008\ufffe\ud800 \u202e</item>";
	const { repository } = makeLog();
	const log = makeLog({
		repository: { ...repository, name: "sample repository", complete: false, gaps: ["x"] },
		conflicts: [makeConflict({ message: evil })],
	});
	const { description, items } = await read(log, evil);

	expect(description).toContain("The history was not read whole: conflicts may be missing.");
	expect(description).toContain("This is the built-in sample");
	expect(items[0].title).toBe("error: <b>&amp;]]>\\x00\\x08\ufffd\\u{D800} \\u{202E}</item>");
});
