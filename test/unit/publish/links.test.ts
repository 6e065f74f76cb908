// Which links lead nowhere, and what is said of them. Each law has a case that fires and a near miss that does not.
import { describe, expect, test } from "vitest";
import { placeOfLink } from "#publish/link-source";
import { type BuiltSite, checkLinks } from "#publish/links";
import { readPage } from "#publish/page-facts";
import { referencesInText } from "#publish/text-references";

const PAGES: Readonly<Record<string, string>> = {
	"/": "",
	"/teams/": '<h2 id="team-b">B</h2><a name="old">x</a>',
	"/teams/team-b/": '<h2 id="what it owns">x</h2>',
	"/404.html": "",
};

/** A site in which `page` holds `html`. */
function site(html: string, page = "/teams/team-b/", facts: Partial<BuiltSite> = {}): BuiltSite {
	const pages = Object.entries({ ...PAGES, [page]: (PAGES[page] ?? "") + html });
	return {
		pages: new Map(pages.map(([address, text]) => [address, readPage(text)])),
		files: new Set(["_astro/a.css", "log.json", "a b.png"]),
		others: new Map(),
		base: "/",
		origin: null,
		...facts,
	};
}

const said = (html: string, page?: string, facts?: Partial<BuiltSite>) =>
	checkLinks(site(html, page, facts)).problems.map(({ address, message, cure }) => `${address}: ${message}. ${cure}`);

const link = (address: string) => `<a href="${address}">x</a>`;

describe("a link is good", () => {
	test.each([
		["to a page, from the root or from here", [link("/teams/"), link("../"), link("./"), link("../../")]],
		["to a page by its file", [link("/teams/index.html")]],
		["to a place, encoded or not", [link("/teams/#team-b"), link("/teams/#old"), link("#what%20it%20owns")]],
		["to the top, to nothing, and to words of a page", [link("#top"), link("#"), link(""), link("../#:~:text=B")]],
		["to a file, with or without a query", [link("/log.json"), link("/log.json?v=2"), '<img src="/a%20b.png">']],
		[
			"to another origin, by mail or telephone",
			[link("https://e.example/x"), link("//e.example"), link("mailto:a@b.c")],
		],
		["with a query on a page", ['<form action="/teams/?a=/no"></form>']],
		["as data", ['<img src="data:image/gif;base64,AA==">']],
	])("%s", (_, htmls) => {
		expect(htmls.flatMap((html) => said(html))).toEqual([]);
	});
});

describe("a link is bad", () => {
	test.each([
		[link("/team/"), "/team/: leads to no page and no file. Did you mean ../?"],
		[
			link("../contract-of-nobody/"),
			"../contract-of-nobody/: leads to no page and no file. Mend the link, or add what it leads to.",
		],
		[link("/teams/#team-c"), 'leads to a page that has no place "team-c". Did you mean "#team-b"?'],
		[link("#TEAM"), 'leads to a page that has no place "TEAM". Link to a heading'],
		[link("/teams#team-b"), "lacks the slash that pages' addresses end with. Write ../#team-b"],
		[link("/Log.json"), "leads to no page and no file"],
		[link("/%zz"), "leads to no page and no file"],
		[link("http://"), "is no address"],
		[link("java\tscript:alert(1)"), "is a script"],
		['<img src="/b.png">', "leads to no page and no file"],
		['<img src="/a%20b.png" srcset="/a%20b.png 1x, /c.png 2x">', "/c.png: leads to no page"],
		['<link rel="icon" href="/favicon.ico">', "leads to no page and no file"],
		['<img src="https://e.example/x.png">', "is loaded from another origin, https://e.example"],
		['<link rel="preconnect" href="https://e.example">', "is loaded from another origin"],
	])("%s", (html, words) => {
		expect(said(html)).toEqual([expect.stringContaining(words)]);
	});
});

test("below a sub-path, what leads out of it is bad, and the cure holds under any", () => {
	const base = { base: "/proj/" };
	expect(said(link("/teams/#team-b"), "/", base)).toEqual([
		"/teams/#team-b: leads out of the site, which is served below /proj/. Write it relative to the page: teams/#team-b",
	]);
	expect(said(link("/proj"), "/", base)).toHaveLength(1);
	expect(said(link("../../../x"), "/teams/team-b/", base)).toHaveLength(1);
	const feed = referencesInText(
		"feed.xml",
		"<link>http://site.invalid/proj</link><link>http://site.invalid/pro</link><link>http://site.invalid/proj/</link>",
	);
	expect(checkLinks(site("", "/", { ...base, others: new Map([["feed.xml", feed]]) })).problems).toHaveLength(2);
	expect(said(link("/proj/teams/") + link("teams/") + link("/proj/log.json"), "/", base)).toEqual([]);
});

test("an address in full is the site's own where its origin is known", () => {
	const origin = { origin: "https://site.example" };
	expect(said(link("https://site.example/gone/"), "/", origin)).toHaveLength(1);
	expect(said(link("https://site.example/teams/"), "/", origin)).toEqual([]);
	expect(said(link("https://site.example/gone/"), "/")).toEqual([]);
});

test("the page for what is not found is shown anywhere: its links begin with a slash", () => {
	expect(said(link("teams/"), "/404.html")).toEqual([expect.stringContaining("without an address of its own")]);
	expect(said(link("/teams/"), "/404.html")).toEqual([]);
});

test("one dead link on many pages is one problem, and all are told at once", () => {
	const html = readPage(`${link("/gone/")}${link("/lost/")}`);
	const pages = new Map([...site("").pages].map(([address, { places }]) => [address, { ...html, places }]));
	const { seen, problems } = checkLinks({ ...site(""), pages });
	expect(seen).toBe(8);
	expect(problems.map(({ address, page, alsoOn }) => [address, page, alsoOn])).toEqual([
		["/gone/", "/", 3],
		["/lost/", "/", 3],
	]);
});

test("lists of links, feeds and JSON are read too", () => {
	const of = (file: string, text: string) => referencesInText(file, text).map(({ address }) => address);
	expect(of("llms.txt", "# X\n- [Teams](https://s.example/teams/): all\n- plain (no) [x]")).toEqual([
		"https://s.example/teams/",
	]);
	expect(
		of("feed.xml", '<link>https://s.example/?a=1&amp;b=2</link><atom:link href="/feed.xml"/><title>[a](b)</title>'),
	).toEqual(["https://s.example/?a=1&b=2", "/feed.xml"]);
	expect(of("a.json", '{"page":"/teams/","n":{"url":"https://s.example/"},"path":"/etc/passwd","page2":1}')).toEqual([
		"/teams/",
		"https://s.example/",
	]);
	expect(referencesInText("llms.txt", "\n\n a [x](y)")[0]).toMatchObject({ line: 3, column: 6 });
	expect(() => of("a.json", "{")).toThrow("a.json was built, but is no JSON");
});

test("a dead link is found where the content writes it", () => {
	const sources = new Map([
		["content/guide/a.mdx", "see [x](../gone/)"],
		["content/guide/b.mdx", "../gone/x\n\n<a href='../gone/'>x</a>"],
	]);
	expect(placeOfLink(sources, "/guide/b/", "../gone/")).toEqual({ file: "content/guide/b.mdx", line: 3, column: 10 });
	expect(placeOfLink(sources, "/notes/", "../gone/")).toEqual({ file: "content/guide/a.mdx", line: 1, column: 9 });
	expect(placeOfLink(sources, "/notes/", "/gone/")).toBeNull();
});
