// Pure. The security policy of one page: what stands in it may run, by its hash, and nothing else.
import { createHash } from "node:crypto";
import type { PageFacts } from "./page-facts.ts";

/**
 * The policy as a browser reads it. `gateway`: origin of a gateway elsewhere, or null.
 *
 * - `wasm-unsafe-eval`: the search engine is WebAssembly; it lets no script run from text.
 * - `style-src-attr`: widths of bars and sizes of icons are style attributes, let in by their hashes (`unsafe-hashes` is the
 *   name for hashes of attributes; it lets no other in). What scripts set through `element.style` needs no leave.
 * - `style-src` is what a browser obeys that does not know the two finer ones.
 */
export function securityPolicy(
	facts: Pick<PageFacts, "scripts" | "styles" | "styleAttributes">,
	gateway: string | null,
): string {
	const attributes = facts.styleAttributes.map(hashSource);
	return [
		["default-src", "'self'"],
		["script-src", "'self'", "'wasm-unsafe-eval'", ...facts.scripts.map(hashSource)],
		["style-src", "'self'", "'unsafe-inline'"],
		["style-src-elem", "'self'", ...facts.styles.map(hashSource)],
		["style-src-attr", ...(attributes.length === 0 ? ["'none'"] : ["'unsafe-hashes'", ...attributes])],
		["img-src", "'self'", "data:"],
		["font-src", "'self'"],
		["connect-src", "'self'", ...(gateway === null ? [] : [gateway])],
		["object-src", "'none'"],
		["base-uri", "'none'"],
		["form-action", "'self'"],
	]
		.map((directive) => directive.join(" "))
		.join("; ");
}

/** A page with its policy in it, before anything that it governs. */
export function sealPage(html: string, facts: PageFacts, gateway: string | null): string {
	const meta = `<meta http-equiv="content-security-policy" content="${securityPolicy(facts, gateway)}"/>`;
	return html.slice(0, facts.policyOffset) + meta + html.slice(facts.policyOffset);
}

function hashSource(text: string): string {
	return `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
}
