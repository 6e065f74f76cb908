// Edge(process). One run of `live-audit` in a process and a temporary folder of its own, both gone afterwards.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { setPriority, tmpdir } from "node:os";
import { join } from "node:path";
import type { Seen } from "../../live-audit.ts";

export interface ChildRequest {
	readonly contentDir: string;
	readonly repo: string;
	readonly allowIncomplete: boolean;
	readonly seen: Seen;
	/** Longest it may take. */
	readonly limitMs: number;
	/** Ends it. */
	readonly signal: AbortSignal;
}

/** What it printed, or why there is nothing. `words`: what it said beside that, a cache that it could not keep for example. */
export type ChildAnswer =
	| { readonly isOk: true; readonly document: unknown; readonly words: string }
	| { readonly isOk: false; readonly words: string };

const LAUNCHER = join(import.meta.dirname, "../../launch.mjs");
/** Behind whoever answers readers, but not so far that a busy machine never comes to it. */
const LOW_PRIORITY = 5;
const WORDS_LIMIT = 16 * 1024;

/** Never throws for what the child does. */
export async function runLiveAudit(request: ChildRequest): Promise<ChildAnswer> {
	const { contentDir, repo, allowIncomplete, seen, limitMs, signal } = request;
	if (signal.aborted) return { isOk: false, words: "it was ended" };
	// What the child leaves behind when it is killed is gone with its folder.
	const folder = await mkdtemp(join(tmpdir(), "coordination-live-"));
	const args = ["--repo", repo, "--content", contentDir, "--seen", ...(allowIncomplete ? ["--allow-incomplete"] : [])];
	// A process group of its own, so that its git ends with it.
	const child = spawn(process.execPath, ["--max-semi-space-size=4", LAUNCHER, "live-audit", ...args], {
		env: { ...process.env, TMPDIR: folder },
		stdio: ["pipe", "pipe", "pipe"],
		detached: true,
	});
	const kill = () => {
		if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
		try {
			process.kill(-child.pid, "SIGKILL");
		} catch (error) {
			// It ended on its own in between.
			if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
		}
	};
	let isLate = false;
	const timer = setTimeout(() => {
		isLate = true;
		kill();
	}, limitMs);
	signal.addEventListener("abort", kill);
	const output: Buffer[] = [];
	let words = "";
	child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
	child.stderr.setEncoding("utf8").on("data", (text: string) => {
		words = (words + text).slice(0, WORDS_LIMIT);
	});
	// A child that is gone does not read what it is told: its exit says why.
	child.stdin.on("error", () => {});
	child.stdin.end(JSON.stringify(seen));
	try {
		const code = await new Promise<number | null>((done, fail) => {
			child.once("error", fail).once("close", done);
			if (child.pid !== undefined) lower(child.pid);
		});
		if (isLate) return { isOk: false, words: `it took longer than ${Math.round(limitMs / 1000)} s and was ended` };
		if (signal.aborted) return { isOk: false, words: "it was ended" };
		if (code !== 0) return { isOk: false, words: words.trim() === "" ? `it ended with code ${code}` : words.trim() };
		return { isOk: true, document: JSON.parse(Buffer.concat(output).toString("utf8")), words: words.trim() };
	} catch (error) {
		return { isOk: false, words: (error as Error).message };
	} finally {
		clearTimeout(timer);
		signal.removeEventListener("abort", kill);
		await rm(folder, { recursive: true, force: true });
	}
}

function lower(pid: number): void {
	try {
		setPriority(pid, LOW_PRIORITY);
	} catch {
		// Where that is not allowed it runs beside the others.
	}
}
