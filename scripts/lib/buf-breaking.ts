// Edge(fs, buf). Two versions of a .proto file held against each other by `buf breaking`, in a folder of ours.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Texts of .proto files by the names under which they import each other. */
export type ProtoTexts = ReadonlyMap<string, string>;

export type BufAnswer =
	| { readonly breaks: readonly { readonly type: string; readonly message: string; readonly line: number }[] }
	/** `isPassing`: another time, or on another machine, it may answer. */
	| { readonly fault: string; readonly isPassing: boolean };

/** Encodings that old programs can no longer read; names and sources of generated code are nobody's wire. */
const CONFIG = JSON.stringify({ version: "v2", breaking: { use: ["WIRE"] } });

/** A file that takes longer was made to. */
const LIMIT_MS = 10_000;

/** Holds `now` against `old`. Never throws for what the files say. */
export async function askBuf(old: ProtoTexts, now: ProtoTexts): Promise<BufAnswer> {
	const buf = findBuf();
	if (buf === null) return { fault: "buf is not installed", isPassing: true };
	const room = await mkdtemp(join(tmpdir(), "coordination-buf-"));
	try {
		await writeAll(join(room, "old"), old);
		await writeAll(join(room, "now"), now);
		return await runBuf(buf, room);
	} catch (error) {
		return { fault: `it could not be laid out for buf (${(error as NodeJS.ErrnoException).code})`, isPassing: true };
	} finally {
		await rm(room, { recursive: true, force: true });
	}
}

/** buf's own program for this machine, which the package of its name would only start. */
function findBuf(): string | null {
	const { platform, arch } = process;
	const name = platform === "win32" ? "buf.exe" : "buf";
	try {
		return createRequire(createRequire(import.meta.url).resolve("@bufbuild/buf/package.json")).resolve(
			`@bufbuild/buf-${platform}-${platform === "linux" ? (LINUX[arch] ?? arch) : arch}/bin/${name}`,
		);
	} catch {
		return null;
	}
}

/** As buf calls what Node calls otherwise. */
const LINUX: Readonly<Record<string, string>> = { arm64: "aarch64", arm: "armv7" };

async function writeAll(dir: string, texts: ProtoTexts): Promise<void> {
	for (const [name, text] of texts) {
		const file = join(dir, name);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, text);
	}
}

/** buf sees nobody's configuration, and keeps what it keeps in the same folder. */
function runBuf(buf: string, room: string): Promise<BufAnswer> {
	const input = [join(room, "now"), "--against", join(room, "old")];
	const args = ["breaking", ...input, "--error-format", "json", "--config", CONFIG];
	const env = { PATH: process.env["PATH"], HOME: room, XDG_CONFIG_HOME: room, BUF_CACHE_DIR: join(room, "cache") };
	const options = { cwd: room, env, timeout: LIMIT_MS, killSignal: "SIGKILL", maxBuffer: 4 * 1024 * 1024 } as const;
	return new Promise((resolve) => {
		execFile(buf, args, options, (error, stdout, stderr) => {
			if (error === null) resolve({ breaks: [] });
			else if (error.killed === true) resolve({ fault: "buf did not come to an end", isPassing: true });
			else resolve(readAnswer(stdout) ?? { fault: `buf says: ${firstLine(stderr, room)}`, isPassing: true });
		});
	});
}

interface Said {
	readonly type: string;
	readonly message: string;
	readonly path?: string;
	readonly start_line?: number;
}

/** One JSON object a line; null where it is something else. */
function readAnswer(output: string): BufAnswer | null {
	try {
		const said = output
			.split("\n")
			.filter((line) => line !== "")
			.map((line) => JSON.parse(line) as Said);
		const fault = said.find(({ type }) => type === "COMPILE");
		if (fault !== undefined) return { fault: `it does not compile alone: ${fault.message}`, isPassing: false };
		if (said.length === 0) return null;
		return {
			breaks: said.map(({ type, message, start_line = 0 }) => ({
				type,
				message: firstSentence(message),
				line: start_line,
			})),
		};
	} catch {
		return null;
	}
}

/** Without the address of buf's reading matter. */
function firstSentence(message: string): string {
	return message.replace(/\.? See https?:\S.*$/s, ".");
}

/** The folder's name is another one each time. */
function firstLine(text: string, room: string): string {
	return text.replaceAll(room, "").split("\n")[0]?.slice(0, 200) ?? "";
}
