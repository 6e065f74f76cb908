// Edge. From content and repository to the finished site: audit, ask the nodes once, build the pages.
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { readCatalog } from "#catalog/read";
import type { GatewayNode } from "#gateway/cluster/snapshot";
import { askNodesOnce } from "#gateway/gateway";
import type { AddressRules } from "#gateway/nodes/address-rules";
import { type NodeSources, readNodeSources } from "#gateway/nodes/sources";
import { DEFAULT_DEADLINE_MS } from "#gateway/settings";
import { WorldError } from "#model/problem";
import type { ClusterSnapshot } from "#model/snapshot";
import { sealFolder } from "#publish/seal-pages";
import { formatJson } from "#report/json";
import { plural } from "#report/plural";
import { summaryLine } from "#report/text";
import { type AuditOutcome, type AuditRequest, auditRepository, writeArtefacts } from "./audit-repository.ts";
import { checkSite } from "./check-site.ts";
import { writeContentChanges } from "./content-changes.ts";
import { createProgress } from "./progress.ts";
import { nextFolder, replaceFolder } from "./site-folder.ts";

/** What is needed of an audit once its artefacts are written: the history must not stay in a server's memory. */
export type SiteSource = Pick<AuditOutcome, "catalog" | "repo" | "isSample">;

/** Audits and writes the artefacts; says on stderr what was audited and what was found. */
export async function auditForSite(request: Omit<AuditRequest, "onProgress">): Promise<SiteSource> {
	const progress = createProgress();
	const outcome = await auditRepository({
		...request,
		onProgress: (commits) => progress.show(`audit     ${commits} commits read`),
	}).finally(progress.clear);
	await writeArtefacts(request.contentDir, outcome);
	await writeContentChanges(request.contentDir, (sentence) => say("content", sentence));
	const { log } = outcome;
	const what = outcome.isSample ? "the sample repository" : resolve(outcome.repo);
	say("audit", `${what} at ${log.repository.head.slice(0, 10)}: ${plural(log.repository.commits, "commit")}`);
	say("found", summaryLine(log));
	const { catalog, repo, isSample } = outcome;
	return { catalog, repo, isSample };
}

/** Every source of nodes read once; says on stderr which could not be. */
export async function nodesForSite(sources: NodeSources): Promise<readonly GatewayNode[]> {
	const { nodes, problems } = await readNodeSources(sources);
	for (const problem of problems) say("nodes", problem);
	return nodes;
}

/** Asks each node once and writes what it said, so that pages have a last-known state before they go live. */
export async function askForSite(
	contentDir: string,
	nodes: readonly GatewayNode[],
	rules: AddressRules,
	cluster: AuditOutcome["catalog"]["project"]["cluster"],
): Promise<ClusterSnapshot> {
	const { intervalMs, staleAfterMs, offlineAfterMs } = cluster;
	const deadlineMs = Math.min(DEFAULT_DEADLINE_MS, intervalMs);
	const snapshot = await askNodesOnce({ nodes, rules, intervalMs, staleAfterMs, offlineAfterMs, deadlineMs });
	await writeFile(join(contentDir, "cluster.json"), formatJson(snapshot));
	const serving = snapshot.nodes.filter((node) => node.state === "serving").length;
	say("nodes", nodes.length === 0 ? "none configured" : `${serving} of ${plural(nodes.length, "node")} serving`);
	return snapshot;
}

/**
 * Builds the pages beside `dist`, seals each with its security policy, checks their links, and only then puts them in its
 * place. Shows what Astro printed only when it fails. Returns early when `signal` aborts. Throws ContentError where a link
 * leads nowhere; `dist` is then what it was, and what was built lies beside it.
 */
export async function buildPages(contentDir: string, dist: string, signal?: AbortSignal): Promise<void> {
	const started = performance.now();
	const progress = createProgress();
	progress.show("build     …");
	const next = await nextFolder(dist);
	const manifest = createRequire(import.meta.url).resolve("astro/package.json");
	const astro = join(dirname(manifest), "bin/astro.mjs");
	// A small nursery, and a heap that at most doubles before it is collected: with thousands of conflicts 200 MB less.
	const child = spawn(
		process.execPath,
		["--max-semi-space-size=8", "--heap-growing-percent=100", astro, "build", "--outDir", next],
		{
			env: { ...process.env, COORD_CONTENT: resolve(contentDir), ASTRO_TELEMETRY_DISABLED: "1" },
			stdio: ["ignore", "pipe", "pipe"],
		},
	);
	const printed: Buffer[] = [];
	child.stdout.on("data", (chunk: Buffer) => printed.push(chunk));
	child.stderr.on("data", (chunk: Buffer) => printed.push(chunk));
	const kill = () => child.kill();
	signal?.addEventListener("abort", kill);
	const code = await new Promise<number | null>((done, fail) => child.once("error", fail).once("close", done));
	signal?.removeEventListener("abort", kill);
	progress.clear();
	if (signal?.aborted) return;
	const output = Buffer.concat(printed).toString("utf8");
	if (code !== 0) throw new WorldError(`the site could not be built:\n${output.trimEnd()}`);
	const pages = /(\d+) page\(s\) built/.exec(output)?.[1];
	say("build", `${pages ?? "all"} pages in ${((performance.now() - started) / 1000).toFixed(1)} s`);
	const builtAt = performance.now();
	const { project } = await readCatalog(contentDir);
	const known = await sealFolder(next, project.cluster.gateway);
	const { COORD_BASE: base, COORD_SITE: site } = process.env;
	const links = await checkSite({ contentDir, dist: next, base, site, known });
	await replaceFolder(dist, next);
	say("links", `${links} checked, and the pages sealed, in ${Math.round(performance.now() - builtAt)} ms`);
	say("site", `${dist}/`);
}

/** One aligned line of words on stderr. */
export function say(topic: string, text: string): void {
	process.stderr.write(`${topic.padEnd(10)}${text}\n`);
}
