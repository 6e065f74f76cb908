// Edge(processes). The parts of a load run are processes of their own, so that none slows another's clock.
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { WorldError } from "#model/problem";

export interface Child<Answer> {
	readonly pid: number;
	/** Sends a job, resolves with what comes back. */
	ask(job: unknown): Promise<Answer>;
	end(): Promise<void>;
}

export type ChildName = "nodes" | "viewers" | "attackers" | "bare";

/** Starts one of the programs beside this file. */
export function startChild<Answer>(name: ChildName): Child<Answer> {
	const child = fork(fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), {
		stdio: ["ignore", "ignore", "inherit", "ipc"],
	});
	return {
		pid: child.pid ?? 0,
		ask: (job) =>
			new Promise((resolve, reject) => {
				const fail = (code: number | null) => reject(new WorldError(`the process of the ${name} ended with ${code}`));
				child.once("exit", fail);
				child.once("message", (answer) => {
					child.off("exit", fail);
					resolve(answer as Answer);
				});
				child.send(job as object);
			}),
		end: () => endProcess(child),
	};
}

/** In a child: answers each job. */
export function answerJobs<Job>(answer: (job: Job) => Promise<unknown>): void {
	process.on("message", (job) => {
		answer(job as Job).then(
			(outcome) => process.send?.(outcome as object),
			(error: unknown) => {
				process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
				process.exit(1);
			},
		);
	});
	// Whoever started it is gone: nothing of a load run is left behind.
	process.on("disconnect", () => process.exit(0));
}

export function endProcess(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
	return new Promise((resolve) => {
		const force = setTimeout(() => child.kill("SIGKILL"), 5_000);
		child.once("exit", () => {
			clearTimeout(force);
			resolve();
		});
		child.kill("SIGTERM");
	});
}
