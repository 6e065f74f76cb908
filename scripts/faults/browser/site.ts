// Edge(processes). The site as it is now, built once into a folder of its own, for the sample repository and no nodes.
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const ROOT = resolve(import.meta.dirname, "../../..");

export interface BuiltSite {
	readonly dist: string;
	close(): void;
}

/** `gateway`: origin of a gateway that is not where the pages come from; null: it is. */
async function buildSite(gateway: string | null): Promise<BuiltSite> {
	const folder = mkdtempSync(join(tmpdir(), "faults-site-"));
	const close = () => rmSync(folder, { recursive: true, force: true });
	try {
		const content = join(folder, "content");
		const dist = join(folder, "dist");
		cpSync(join(ROOT, "content"), content, { recursive: true });
		if (gateway !== null) {
			const file = join(content, "project.yaml");
			writeFileSync(file, withGateway(readFileSync(file, "utf8"), gateway));
		}
		// The command itself: what it prints is only wanted where it fails.
		await promisify(execFile)(process.execPath, [join(ROOT, "scripts/build.ts"), "--content", content], {
			cwd: ROOT,
			env: { ...process.env, COORD_DIST: dist },
		});
		return { dist, close };
	} catch (error) {
		close();
		throw error;
	}
}

const built = new Map<string | null, Promise<BuiltSite>>();

/** The site of a gateway (as in buildSite): built at the first call, for all who ask. */
function siteOf(gateway: string | null, say: (text: string) => void): Promise<BuiltSite> {
	const known = built.get(gateway);
	if (known !== undefined) return known;
	say(gateway === null ? "building the site" : "building the site for a gateway elsewhere");
	const site = buildSite(gateway);
	built.set(gateway, site);
	return site;
}

/** The site whose pages ask where they come from. */
export function siteForAll(say: (text: string) => void): Promise<BuiltSite> {
	return siteOf(null, say);
}

/** A site whose pages ask a gateway elsewhere. */
export function siteAskingAt(gateway: string, say: (text: string) => void): Promise<BuiltSite> {
	return siteOf(gateway, say);
}

/** Takes away what was built. */
export async function forgetSites(): Promise<void> {
	for (const site of built.values()) (await site).close();
	built.clear();
}

function withGateway(yaml: string, gateway: string): string {
	const line = `  gateway: ${gateway}\n`;
	return /^cluster:\n/m.test(yaml) ? yaml.replace(/^cluster:\n/m, `cluster:\n${line}`) : `${yaml}\ncluster:\n${line}`;
}
