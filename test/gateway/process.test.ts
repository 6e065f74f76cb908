// npm run gateway as a process: what it says when it starts, and how it ends.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { waitUntil } from "./support.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const LAUNCH = join(ROOT, "scripts/launch.mjs");

let folder: string;
const running = new Set<ChildProcess>();

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "gateway-process-"));
	mkdirSync(join(folder, "content/teams"), { recursive: true });
	writeFileSync(join(folder, "content/project.yaml"), "name: Process\n");
	writeFileSync(join(folder, "content/teams/team-a.yaml"), "name: Team A\n");
});
afterAll(() => {
	for (const child of running) child.kill("SIGKILL");
	rmSync(folder, { recursive: true, force: true });
});

function start(env: Record<string, string> = {}, command = [process.execPath, LAUNCH, "gateway"]) {
	const [program, ...args] = command as [string, ...string[]];
	const child = spawn(program, args, {
		cwd: ROOT,
		env: {
			PATH: process.env["PATH"],
			COORD_CONTENT: join(folder, "content"),
			COORD_DIST: join(folder, "none"),
			COORD_STATE: join(folder, "state"),
			COORD_NODES: "127.0.0.1:1",
			COORD_PORT: "0",
			COORD_GRPC_PORT: "off",
			...env,
		},
		stdio: ["ignore", "pipe", "pipe"],
	});
	running.add(child);
	const lines: string[] = [];
	createInterface({ input: child.stderr }).on("line", (line) => lines.push(line));
	const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
		child.once("exit", (code, signal) => {
			running.delete(child);
			resolve(signal ?? code);
		}),
	);
	const events = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
	return { child, lines, ended, events };
}

async function connected(url: string): Promise<Socket> {
	const socket = connect(Number(new URL(url).port), "127.0.0.1");
	socket.on("error", () => undefined).resume();
	await new Promise((resolve) => socket.once("connect", resolve));
	return socket;
}

it("says its settings as JSON when it starts, tells of its nodes, and ends well on SIGTERM", async () => {
	const { child, lines, events, ended } = start({ COORD_ORIGINS: "https://guide.example" });
	await waitUntil(
		() => ["started", "node-state"].every((name) => events().some(({ event }) => event === name)),
		() => lines,
	);
	const started = events().find(({ event }) => event === "started");
	expect(started).toMatchObject({ level: "info", nodes: "127.0.0.1:1", origins: "https://guide.example" });
	const url = String(started?.["url"]);
	expect((await fetch(`${url}/readyz`)).status).toBe(200);

	// A request that is under way: its head is read, its body is not all there yet.
	const socket = await connected(url);
	let heard = "";
	socket.on("data", (data) => {
		heard += String(data);
	});
	const head = "POST /coordination.v1.StatusService/GetCluster HTTP/1.1\r\nhost: localhost\r\n";
	socket.write(`${head}content-type: application/grpc-web+proto\r\ncontent-length: 5\r\n\r\n\0`);
	await new Promise((resolve) => setTimeout(resolve, 100));
	child.kill("SIGTERM");
	await waitUntil(
		() => events().some(({ event }) => event === "closing"),
		() => lines,
	);
	socket.write("\0\0\0\0");
	expect(await ended).toBe(0);
	expect(heard).toContain("grpc-status: 0");
});

it("is told when npm is, as in a container, and npm ends with it", async () => {
	const npm = ["npm", "run", "--silent", "gateway"];
	const { child, lines, ended } = start({ COORD_LOG: "text" }, npm);
	await waitUntil(
		() => lines.some((line) => line.includes("url: http")),
		() => lines,
	);
	child.kill("SIGTERM");
	expect(await ended).toBe(0);
	expect(lines).toContain("SIGTERM: closing");
});

it("a second signal ends it at once, whatever is still open", async () => {
	const { child, lines, ended } = start({ COORD_LOG: "text" });
	await waitUntil(
		() => lines.some((line) => line.includes("url: http")),
		() => lines,
	);
	const url = /url: (\S+?);/.exec(lines.join("\n"))?.[1] ?? "";
	const socket = await connected(url);
	socket.write("GET / HTTP/1.1\r\n");
	child.kill("SIGTERM");
	await waitUntil(
		() => lines.includes("SIGTERM: closing"),
		() => lines,
	);
	child.kill("SIGINT");
	expect(await ended).toBe("SIGINT");
	socket.destroy();
});

it("settings that are wrong end it with 2 before anything listens", async () => {
	const { lines, ended } = start({ COORD_ORIGINS: "*" });
	expect(await ended).toBe(2);
	expect(lines[0]).toBe(
		"error: COORD_ORIGINS: * would let every page anyone visits read the live status; name each origin",
	);
});
