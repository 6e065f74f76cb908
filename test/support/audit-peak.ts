// Edge(processes). An audit in a process of its own, with the most memory it held.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ConflictLog, conflictLogSchema } from "#model/conflict-log";
import { temporaryFolder } from "./make-repo.ts";

export interface Audited {
	readonly log: ConflictLog;
	readonly bytes: number;
	/** The most memory the process ever held, in MB. */
	readonly peakMb: number;
}

/** Reads everything anew; throws with the words of an audit that failed. */
export async function auditPeak(repo: string, content: string): Promise<Audited> {
	const peak = join(temporaryFolder(), "peak");
	const atExit = `import { readFileSync, writeFileSync } from "node:fs"; process.on("exit", () => writeFileSync(${JSON.stringify(peak)}, readFileSync("/proc/self/status", "utf8")))`;
	const { stdout } = await new Promise<{ stdout: string }>((done, fail) => {
		// As npm starts it.
		const script = join(import.meta.dirname, "../../scripts/launch.mjs");
		const args = ["audit", "--repo", repo, "--content", content, "--format", "json", "--out", "-", "--no-cache"];
		const env = { PATH: process.env["PATH"], HOME: temporaryFolder(), COORD_CACHE: temporaryFolder() };
		execFile(
			process.execPath,
			["--max-semi-space-size=4", "--import", `data:text/javascript,${encodeURIComponent(atExit)}`, script, ...args],
			{ env, maxBuffer: 1 << 30 },
			(error, out, words) => (error === null ? done({ stdout: out }) : fail(new Error(words))),
		);
	});
	const status = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(peak, "utf8"));
	return {
		log: conflictLogSchema.parse(JSON.parse(stdout)),
		bytes: stdout.length,
		peakMb: Number(status?.[1]) / 1024,
	};
}
