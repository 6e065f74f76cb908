// Edge(processes, fs). One site, built by the command a user would type: how long, how much memory, how large.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { WorldError } from "#model/problem";

export interface BuildFigures {
	readonly seconds: number;
	/**
	 * Memory of the command and all it started, together, at its highest: what each holds alone, and once the files that
	 * are mapped, which are Node's own code for all. Null where there is no /proc.
	 */
	readonly peakMb: number | null;
	readonly pages: number;
	readonly files: number;
	readonly megabytes: number;
}

const LOOK_MS = 50;
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
	let last = 0;
	const look = setInterval(() => {
		const { alone, mapped } = treeMb(child.pid as number);
		// Of two looks the lower: a child that was just forked seems for a moment to hold all that its parent does.
		if (alone > 0) peakMb = Math.max(peakMb ?? 0, Math.min(last, alone + mapped));
		last = alone + mapped;
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

/**
 * Memory of a process and all below it, in MB: what they hold alone together, and the most that one has mapped of files.
 * The kernel keeps both counts; proportional sets (`smaps_rollup`) would stop the build for up to 100 ms a look.
 */
function treeMb(pid: number): { readonly alone: number; readonly mapped: number } {
	try {
		const status = readFileSync(`/proc/${pid}/status`, "utf8");
		const megabytes = (field: string) =>
			Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(status)?.[1] ?? 0) / 1_024;
		const below = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
		const all = below.map((child) => treeMb(Number(child)));
		return {
			alone: all.reduce((sum, one) => sum + one.alone, megabytes("RssAnon") + megabytes("RssShmem")),
			mapped: Math.max(megabytes("RssFile"), ...all.map((one) => one.mapped)),
		};
	} catch {
		// No /proc here, or the process has just ended: the last look counts.
		return { alone: 0, mapped: 0 };
	}
}
