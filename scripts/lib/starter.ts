// Edge(git). What a starter needs of a repository: history, tree, CODEOWNERS, ports and the remote's address.
import { basename, join, resolve } from "node:path";
import { decodeText, FILE_LIMIT } from "#extract/text";
import { readRemote } from "#git/remote";
import { type OpenRepository, openRepository } from "#git/repository";
import { instantOf, type TreeEntry } from "#model/history";
import { visible } from "#model/visible";
import { CODEOWNERS_PLACES } from "#starter/codeowners-file";
import { gatherEvidence } from "#starter/evidence";
import { judgedFrom } from "#starter/folder-rules";
import { parseMailmap } from "#starter/mailmap";
import type { Seen } from "#starter/propose";
import { publicAddress } from "#starter/public-address";
import type { Origin } from "#starter/scaffold";
import { CACHE } from "./audit-repository.ts";
import { readTreeFacts } from "./tree-facts.ts";

/** Reads the repository at `repo`. Throws WorldError for one that is shallow, damaged or has no commits. */
export async function readForStarter(
	repo: string,
	onProgress: (commits: number) => void,
): Promise<{ seen: Seen; origin: Origin }> {
	const cacheDir = join(CACHE, "facts");
	const onNotice = (sentence: string) => process.stderr.write(`${visible(sentence)}\n`);
	const opened = await openRepository(repo, ["HEAD"], { cacheDir, onProgress, onNotice });
	try {
		const { head, headDate, refs } = opened.repository;
		const table = await opened.readCommits();
		const tree = await opened.readTree();
		const evidence = gatherEvidence(table, tree, headDate);
		const facts = await readTreeFacts(opened, tree, { contracts: [] }, cacheDir);
		const owners = await readFirst(opened, tree, CODEOWNERS_PLACES);
		const mailmap = await readFirst(opened, tree, [".mailmap"]);
		const url = publicAddress(await readRemote(repo));
		const since = instantOf(`${judgedFrom(evidence.headAt)} +0000`).slice(0, 10);
		return {
			seen: {
				evidence,
				paths: Array.from({ length: table.pathCount }, (_, path) => table.pathText(path)),
				owners,
				host: hostOf(owners?.source ?? null, url, tree),
				ports: facts.ports,
				mailmap: parseMailmap(mailmap?.text ?? ""),
			},
			origin: {
				name: url === null ? visible(nameOf(repo)) : new URL(url).pathname.slice(1),
				...{ url, branch: refs[0]?.branch ?? null, head, headAt: instantOf(headDate), since },
				...{ commits: evidence.edits.length, isRecent: evidence.isRecent },
			},
		};
	} finally {
		await opened.close();
	}
}

/** Name of its folder, which of a bare repository may end in `.git`. */
function nameOf(repo: string): string {
	const name = basename(resolve(repo)).replace(/(?<=.)\.git$/, "");
	return name.trim() === "" ? "Project" : name;
}

/** The first of some places where a file is tracked, with its text; null: there is none that can be read. */
async function readFirst(
	opened: OpenRepository,
	tree: readonly TreeEntry[],
	places: readonly string[],
): Promise<{ source: string; text: string } | null> {
	const found = places.flatMap((place) => tree.filter(({ path, mode }) => path === place && mode.startsWith("100")))[0];
	if (found === undefined) return null;
	let text: string | null = null;
	await opened.readBlobs([found.id], FILE_LIMIT, (_id, blob) => {
		if (blob.kind !== "missing" && blob.kind !== "too large") text = decodeText(blob.bytes);
	});
	return text === null ? null : { source: found.path, text };
}

/** Which host's meaning CODEOWNERS has. */
function hostOf(source: string | null, url: string | null, tree: readonly TreeEntry[]): "github" | "gitlab" {
	if (source?.startsWith(".gitlab/")) return "gitlab";
	if (source?.startsWith(".github/")) return "github";
	if (url !== null) return /(^|\.)gitlab\./.test(new URL(url).hostname) ? "gitlab" : "github";
	return tree.some(({ path }) => path === ".gitlab-ci.yml") ? "gitlab" : "github";
}
