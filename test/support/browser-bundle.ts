// Edge(vite). A module of the tests as one script for a browser, bundled as the site's own are.
import { build, type Rolldown } from "vite";

const ROOT = new URL("../../", import.meta.url).pathname;

/** The code of a module and all it imports; `entry` is its path from the project's root. */
export async function bundleFor(entry: string): Promise<string> {
	const { output } = (await build({
		root: ROOT,
		configFile: false,
		publicDir: false,
		logLevel: "error",
		build: { write: false, rolldownOptions: { input: ROOT + entry, output: { codeSplitting: false } } },
	})) as Rolldown.RolldownOutput;
	return output.flatMap((file) => (file.type === "chunk" ? [file.code] : [])).join("\n");
}
