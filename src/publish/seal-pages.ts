// Edge(fs). After the pages are built each gets a security policy of its own; what was read for that is kept for the link check.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { WorldError } from "#model/problem";
import { type LinkFacts, linkFacts, listFiles } from "./built-files.ts";
import { readPage } from "./page-facts.ts";
import { sealPage } from "./security-policy.ts";

/**
 * Seals every page of a folder. Returns what the link check needs of each, by its file, as it stands in the sealed page:
 * to parse thousands of rows a second time would take seconds. `gateway` tells the origin of a gateway elsewhere, which
 * pages may then ask; null: only where they came from. Throws WorldError where a page holds script that could never run.
 */
export async function sealFolder(dist: string, gateway: string | null): Promise<ReadonlyMap<string, LinkFacts>> {
	const pages = (await listFiles(dist)).filter((file) => file.endsWith(".html"));
	const kept = new Map<string, LinkFacts>();
	for (const file of pages) {
		const path = join(dist, file);
		const html = await readFile(path, "utf8");
		const facts = readPage(html);
		if (facts.handlers.length > 0) {
			throw new WorldError(
				`${file} holds script in attributes, which the policy forbids: ${facts.handlers.join(", ")}\n` +
					"    hint: bind it in a <script> or in an island",
			);
		}
		const sealed = sealPage(html, facts, gateway);
		await writeFile(path, sealed);
		kept.set(file, linkFacts(moved(facts, html, sealed.length - html.length)));
	}
	return kept;
}

/** The policy has no line break: only what follows it in its own line stands elsewhere. */
function moved<Facts extends ReturnType<typeof readPage>>(facts: Facts, html: string, by: number): Facts {
	const before = html.slice(0, facts.policyOffset).split(/\r\n?|\n/);
	const [line, column] = [before.length, (before.at(-1) as string).length];
	const references = facts.references.map((one) =>
		one.line === line && one.column > column ? { ...one, column: one.column + by } : one,
	);
	return { ...facts, references };
}
