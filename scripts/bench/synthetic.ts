// Edge(git). Histories made for measuring, by git fast-import.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { WorldError } from "#model/problem";

const FOLDERS = 120;
const FILES = 20;
/** Seconds between two commits, and the date of the first. */
const STEP = 120;
const START = 1_500_000_000;

/** `count` commits in a line by several people, each changing one file or two of some thousands. */
export function* linearHistory(count: number): Generator<string> {
	for (let index = 0; index < count; index++) {
		// Numbers that look random and are the same everywhere.
		const one = (index * 7_919) % (FOLDERS * FILES);
		const two = (index * 104_729) % (FOLDERS * FILES);
		const body = `file ${index}\n`;
		yield commit(index, [pathOf(one), ...(index % 3 === 0 && one !== two ? [pathOf(two)] : [])], body);
	}
	yield "done\n";
}

/** One commit of `count` new paths, after one of a single path. */
export function* wideHistory(count: number): Generator<string> {
	yield commit(0, ["readme"], "one\n");
	yield head(1);
	for (let index = 0; index < count; index++) {
		yield `M 100644 inline wide/${index % 1_000}/file-${index}.txt\ndata 7\n${String(index % 1_000_000).padStart(6, "0")}\n\n`;
	}
	yield "\ndone\n";
}

/** A bare repository at `dir` from a fast-import stream; its branch is main. */
export async function importHistory(dir: string, stream: Iterable<string>): Promise<void> {
	await mkdir(dir, { recursive: true });
	const env = { PATH: process.env["PATH"], HOME: join(dir, "no-home"), LC_ALL: "C", GIT_CONFIG_NOSYSTEM: "1" };
	const start = (args: readonly string[]) =>
		spawn("git", ["-C", dir, ...args], { env, stdio: ["pipe", "ignore", "inherit"] });
	const init = start(["init", "--quiet", "--bare", "--initial-branch=main", "--template=", "."]);
	await succeed(init, "git init");
	const fastImport = start(["fast-import", "--quiet", "--done"]);
	const ended = succeed(fastImport, "git fast-import");
	// Its end says why the pipe broke.
	fastImport.stdin.on("error", () => {});
	for (const piece of joined(stream)) {
		if (!fastImport.stdin.write(piece)) await Promise.race([once(fastImport.stdin, "drain"), ended]);
	}
	fastImport.stdin.end();
	await ended;
}

async function succeed(child: ReturnType<typeof spawn>, name: string): Promise<void> {
	const [code] = await once(child, "close");
	if (code !== 0) throw new WorldError(`${name} ended with code ${code}`);
}

/** Pieces of a size that a pipe likes. */
function* joined(stream: Iterable<string>): Generator<string> {
	let text = "";
	for (const piece of stream) {
		text += piece;
		if (text.length < 1 << 16) continue;
		yield text;
		text = "";
	}
	yield text;
}

function commit(index: number, paths: readonly string[], body: string): string {
	const files = paths.map((path) => `M 100644 inline ${path}\ndata ${body.length}\n${body}\n`).join("");
	return `${head(index)}${files}\n`;
}

function head(index: number): string {
	const who = `Person ${index % 50} <person-${index % 50}@team-${index % 7}.example> ${START + index * STEP} +0000`;
	const trailer = index % 5 === 0 ? `\n\nTeam: team-${index % 2 === 0 ? "a" : "b"}` : "";
	const message = `Change ${index}${trailer}\n`;
	return `commit refs/heads/main\nauthor ${who}\ncommitter ${who}\ndata ${message.length}\n${message}`;
}

function pathOf(number: number): string {
	return `src/part-${number % FOLDERS}/file-${Math.floor(number / FOLDERS)}.ts`;
}
