// Edge(processes). A built site behind a real gateway with three sample nodes, for as long as it is measured.
import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { WorldError } from "#model/problem";
import { startSampleNodes } from "../sample/nodes.ts";

export interface Served {
	readonly url: string;
	close(): Promise<void>;
}

/** Starts both; ready when every node was asked. Throws WorldError when the gateway does not get there. */
export async function serveBuilt(dist: string, content: string, port: number): Promise<Served> {
	const samples = await startSampleNodes([0, 0, 0]);
	const gateway = spawn(process.execPath, ["scripts/launch.mjs", "gateway"], {
		env: {
			...process.env,
			COORD_DIST: dist,
			COORD_CONTENT: content,
			COORD_PORT: String(port),
			COORD_GRPC_PORT: "off",
			COORD_LIVE_AUDIT: "off",
			COORD_NODES: samples.addresses.join(","),
		},
		stdio: ["ignore", "ignore", "pipe"],
	});
	const words: Buffer[] = [];
	gateway.stderr.on("data", (chunk: Buffer) => words.push(chunk));
	const ended = new Promise<void>((done) => gateway.once("close", () => done()));
	const close = async () => {
		gateway.kill("SIGTERM");
		await ended;
		await samples.close();
	};
	const url = `http://localhost:${port}`;
	for (let tries = 0; tries < 100; tries++) {
		if (gateway.exitCode !== null) break;
		// Not there yet is what this loop waits for.
		const answer = await fetch(`${url}/readyz`).catch(() => null);
		if (answer?.ok) return { url, close };
		await sleep(200);
	}
	await close();
	throw new WorldError(`the gateway was not ready: ${Buffer.concat(words).toString("utf8").trim().slice(-500)}`);
}
