// Edge(process). Starts python-node.py, a node in the language real nodes are written in.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Debian's Python, for which python3-grpcio and python3-grpc-tools install. */
export const PYTHON = process.env.COORD_TEST_PYTHON ?? "/usr/bin/python3";

export type Generation = "distributed" | "inference" | "bare";

export interface PythonNode {
	readonly address: string;
	readonly port: number;
	/** Methods called that are not read-only; must stay empty. */
	readonly changes: readonly string[];
	/** Sends a signal: SIGKILL, SIGSTOP, SIGCONT. */
	signal(name: NodeJS.Signals): void;
	close(): Promise<void>;
}

/** Null where Python can speak gRPC; otherwise why it cannot, in words. */
export function pythonMissing(): string | null {
	try {
		execFileSync(PYTHON, ["-c", "import grpc, grpc_tools"], { stdio: "ignore" });
		return null;
	} catch {
		return `${PYTHON} has no grpc: apt-get install python3-grpcio python3-grpc-tools`;
	}
}

/** Where and under what a node runs. */
export interface Surroundings {
	/** Put before its command, e.g. to run it in a network namespace. */
	readonly prefix?: readonly string[];
	/** Address it listens on; else 127.0.0.1. */
	readonly host?: string;
	/** Beside the environment of this process. */
	readonly env?: Readonly<Record<string, string>>;
}

/** Starts a node of a generation; port 0 is any free one. `tls`: certificate and key files, then that of the authority callers need one of. */
export async function startPythonNode(
	generation: Generation,
	port = 0,
	tls: string[] = [],
	{ prefix = [], host = "127.0.0.1", env = {} }: Surroundings = {},
): Promise<PythonNode> {
	const folder = mkdtempSync(join(tmpdir(), "python-node-"));
	const script = join(import.meta.dirname, "python-node.py");
	const [command, ...args] = [...prefix, PYTHON, script, generation, String(port), folder, ...tls] as [string];
	const child = spawn(command, args, {
		stdio: ["ignore", "pipe", "pipe"],
		env: { ...process.env, COORD_NODE_HOST: host, ...env },
	});
	const changes: string[] = [];
	const bound = await new Promise<number>((resolve, reject) => {
		let errors = "";
		child.stderr.on("data", (bytes: Buffer) => {
			errors += bytes.toString();
		});
		child.once("error", reject).once("exit", (code) => reject(new Error(`python-node ended with ${code}\n${errors}`)));
		createInterface(child.stdout).on("line", (line) => {
			if (line.startsWith("listening ")) resolve(Number(line.slice("listening ".length)));
			else changes.push(line);
		});
	});
	return {
		address: `${host}:${bound}`,
		port: bound,
		changes,
		signal: (name) => {
			child.kill(name);
		},
		async close() {
			await end(child);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
	return new Promise((resolve) => {
		child.once("exit", () => resolve());
		child.kill("SIGKILL");
	});
}
