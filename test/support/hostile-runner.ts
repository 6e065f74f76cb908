// Edge(processes). The product's commands, many in one process: a start of Node for each would cost minutes.
import { type ChildProcess, fork } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type GitCall, recordGit } from "./hostile-recorder.ts";
import { temporaryFolder } from "./make-repo.ts";

export interface Asked {
	/** Script of an entrance. */
	readonly script: string;
	readonly args: readonly string[];
	/** Variables of the caller's shell, beside those of the test. */
	readonly env?: Readonly<Record<string, string>>;
}

export interface Answer {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

export interface Ran extends Answer {
	/** Every git the command started. */
	readonly calls: readonly GitCall[];
	/** What it left in the folder for temporary files. */
	readonly left: readonly string[];
}

export interface Runner {
	/** Runs a command, and each git it starts, to the end; one at a time. Rejects when that takes longer than `limitMs`. */
	run(asked: Asked, limitMs?: number): Promise<Ran>;
	/** Empties the folder of what the product keeps between commands. */
	forget(): void;
	close(): void;
}

const LIMIT_MS = 60_000;

/** A process that runs entrances on demand. After a command that never ends it is replaced. */
export function startRunner(): Runner {
	const recorder = recordGit();
	const cache = temporaryFolder();
	let temporary = "";
	const begin = () => {
		// What a killed process leaves behind is not counted against the next.
		temporary = temporaryFolder();
		return fork(fileURLToPath(new URL("./hostile-runner-child.ts", import.meta.url)), [], {
			env: {
				PATH: recorder.path,
				HOME: temporaryFolder(),
				TMPDIR: temporary,
				COORD_CACHE: cache,
				GIT_AUTHOR_DATE: "1754000000 +0000",
			},
			execArgv: [],
			serialization: "advanced",
			stdio: ["ignore", "inherit", "inherit", "ipc"],
		});
	};
	let child = begin();
	return {
		async run(asked, limitMs = LIMIT_MS) {
			recorder.take();
			const end = performance.now() + limitMs;
			try {
				const answer = await ask(child, asked, limitMs);
				while (recorder.isRunning()) {
					if (performance.now() > end) throw new Error(`a git runs on after ${limitMs} ms: ${asked.args.join(" ")}`);
					await setTimeout(20);
				}
				return { ...answer, calls: recorder.take(), left: readdirSync(temporary) };
			} catch (error) {
				child.kill("SIGKILL");
				child = begin();
				throw error;
			}
		},
		forget() {
			for (const name of readdirSync(cache)) rmSync(join(cache, name), { recursive: true });
		},
		close: () => {
			child.kill("SIGKILL");
		},
	};
}

async function ask(child: ChildProcess, asked: Asked, limitMs: number): Promise<Answer> {
	const { promise, resolve, reject } = Promise.withResolvers<Answer>();
	const late = () => reject(new Error(`no end after ${limitMs} ms: ${asked.args.join(" ")}`));
	const timer = globalThis.setTimeout(late, limitMs);
	const ended = () => reject(new Error(`the command ended the process: ${asked.args.join(" ")}`));
	child.once("message", resolve).once("exit", ended);
	child.send(asked);
	try {
		return await promise;
	} finally {
		clearTimeout(timer);
		child.off("message", resolve).off("exit", ended);
	}
}
