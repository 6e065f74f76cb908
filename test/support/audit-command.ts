// `npm run audit` as people run it: the real script in a process of its own.
import { execFile } from "node:child_process";
import { join } from "node:path";

export interface Outcome {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

export const projectRoot = join(import.meta.dirname, "../..");
const script = join(projectRoot, "scripts/audit.ts");

export interface Surroundings {
	readonly cwd?: string;
	readonly env?: Readonly<Record<string, string>>;
}

/** Runs the command; nothing of the caller's COORD_… settings reaches it. */
export function audit(args: readonly string[], { cwd = projectRoot, env = {} }: Surroundings = {}): Promise<Outcome> {
	const { COORD_CONTENT: _content, COORD_REPO: _repo, FORCE_COLOR: _colour, ...inherited } = process.env;
	const options = { cwd, env: { ...inherited, ...env }, maxBuffer: 1 << 26 };
	return new Promise((resolve) => {
		execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) => {
			resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
		});
	});
}
