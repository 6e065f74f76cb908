// Edge(fs). A `git` of our own on the PATH: writes down what it is asked, with its whole environment, then is git.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { temporaryFolder } from "./make-repo.ts";

export interface GitCall {
	/** Without `git` itself. */
	readonly args: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	readonly cwd: string;
}

export interface Recorder {
	/** PATH of a process whose git calls are recorded. */
	readonly path: string;
	/** The calls since the last time this was asked. */
	take(): GitCall[];
	/** Whether one of these calls has not ended. */
	isRunning(): boolean;
}

export function recordGit(): Recorder {
	const bin = temporaryFolder();
	const log = temporaryFolder();
	const git = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
	// Built-ins of the shell alone: each call costs one `sh`. `exec` keeps the process id, which names the record.
	const script = `#!/bin/sh
printf '%s\\0' "$@" >'${log}'/$$.args
export -p >'${log}'/$$.env
pwd -P >'${log}'/$$.cwd
exec ${git} "$@"
`;
	mkdirSync(bin, { recursive: true });
	writeFileSync(join(bin, "git"), script);
	chmodSync(join(bin, "git"), 0o755);
	return {
		path: `${bin}${delimiter}${process.env["PATH"]}`,
		take() {
			const calls = readdirSync(log)
				.filter((name) => name.endsWith(".args"))
				.map((name) => readCall(join(log, name.slice(0, -".args".length))));
			for (const name of readdirSync(log)) rmSync(join(log, name));
			return calls;
		},
		isRunning: () =>
			readdirSync(log).some((name) => name.endsWith(".args") && lives(Number(name.slice(0, -".args".length)))),
	};
}

function lives(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		// No such process.
		return false;
	}
}

/** What the shell itself adds to an environment. */
const OF_THE_SHELL = new Set(["PWD", "OLDPWD", "SHLVL", "_"]);

function readCall(stem: string): GitCall {
	const args = readFileSync(`${stem}.args`, "utf8").split("\0").slice(0, -1);
	const env: Record<string, string> = {};
	for (const [, name, value] of readFileSync(`${stem}.env`, "utf8").matchAll(
		/^(?:export|declare -x) (\w+)(?:=(["'].*?["']|\S*))?$/gms,
	)) {
		if (!OF_THE_SHELL.has(name as string)) env[name as string] = (value ?? "").replace(/^["']|["']$/g, "");
	}
	return { args, env, cwd: readFileSync(`${stem}.cwd`, "utf8").trimEnd() };
}
