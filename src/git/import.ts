// Edge(git). Makes a repository of our own out of a fast-import stream; never used on a repository that is audited.
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { simpleGit } from "simple-git";
import { WorldError } from "#model/problem";

/**
 * The folder of a repository made from `stream` (see git-fast-import(1)), below `cacheDir`; made on first use and
 * kept under a name that follows from the stream. `main` is its head. Two processes may call it at once.
 */
export async function importRepository(cacheDir: string, name: string, stream: string): Promise<string> {
	const digest = createHash("sha256").update(stream).digest("hex").slice(0, 16);
	const target = join(cacheDir, `${name}-${digest}`);
	if (await exists(target)) return target;
	await mkdir(cacheDir, { recursive: true });
	const draft = await mkdtemp(join(cacheDir, `${name}-draft-`));
	try {
		await run(draft, ["init", "--quiet", "--initial-branch=main", "."]);
		await run(draft, ["fast-import", "--quiet", "--done"], stream);
		await run(draft, ["reset", "--quiet", "--hard", "main"]);
		await rename(draft, target);
	} catch (error) {
		if (!(await exists(target)))
			throw new WorldError(`the sample repository could not be made in ${cacheDir}`, null, error);
	} finally {
		await rm(draft, { recursive: true, force: true });
	}
	return target;
}

async function run(baseDir: string, args: string[], input?: string): Promise<void> {
	const env = {
		PATH: process.env["PATH"] ?? "/usr/bin:/bin",
		HOME: join(baseDir, "no-home"),
		LC_ALL: "C",
		GIT_CONFIG_NOSYSTEM: "1",
	};
	const git = simpleGit({
		baseDir,
		allowEnvironment: ["GIT_CONFIG_NOSYSTEM"],
		completion: { onClose: true, onExit: false },
		...(input === undefined ? {} : { input: () => input }),
		errors: (error, result) => (result.exitCode === 0 ? undefined : (error ?? Buffer.concat(result.stdErr))),
	});
	await git.env(env).raw(args);
}

async function exists(path: string): Promise<boolean> {
	return stat(path).then(
		() => true,
		() => false,
	);
}
