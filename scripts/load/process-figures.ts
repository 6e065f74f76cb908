// Edge(proc). What a process takes, by /proc, and how that changes.
import { readdirSync, readFileSync } from "node:fs";

export interface Figures {
	/** User and system time since it began, ms. */
	readonly cpuMs: number;
	readonly rssMb: number;
	/** Most it ever was. */
	readonly peakMb: number;
	readonly files: number;
}

/** A tick of /proc/PID/stat: USER_HZ, 100 on every Linux that Node runs on. */
const TICK_MS = 10;

export function figuresOf(pid: number): Figures {
	// The name, in brackets, may hold anything: fields are counted after it.
	const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
	const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	const status = readFileSync(`/proc/${pid}/status`, "latin1");
	const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1_024;
	return {
		cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
		rssMb: megabytes("VmRSS"),
		peakMb: megabytes("VmHWM"),
		files: readdirSync(`/proc/${pid}/fd`).length,
	};
}

export interface Watched {
	/** Of one core. */
	readonly cpuShare: number;
	readonly rssMb: number;
	readonly maxRssMb: number;
	/** Straight line through the second half of what was seen. */
	readonly slopeMbPerHour: number;
}

/** Looks at a process each second until it is told to stop. */
export function watchProcess(pid: number): () => Watched {
	const first = figuresOf(pid);
	const startedAt = performance.now();
	const seen = [{ at: 0, rssMb: first.rssMb }];
	const timer = setInterval(() => {
		seen.push({ at: performance.now() - startedAt, rssMb: figuresOf(pid).rssMb });
	}, 1_000);
	return () => {
		clearInterval(timer);
		const last = figuresOf(pid);
		return {
			cpuShare: (last.cpuMs - first.cpuMs) / (performance.now() - startedAt),
			rssMb: last.rssMb,
			maxRssMb: Math.max(...seen.map(({ rssMb }) => rssMb)),
			slopeMbPerHour: slope(seen.slice(Math.floor(seen.length / 2))) * 3_600_000,
		};
	};
}

/** Least squares, MB a ms. */
function slope(points: readonly { at: number; rssMb: number }[]): number {
	const mean = (of: (point: { at: number; rssMb: number }) => number) =>
		points.reduce((sum, point) => sum + of(point), 0) / points.length;
	const [x, y] = [mean(({ at }) => at), mean(({ rssMb }) => rssMb)];
	const spread = mean(({ at }) => (at - x) ** 2);
	return spread === 0 ? 0 : mean((point) => (point.at - x) * (point.rssMb - y)) / spread;
}
