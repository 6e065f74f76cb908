// Edge(processes). Finds a Chromium for the browser tests, or installs Debian's, and says which.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { WorldError } from "#model/problem";

const CANDIDATES = [
	"/usr/bin/chromium",
	"/usr/bin/chromium-browser",
	"/usr/bin/google-chrome",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Path of a Chromium: COORD_CHROMIUM, a known place, or freshly installed by apt-get. Throws WorldError. */
export async function findChromium(say: (topic: string, text: string) => void): Promise<string> {
	const named = process.env["COORD_CHROMIUM"];
	if (named !== undefined && named !== "") {
		if (existsSync(named)) return named;
		throw new WorldError(`COORD_CHROMIUM names ${named}, which is not there`);
	}
	const found = CANDIDATES.find((path) => existsSync(path));
	if (found !== undefined) {
		say("chromium", `found ${found}`);
		return found;
	}
	say("chromium", "not found: installing Debian's with apt-get");
	const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
	for (const args of [
		["update", "-qq"],
		["install", "-y", "-qq", "--no-install-recommends", "chromium"],
	]) {
		const [command, ...rest] = [...sudo, "apt-get", ...args] as [string, ...string[]];
		const { status } = spawnSync(command, rest, {
			stdio: ["ignore", 2, 2],
			env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
		});
		if (status !== 0) {
			throw new WorldError(
				"no Chromium is installed, and apt-get could not install one",
				"install Chromium, or name one in COORD_CHROMIUM",
			);
		}
	}
	return CANDIDATES[0] as string;
}
