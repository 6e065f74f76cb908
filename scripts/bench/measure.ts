// Edge(processes, clock). Runs one command and says what it cost: wall time, processor time, peak memory.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { WorldError } from "#model/problem";

export interface Cost {
	readonly wallMs: number;
	/**
	 * User and system time of the command and all it started, from the children's times in /proc/self/stat (runs follow
	 * each other, so that the difference is this run's); null where there is no /proc.
	 */
	readonly cpuMs: number | null;
	/** Resident memory of the command's own process at its highest: VmHWM of /proc, looked at every 10 ms; null likewise. */
	readonly peakMb: number | null;
}

export interface Command {
	readonly program: string;
	readonly args: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
}

const LOOK_MS = 10;
/** A tick of /proc/self/stat: USER_HZ, 100 on every Linux that Node runs on. */
const TICK_MS = 10;
/** Nothing measured here takes so long: a run that does is ended. */
const LIMIT_MS = 15 * 60_000;

/** Runs it to its end, its output read and dropped as by a pipe's reader. Throws WorldError when it fails. */
export async function measure({ program, args, env = {} }: Command): Promise<Cost> {
	const cpuBefore = childrenCpuMs();
	const started = performance.now();
	const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
	const words: Buffer[] = [];
	child.stdout.resume();
	child.stderr.on("data", (chunk: Buffer) => words.push(chunk));
	let peakMb: number | null = null;
	const look = setInterval(() => {
		peakMb = peakOf(child.pid) ?? peakMb;
	}, LOOK_MS);
	const limit = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
	const { promise, resolve, reject } = Promise.withResolvers<number | null>();
	child.once("error", reject);
	child.once("close", resolve);
	try {
		const code = await promise;
		const wallMs = performance.now() - started;
		if (code !== 0) {
			const said = Buffer.concat(words).toString("utf8").trim();
			throw new WorldError(`${program} ${args.slice(0, 4).join(" ")} … ended with ${code}: ${said}`);
		}
		const cpuAfter = childrenCpuMs();
		return { wallMs, cpuMs: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore, peakMb };
	} finally {
		clearInterval(look);
		clearTimeout(limit);
	}
}

/** Times of all children that have ended: fields 16 and 17 of stat, counted after the name in brackets. */
function childrenCpuMs(): number | null {
	const stat = readProc("/proc/self/stat");
	const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
	return fields === undefined ? null : (Number(fields[13]) + Number(fields[14])) * TICK_MS;
}

function peakOf(pid: number | undefined): number | null {
	const line = /^VmHWM:\s+(\d+) kB$/m.exec(readProc(`/proc/${pid}/status`) ?? "");
	return line === null ? null : Number(line[1]) / 1_024;
}

function readProc(path: string): string | null {
	try {
		return readFileSync(path, "utf8");
	} catch {
		// No /proc here, or the process has just ended: there is nothing to read, and the last look counts.
		return null;
	}
}
