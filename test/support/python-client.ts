// Edge(process). Runs python-client.py: a gateway as Python's own gRPC reads it.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { PYTHON } from "./python-node.ts";

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, "../..");

/** What it printed, as it is. `grpcUrl` is host:port; `reporter` a team and its token, if it is to report. */
export async function askByPython(
	grpcUrl: string,
	reporter: readonly [team: string, token: string] | [] = [],
	// biome-ignore lint/suspicious/noExplicitAny: JSON of another program's making, looked into by tests
): Promise<any> {
	const folder = await mkdtemp(join(tmpdir(), "python-client-"));
	try {
		const image = join(folder, "protos.binpb");
		const buf = join(ROOT, "node_modules/.bin/buf");
		await run(buf, ["build", "protos", "-o", image, "--as-file-descriptor-set"], { cwd: ROOT });
		const script = join(import.meta.dirname, "python-client.py");
		const { stdout } = await run(PYTHON, [script, grpcUrl.replace("localhost", "127.0.0.1"), image, ...reporter]);
		return JSON.parse(stdout);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
