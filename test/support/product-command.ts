// A command of the product as people run it: the real script in a process of its own.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { cleanEnvironment } from "./make-repo.ts";

export interface Outcome {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

export const productRoot = join(import.meta.dirname, "../..");

/** Runs scripts/NAME.ts in nobody's environment but what `env` adds; undefined takes a variable away. */
export function command(
	name: string,
	args: readonly string[],
	{ cwd = productRoot, env = {} }: { cwd?: string; env?: Readonly<Record<string, string | undefined>> } = {},
): Promise<Outcome> {
	const script = join(productRoot, `scripts/${name}.ts`);
	return new Promise((resolve) => {
		execFile(
			process.execPath,
			[script, ...args],
			{ cwd, env: { ...cleanEnvironment, ...env }, maxBuffer: 1 << 26 },
			(error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
		);
	});
}
