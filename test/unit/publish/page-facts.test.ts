// What a page holds, as a browser would read it.
import { expect, test } from "vitest";
import { addressesInStyles, readPage } from "#publish/page-facts";

const addresses = (html: string) =>
	readPage(html).references.map(({ address, where, use }) => `${where} ${use} ${address}`);

test("elements that are called as every object's own members are read as any other", () => {
	expect(addresses('<constructor href="/x"></constructor><a href="/y">y</a>')).toEqual(["a[href] link /y"]);
});

test("scripts that run are told, each once; data, files and comments are not", () => {
	const { scripts } =
		readPage(`<!doctype html><script>a()</script><script type="module">b()</script><script>a()</script>
		<script type="application/json">{"c":1}</script><script type="application/ld+json">{}</script>
		<script src="/d.js">ignored()</script><!-- <script>e()</script> --><textarea><script>f()</script></textarea>
		<title><script>g()</script></title><svg><script>h()</script></svg><template><script>i()</script></template>`);
	expect(scripts).toEqual(["a()", "b()", "h()", "i()"]);
});

test("a script's text is what the browser hashes: no entities, other line ends, odd ends", () => {
	const { scripts } = readPage(
		"<script>if (a && b)\r\n  c('&amp;')\r</script ><script>'</scrip' + '<!--'</script x=y>",
	);
	expect(scripts).toEqual(["if (a && b)\n  c('&amp;')\n", "'</scrip' + '<!--'"]);
});

test("a script within a script's comment ends where the browser ends it", () => {
	const { scripts } = readPage("<script><!-- <script>a()</script> --></script><p>after</p>");
	expect(scripts).toEqual(["<!-- <script>a()</script> -->"]);
});

test("types are judged as browsers do", () => {
	const runs = (type: string) => readPage(`<script type="${type}">x</script>`).scripts.length === 1;
	expect(
		["", "module", "text/javascript", "application/ecmascript", " Text/JavaScript ", "importmap"].filter(runs),
	).toEqual(["", "module", "text/javascript", "application/ecmascript", " Text/JavaScript ", "importmap"]);
	expect(["text/plain", "application/json", "text/x-template", "x/javascript"].filter(runs)).toEqual([]);
});

test("styles and script in attributes are told, wherever they stand", () => {
	const facts = readPage(`<head><noscript><style>a{}</style></noscript></head><style>b{}</style>
		<svg><style>c{}</style></svg><p title=">" onclick="x()">y</p>`);
	expect(facts.styles).toEqual(["a{}", "b{}", "c{}"]);
	expect(facts.handlers).toEqual(["p[onclick]"]);
});

test("what a page points at, and what for", () => {
	expect(
		addresses(`<link rel="stylesheet" href="a.css"><link rel="canonical" href="/x/"><link rel=preconnect href=//f.example>
			<meta property="og:image" content="/og.png"><meta name="description" content="/no">
			<a href="../y/#z">y</a><a name="old">no address</a><form action="/may-i/"></form>
			<img src="i.png" srcset="i.png 1x, data:image/png;base64,AA== 2x,j.png 3x"><svg><use href="#k"/></svg>`),
	).toEqual([
		"link[href] load a.css",
		"link[href] name /x/",
		"link[href] load //f.example",
		"meta[content] name /og.png",
		"a[href] link ../y/#z",
		"form[action] link /may-i/",
		"img[src] load i.png",
		"img[srcset] load i.png",
		"img[srcset] load data:image/png;base64,AA==",
		"img[srcset] load j.png",
		"use[href] load #k",
	]);
});

test("places are ids and names of anchors; a line and column say where a link stands", () => {
	const { places, references } = readPage('<p id="a">\n  <a name="b" href="#a">x</a></p><meta name="c">');
	expect([...places]).toEqual(["a", "b"]);
	expect(references[0]).toMatchObject({ line: 2, column: 3 });
});

const before = (html: string) => html.slice(0, readPage(html).policyOffset);

test("the policy's place: after the character set, before anything runs, and where there is no head to speak of", () => {
	expect(before('<!doctype html><html><head><meta charset="utf-8"/><script>')).toBe(
		'<!doctype html><html><head><meta charset="utf-8"/>',
	);
	expect(before('<!doctype html><html><head><script>1</script><meta charset="utf-8"/>')).toBe(
		"<!doctype html><html><head>",
	);
	expect(before("<!doctype html><html lang=en><title>x</title><script>1</script>")).toBe(
		"<!doctype html><html lang=en>",
	);
	expect(before("<!doctype html><script>1</script>")).toBe("<!doctype html>");
	expect(before("<script>1</script>")).toBe("");
});

test("nesting that would exhaust a stack is read", () => {
	expect(readPage(`${"<div>".repeat(50_000)}<a href="/x/">x</a>`).references.length).toBe(1);
});

test("style sheets: url() in every spelling and @import, comments apart", () => {
	expect(
		addressesInStyles(`@import "a.css"; @import url(b.css); /* url(no.png) */ p { background: url( 'c d.png' ) }
			q { src: url("data:font/woff2;base64,AA==") format("woff2"), url(//e.example/f.woff2) }`),
	).toEqual(["a.css", "b.css", "c d.png", "data:font/woff2;base64,AA==", "//e.example/f.woff2"]);
});
