// Entrance of a test process: runs the product's own entrances, as often as it is told, and hands back what they said.
import { pathToFileURL } from "node:url";
import type { Answer, Asked } from "./hostile-runner.ts";

let count = 0;

process.on("message", async (asked: Asked) => {
	const printed = { stdout: "", stderr: "" };
	const own = { stdout: process.stdout.write, stderr: process.stderr.write };
	const before = { ...process.env };
	const write = (to: "stdout" | "stderr") => (chunk: string | Uint8Array) => {
		printed[to] += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
		return true;
	};
	process.stdout.write = write("stdout") as typeof process.stdout.write;
	process.stderr.write = write("stderr") as typeof process.stderr.write;
	Object.assign(process.env, asked.env);
	process.argv = [process.execPath, asked.script, ...asked.args];
	process.exitCode = 0;
	let answer: Answer;
	try {
		// A new name each time: only the entrance itself is evaluated again, not what it imports.
		await import(`${pathToFileURL(asked.script)}?run=${++count}`);
		answer = { code: Number(process.exitCode), ...printed };
	} catch (error) {
		answer = { code: 70, stdout: printed.stdout, stderr: `${printed.stderr}${(error as Error).stack}` };
	}
	process.stdout.write = own.stdout;
	process.stderr.write = own.stderr;
	for (const key of Object.keys(process.env)) if (!(key in before)) delete process.env[key];
	Object.assign(process.env, before);
	process.send?.(answer);
});
