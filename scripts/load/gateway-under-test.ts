// Edge(processes). The gateway as npm run gateway starts it, in a process of its own, with made nodes.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { WorldError } from "#model/problem";
import manifest from "../../package.json" with { type: "json" };
import { endProcess, startChild } from "./child.ts";
import type { NodesReady } from "./messages.ts";

export interface GatewayUnderTest {
	readonly pid: number;
	readonly url: string;
	readonly port: number;
	readonly grpcPort: number;
	/** Nodes that serve, of those it was given. */
	serving(): Promise<number>;
	/** A figure of /metrics; NaN: there is none of that name. */
	figure(name: string): Promise<number>;
	end(): Promise<void>;
}

const ROOT = new URL("../../", import.meta.url);
/** As the npm script says, so that its flags are measured too; npm itself would stand between us and the process. */
const ARGS = manifest.scripts.gateway
	.replace(/^exec node /, "")
	.split(" ")
	.map((word) => (word.startsWith("scripts/") ? fileURLToPath(new URL(word, ROOT)) : word));
const READY_MS = 120_000;

/** Starts nodes and the gateway over them; resolves when every node was asked and serves. */
export async function startGatewayUnderTest(nodes: number, intervalMs: number): Promise<GatewayUnderTest> {
	const fakes = startChild<NodesReady>("nodes");
	const { addresses } = await fakes.ask({ count: nodes });
	const content = await mkdtemp(join(tmpdir(), "coordination-load-"));
	await mkdir(join(content, "teams"));
	await writeFile(join(content, "project.yaml"), "name: Load\n");
	await writeFile(join(content, "teams/team-a.yaml"), "name: Team A\n");
	const gateway = spawn(process.execPath, ARGS, {
		// What it keeps goes where the content is.
		cwd: content,
		env: {
			PATH: process.env["PATH"],
			COORD_CONTENT: content,
			COORD_NODES: addresses.join(","),
			COORD_PORT: "0",
			COORD_GRPC_PORT: "0",
			COORD_INTERVAL_MS: String(intervalMs),
			COORD_DIST: join(content, "none"),
			COORD_LIVE_AUDIT: "off",
			COORD_LOG: "json",
		},
		stdio: ["ignore", "ignore", "pipe"],
	});
	const leaveNothing = () => {
		gateway.kill("SIGKILL");
		rmSync(content, { recursive: true, force: true });
	};
	process.once("exit", leaveNothing);
	const end = async () => {
		process.off("exit", leaveNothing);
		await endProcess(gateway);
		await fakes.end();
		await rm(content, { recursive: true, force: true });
	};
	try {
		const { url, grpc } = await new Promise<{ url: string; grpc: string }>((resolve, reject) => {
			const said: string[] = [];
			gateway.once("exit", (code) => reject(new WorldError(`the gateway ended with ${code}: ${said.join(" ")}`)));
			createInterface({ input: gateway.stderr }).on("line", (line) => {
				if (said.length < 5) said.push(line);
				const event = line.startsWith("{") ? JSON.parse(line) : {};
				if (event.event === "started") resolve({ url: event.url, grpc: event["native gRPC"] });
			});
		});
		const figures = async () => (await fetch(`${url}/metrics`)).text();
		const figure = async (name: string) => {
			const line = (await figures()).split("\n").find((one) => one.startsWith(`${name} `));
			return line === undefined ? Number.NaN : Number(line.slice(name.length + 1));
		};
		const serving = () => figure('coordination_nodes{state="serving"}');
		const giveUpAt = performance.now() + READY_MS;
		while ((await serving()) < nodes) {
			if (performance.now() > giveUpAt) {
				throw new WorldError(`${await serving()} of ${nodes} nodes serve after ${READY_MS / 1_000} s`);
			}
			await new Promise((resolve) => setTimeout(resolve, 250));
		}
		return {
			pid: gateway.pid ?? 0,
			url,
			port: Number(new URL(url).port),
			grpcPort: Number(grpc.split(":").at(-1)),
			serving,
			figure,
			end,
		};
	} catch (error) {
		await end();
		throw error;
	}
}
