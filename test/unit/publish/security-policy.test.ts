// What the policy of a page says. That a browser obeys it is shown in test/e2e/policy.spec.ts.
import { expect, test } from "vitest";
import { readPage } from "#publish/page-facts";
import { sealPage, securityPolicy } from "#publish/security-policy";

const directive = (policy: string, name: string) =>
	policy
		.split("; ")
		.find((one) => one.startsWith(`${name} `))
		?.slice(name.length + 1);

test("the example of the CSP specification: a script by the hash of its text", () => {
	// Content Security Policy Level 3, 6.7.3.3: alert('Hello, world.');
	const policy = securityPolicy(readPage("<script>alert('Hello, world.');</script>"), null);
	expect(directive(policy, "script-src")).toBe(
		"'self' 'wasm-unsafe-eval' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='",
	);
});

test("scripts never run by permission for all; nor does a style attribute that the build did not see", () => {
	const policy = securityPolicy(readPage("<style>a{}</style>"), null);
	expect(directive(policy, "script-src")).not.toContain("unsafe-inline");
	// printf 'a{}' | openssl dgst -sha256 -binary | base64
	expect(directive(policy, "style-src-elem")).toBe("'self' 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='");
	expect(directive(policy, "style-src-attr")).toBe("'none'");
	// printf 'a{}' again: the hash is of the attribute's value, whatever it is.
	expect(directive(securityPolicy(readPage('<p style="a{}"><b style="a{}">'), null), "style-src-attr")).toBe(
		"'unsafe-hashes' 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='",
	);
});

test("only a gateway that the content names may be asked beside the page's own origin", () => {
	const facts = { scripts: [], styles: [], styleAttributes: [] };
	expect(directive(securityPolicy(facts, null), "connect-src")).toBe("'self'");
	expect(directive(securityPolicy(facts, "https://gateway.example:8443"), "connect-src")).toBe(
		"'self' https://gateway.example:8443",
	);
});

test("a sealed page is the page with one element more, which a browser finds in its head", () => {
	const html = '<!doctype html><html><head><meta charset="utf-8"><title>é</title><script>a()</script></head></html>';
	const sealed = sealPage(html, readPage(html), null);
	const meta = /<meta http-equiv="content-security-policy" content="[^"]*"\/>/.exec(sealed);
	expect(sealed.replace(meta?.[0] ?? "", "")).toBe(html);
	expect(meta?.index).toBe('<!doctype html><html><head><meta charset="utf-8">'.length);
});
