// Entrance. protos/ -> src/wire/gen: lint, compare with the last release, generate. `npm run generate`.
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { WorldError } from "#model/problem";
import { run } from "./lib/run.ts";

const HELP = `usage: npm run generate [-- --check | --release]

Lints protos/, refuses changes that break the wire against protos/released.binpb, writes src/wire/gen.

  --check    writes nothing; fails when src/wire/gen is not what protos/ makes (exit 3)
  --release  makes protos/ as it is now the release that later changes are compared with
`;

const root = resolve(import.meta.dirname, "..");
const GEN = "src/wire/gen";

await run(async (args) => {
	const { values } = parseArgs({
		args,
		options: { check: { type: "boolean" }, release: { type: "boolean" }, help: { type: "boolean" } },
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	await buf("lint", "protos");
	await buf("breaking", "protos", "--against", "protos/released.binpb");
	if (values.release) {
		await buf("build", "protos", "-o", "protos/released.binpb", "--as-file-descriptor-set", "--exclude-source-info");
	}
	if (values.check) await checkDrift();
	else await buf("generate", "protos", "--template", "protos/buf.gen.yaml");
	process.stderr.write(values.check ? `${GEN} is what protos/ makes\n` : `wrote ${GEN}\n`);
	return 0;
});

async function checkDrift(): Promise<void> {
	const fresh = await mkdtemp(join(tmpdir(), "generate-wire-"));
	try {
		await buf("generate", "protos", "--template", "protos/buf.gen.yaml", "--output", fresh);
		const [made, kept] = await Promise.all([readAll(join(fresh, GEN)), readAll(join(root, GEN))]);
		const drifted = [...new Set([...made.keys(), ...kept.keys()])].filter((file) => made.get(file) !== kept.get(file));
		if (drifted.length > 0) {
			const files = drifted.sort().map((file) => `${GEN}/${file}`);
			throw new WorldError(`generated code is not what protos/ makes: ${files.join(", ")}`, "npm run generate");
		}
	} finally {
		await rm(fresh, { recursive: true, force: true });
	}
}

async function readAll(folder: string): Promise<Map<string, string>> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
	const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
	return new Map(files.map((file, index) => [file.slice(folder.length + 1), texts[index]!]));
}

/** Runs the project's own buf (and, through it, protoc-gen-es) at the root; its words go to stderr. */
async function buf(...args: string[]): Promise<void> {
	const PATH = [join(root, "node_modules/.bin"), process.env.PATH ?? ""].join(delimiter);
	const code = await new Promise<number | null>((done, fail) => {
		const child = spawn("buf", args, { cwd: root, env: { ...process.env, PATH }, stdio: ["ignore", 2, 2] });
		child.once("error", fail).once("close", done);
	});
	if (code !== 0) throw new WorldError(`buf ${args[0]} failed`, "its own words are above");
}
