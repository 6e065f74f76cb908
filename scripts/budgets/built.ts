// Edge(processes, fs). One site, built by the command a user would type: how long, how much memory, how large.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { WorldError } from "#model/problem";

export interface BuildFigures {
	readonly seconds: number;
	/**
	 * Memory of the command and all it started, together, at its highest: the sum of their proportional sets, so that what
	 * processes share (Node's own code, the pages of a child that was just forked) counts once. Null where there is no /proc.
	 */
	readonly peakMb: number | null;
	readonly pages: number;
	readonly files: number;
	readonly megabytes: number;
}

const LOOK_MS = 100;
const LIMIT_MS = 5 * 60_000;

/** Runs `npm run build`'s script, with its flags, on a repository and a content folder. Throws WorldError when it fails. */
export async function buildSite(repo: string, content: string, dist: string): Promise<BuildFigures> {
	const started = performance.now();
	const child = spawn(
		process.execPath,
		["--max-semi-space-size=4", "scripts/launch.mjs", "build", "--repo", repo, "--content", content],
		{
			env: { ...process.env, COORD_DIST: dist, COORD_CACHE: join(dist, "../cache"), COORD_NODES: "" },
			stdio: ["ignore", "ignore", "pipe"],
		},
	);
	const words: Buffer[] = [];
	child.stderr.on("data", (chunk: Buffer) => words.push(chunk));
	let peakMb: number | null = null;
	const look = setInterval(() => {
		const now = treeMb(child.pid as number);
		if (now !== null) peakMb = Math.max(peakMb ?? 0, now);
	}, LOOK_MS);
	const limit = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
	const code = await new Promise<number | null>((done, fail) => child.once("error", fail).once("close", done));
	clearInterval(look);
	clearTimeout(limit);
	if (code !== 0) throw new WorldError(`the build ended with ${code}: ${Buffer.concat(words).toString("utf8").trim()}`);
	const seconds = (performance.now() - started) / 1_000;
	const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).map((file) => join(dist, file));
	const sizes = files.map((file) => statSync(file)).filter((one) => one.isFile());
	return {
		seconds,
		peakMb,
		pages: files.filter((file) => file.endsWith(".html")).length,
		files: sizes.length,
		megabytes: sizes.reduce((sum, { size }) => sum + size, 0) / 2 ** 20,
	};
}

/** Memory of a process and all below it, in MB; what it shares counts in parts. */
function treeMb(pid: number): number | null {
	try {
		const own = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"));
		const below = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
		return Number(own?.[1] ?? 0) / 1_024 + below.reduce((sum, child) => sum + (treeMb(Number(child)) ?? 0), 0);
	} catch {
		// No /proc here, or the process has just ended: the last look counts.
		return null;
	}
}
