// Edge(processes). A Chromium of its own, driven over its debug port by as little as it takes: tabs that are really hidden, a
// process tree that can be stopped. A driver that emulates focus, as test runners do, would keep every tab visible.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WorldError } from "#model/problem";

const START_MS = 20_000;

export interface Tab {
	/** Value of an expression in the page, as JSON has it. */
	evaluate<Value>(expression: string): Promise<Value>;
	goto(url: string): Promise<void>;
	/** Brings it before the other tabs of its window, which hides them. */
	activate(): Promise<void>;
	setOffline(isOffline: boolean): Promise<void>;
	close(): Promise<void>;
}

export interface Chromium {
	openTab(): Promise<Tab>;
	/** Sends a signal to every process of the browser. */
	signalAll(name: NodeJS.Signals): void;
	close(): Promise<void>;
}

export async function startChromium(executable: string, args: readonly string[] = []): Promise<Chromium> {
	const profile = mkdtempSync(join(tmpdir(), "faults-chromium-"));
	const child = spawn(
		executable,
		[
			"--headless=new",
			"--no-sandbox",
			"--disable-gpu",
			"--no-first-run",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
			"--ignore-certificate-errors",
			"--remote-debugging-port=0",
			`--user-data-dir=${profile}`,
			...args,
			"about:blank",
		],
		{ stdio: ["ignore", "ignore", "pipe"] },
	);
	const endpoint = await endpointOf(child);
	const send = await openSession(endpoint);
	return {
		async openTab() {
			const { targetId } = await send("Target.createTarget", { url: "about:blank" });
			const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
			const call = (method: string, params = {}) => send(method, params, sessionId as string);
			await call("Page.enable");
			await call("Network.enable");
			return {
				async evaluate<Value>(expression: string) {
					const { result, exceptionDetails } = await call("Runtime.evaluate", {
						expression,
						returnByValue: true,
						awaitPromise: true,
					});
					if (exceptionDetails !== undefined) throw new Error(`the page threw at ${expression}`);
					return (result as { value: Value }).value;
				},
				async goto(url) {
					await call("Page.navigate", { url });
				},
				async activate() {
					await send("Target.activateTarget", { targetId });
				},
				async setOffline(offline) {
					const unlimited = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
					await call("Network.emulateNetworkConditions", { offline, ...unlimited });
				},
				async close() {
					await send("Target.closeTarget", { targetId });
				},
			};
		},
		signalAll(name) {
			for (const pid of treeOf(child.pid!)) process.kill(pid, name);
		},
		async close() {
			const gone = new Promise((done) => child.once("exit", done));
			for (const pid of treeOf(child.pid!)) {
				try {
					process.kill(pid, "SIGKILL");
				} catch {
					// It ended with its parent.
				}
			}
			await gone;
			rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}

function endpointOf(child: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let said = "";
		const timer = setTimeout(() => reject(new WorldError("Chromium did not start")), START_MS);
		child.once("error", reject).once("exit", () => reject(new WorldError(`Chromium ended at its start:\n${said}`)));
		child.stderr!.on("data", (bytes: Buffer) => {
			said += bytes.toString();
			const found = /DevTools listening on (ws:\S+)/.exec(said);
			if (found === null) return;
			clearTimeout(timer);
			child.stderr!.removeAllListeners("data").resume();
			resolve(found[1]!);
		});
	});
}

type Send = (method: string, params?: object, sessionId?: string) => Promise<Record<string, unknown>>;

async function openSession(endpoint: string): Promise<Send> {
	const socket = new WebSocket(endpoint);
	const waiting = new Map<number, { resolve(value: Record<string, unknown>): void; reject(error: Error): void }>();
	let sent = 0;
	socket.addEventListener("message", ({ data }) => {
		const { id, result, error } = JSON.parse(String(data));
		const caller = waiting.get(id);
		waiting.delete(id);
		if (error === undefined) caller?.resolve(result);
		else caller?.reject(new Error(error.message));
	});
	await new Promise((open, fail) => {
		socket.addEventListener("open", open);
		socket.addEventListener("error", fail);
	});
	return (method, params = {}, sessionId) =>
		new Promise((resolve, reject) => {
			const id = ++sent;
			waiting.set(id, { resolve, reject });
			socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
		});
}

/** A process and all below it, parents first. */
function treeOf(root: number): number[] {
	const parents = new Map<number, number>();
	for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
		try {
			const stat = readFileSync(`/proc/${name}/stat`, "utf8");
			parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
		} catch {
			// It ended meanwhile.
		}
	}
	const found = [root];
	for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
	return found;
}
