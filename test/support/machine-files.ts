// Edge(fs, processes). Tests of what a site built for a public address gives programs, read by other programs than ours.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { BuiltPage } from "./built-site.ts";
import { schemaErrors } from "./json-schema.ts";

interface MachineSite {
	readonly dist: string;
	readonly pages: readonly BuiltPage[];
	/** Public address of the site with its base; ends in a slash. */
	readonly published: string;
}

/** The tests; `site` is asked for when they run, because the site is built before them and not before they are listed. */
export function describeMachineFiles(site: () => MachineSite): void {
	describe("what machines read, of a site that knows its address", () => {
		const text = (file: string) => readFileSync(join(site().dist, file), "utf8");

		test("answers are as their schemas say, and every address in the index is there", () => {
			const { published } = site();
			const index = JSON.parse(text("api/v1/index.json"));
			const path = (address: string) => {
				expect(address.startsWith(published)).toBe(true);
				return address.slice(published.length);
			};
			for (const { address, schema } of index.answers) {
				const judge = JSON.parse(text(path(schema)));
				expect(judge.$id).toBe(schema);
				expect(schemaErrors(judge, JSON.parse(text(path(address))))).toEqual([]);
			}
			for (const { schema } of index.contentSchemas) expect(JSON.parse(text(path(schema))).$id).toBe(schema);
		});

		test("the feed is XML to another program, and each item leads to its conflict's place", () => {
			const { dist, pages, published } = site();
			const read =
				"import sys, xml.dom.minidom as d; x = d.parse(sys.argv[1])\nfor i in x.getElementsByTagName('item'): print(i.getElementsByTagName('link')[0].firstChild.data)";
			const parsed = spawnSync("python3", ["-c", read, join(dist, "conflicts.xml")], { encoding: "utf8" });
			expect(parsed.stderr).toBe("");
			const links = parsed.stdout.trim().split("\n");
			expect(links).toHaveLength(100);
			const byAddress = new Map(pages.map((page) => [page.address, page.document]));
			const lost = links.filter((link) => {
				const [, address = "", id = ""] = /^(\/conflicts\/.*)#(CF-[A-Z2-7]+)$/.exec(link.replace(published, "/")) ?? [];
				return !byAddress.get(address)?.getElementById(id);
			});
			expect(lost).toEqual([]);
		});

		test("every page has a card of its own or the site's; the sitemap lists pages alone", () => {
			const { dist, pages, published } = site();
			const cards = pages
				.filter(({ address }) => address !== "/404.html")
				.map(({ document }) => document.querySelector('meta[property="og:image"]')?.getAttribute("content") ?? "");
			expect(cards.filter((card) => !card.startsWith(`${published}cards/`))).toEqual([]);
			expect(new Set(cards).size).toBeGreaterThan(20);
			for (const card of new Set(cards)) {
				expect(
					readFileSync(join(dist, card.slice(published.length)))
						.subarray(1, 4)
						.toString(),
				).toBe("PNG");
			}
			const listed = [...text("sitemap-0.xml").matchAll(/<loc>([^<]*)<\/loc>/g)].map(
				([, address]) => address as string,
			);
			const real = pages.map(({ address }) => address).filter((address) => address !== "/404.html");
			expect(listed.sort()).toEqual(real.map((address) => `${published}${address.slice(1)}`).sort());
			expect(readdirSync(dist)).not.toContain("robots.txt");
		});

		test("files for agents hold no live text of the repository", () => {
			for (const file of ["llms.txt", "llms-full.txt", "CODEOWNERS", "teams/team-a/AGENTS.md"]) {
				const outside = text(file)
					.replace(/^ *(`{3,})[a-z]*\n[\s\S]*?^ *\1$/gm, "")
					.replace(/(`+)[^`](?:.*?[^`])?\1(?!`)/g, "");
				expect(outside).not.toMatch(/<script|<img|onerror=|javascript:/i);
			}
		});
	});
}
