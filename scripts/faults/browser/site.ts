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
export async function buildSite(gateway: string | null): Promise<BuiltSite> {
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

let shared: Promise<BuiltSite> | null = null;

/** The site whose pages ask where they come from: built at the first call, for all who ask. */
export function siteForAll(say: (text: string) => void): Promise<BuiltSite> {
	if (shared === null) say("building the site");
	shared ??= buildSite(null);
	return shared;
}

/** Takes away what `siteForAll` built, if it did. */
export async function forgetSite(): Promise<void> {
	(await shared)?.close();
	shared = null;
}

function withGateway(yaml: string, gateway: string): string {
	const line = `  gateway: ${gateway}\n`;
	return /^cluster:\n/m.test(yaml) ? yaml.replace(/^cluster:\n/m, `cluster:\n${line}`) : `${yaml}\ncluster:\n${line}`;
}
