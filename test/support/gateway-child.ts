// Edge(process). Starts, kills and freezes gateways in processes of their own.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Start } from "./report-crash-child.ts";

export interface GatewayProcess {
	readonly url: string;
	/** What its log said so far, as `event: message`. */
	readonly lines: readonly string[];
	/** Sends a signal; after SIGKILL resolves once the process is gone. */
	signal(name: "SIGKILL" | "SIGSTOP" | "SIGCONT"): Promise<void>;
}

/** A process that has loaded the gateway and waits for what to start: a restart then takes no longer than the gateway itself. */
export function prepareGateway(): { start(what: Start): Promise<GatewayProcess>; kill(): void } {
	const child: ChildProcess = fork(fileURLToPath(new URL("./report-crash-child.ts", import.meta.url)), {
		stdio: ["ignore", "ignore", "inherit", "ipc"],
		// As scripts/launch.mjs does: what was compiled once is not compiled at each start.
		env: { ...process.env, NODE_COMPILE_CACHE: fileURLToPath(new URL("../../.cache/compile", import.meta.url)) },
	});
	const gone = once(child, "exit");
	const lines: string[] = [];
	const url = new Promise<string>((resolve, reject) => {
		child.on("message", ({ event, message }: { event: string; message: string }) => {
			if (event === "url") resolve(message);
			else lines.push(`${event}: ${message}`);
		});
		void gone.then(() => reject(new Error("the gateway ended before it listened")));
	});
	url.catch(() => undefined);
	return {
		async start(what) {
			child.send(what);
			return {
				url: await url,
				lines,
				async signal(name) {
					child.kill(name);
					if (name === "SIGKILL") await gone;
				},
			};
		},
		kill: () => void child.kill("SIGKILL"),
	};
}
