// Edge(processes). The gateway as production starts it, in a process of its own that can be stopped, killed and started again.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { WorldError } from "#model/problem";

const ROOT = resolve(import.meta.dirname, "../..");
/** Many start at one time, on what may be two cores. */
const START_MS = 60_000;
const KEPT_LINES = 200;

export interface NamedNode {
	readonly id: string;
	readonly address: string;
}

export interface GatewayOptions {
	readonly nodes: readonly NamedNode[];
	/** Put before its command. */
	readonly prefix?: readonly string[];
	/** Beside the environment of this process: settings as README names them. */
	readonly env?: Readonly<Record<string, string>>;
	readonly port?: number;
}

export interface GatewayProcess {
	readonly url: string;
	readonly port: number;
	readonly content: string;
	readonly pid: () => number;
	/** The last lines it wrote. */
	readonly lines: readonly string[];
	signal(name: NodeJS.Signals): void;
	/** Kills it without a word; resolves when it is gone. */
	kill(): Promise<void>;
	/** Starts it again at the same port, with `more` settings; resolves when it listens. */
	restart(more?: Readonly<Record<string, string>>): Promise<void>;
	close(): Promise<void>;
}

/** Starts a gateway over nodes, with a content folder of its own; resolves when it listens. */
export async function startGatewayProcess({
	nodes,
	prefix = [],
	env = {},
	port,
}: GatewayOptions): Promise<GatewayProcess> {
	const content = contentWith(nodes);
	const bound = port ?? (await freePort());
	const lines: string[] = [];
	const command = [...prefix, process.execPath, join(ROOT, "scripts/gateway.ts")];
	let child = await start();

	async function start(more: Readonly<Record<string, string>> = {}): Promise<ChildProcess> {
		const [program, ...args] = command as [string, ...string[]];
		const started = spawn(program, args, {
			// What it keeps, it keeps in its own folder.
			cwd: content,
			env: {
				...process.env,
				COORD_CONTENT: content,
				COORD_PORT: String(bound),
				COORD_GRPC_PORT: "off",
				COORD_DIST: join(content, "no-site"),
				...env,
				...more,
			},
			stdio: ["ignore", "pipe", "pipe"],
		});
		for (const stream of [started.stdout, started.stderr]) {
			stream.on("data", (bytes: Buffer) => {
				lines.push(...bytes.toString().trimEnd().split("\n"));
				lines.splice(0, Math.max(0, lines.length - KEPT_LINES));
			});
		}
		await listening(started, bound, lines);
		return started;
	}

	const kill = () => gone(child, "SIGKILL");
	return {
		url: `http://127.0.0.1:${bound}`,
		port: bound,
		content,
		pid: () => child.pid!,
		lines,
		signal: (name) => {
			child.kill(name);
		},
		kill,
		async restart(more) {
			child = await start(more);
		},
		async close() {
			await kill();
			rmSync(content, { recursive: true, force: true });
		},
	};
}

/** A port nothing listens on: taken and given back. */
export async function freePort(host = "127.0.0.1"): Promise<number> {
	const server = createServer();
	await new Promise<void>((done) => server.listen(0, host, done));
	const { port } = server.address() as { port: number };
	await new Promise((done) => server.close(done));
	return port;
}

function contentWith(nodes: readonly NamedNode[]): string {
	const content = mkdtempSync(join(tmpdir(), "faults-content-"));
	const listed = nodes.map(
		({ id, address }) => `    - { id: ${JSON.stringify(id)}, address: ${JSON.stringify(address)} }`,
	);
	const cluster = nodes.length === 0 ? "cluster: { nodes: [] }" : `cluster:\n  nodes:\n${listed.join("\n")}`;
	writeFileSync(join(content, "project.yaml"), `name: Faults\n${cluster}\n`);
	mkdirSync(join(content, "teams"));
	writeFileSync(join(content, "teams/team-a.yaml"), "name: Team A\n");
	return content;
}

async function listening(child: ChildProcess, port: number, lines: readonly string[]): Promise<void> {
	const startedAt = performance.now();
	for (;;) {
		if (child.exitCode !== null || child.signalCode !== null) {
			throw new WorldError(`the gateway ended at its start:\n${lines.slice(-10).join("\n")}`);
		}
		const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(1_000) }).catch(
			() => null,
		);
		if (answer?.ok) return;
		if (performance.now() - startedAt > START_MS) {
			child.kill("SIGKILL");
			throw new WorldError(`the gateway did not listen within ${START_MS / 1000} s:\n${lines.slice(-10).join("\n")}`);
		}
		await new Promise((done) => setTimeout(done, 25));
	}
}

async function gone(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise((done) => child.once("exit", done));
	child.kill(signal);
	await ended;
}
