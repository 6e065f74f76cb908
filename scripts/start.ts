// Entrance: `npm start`. Audits, builds, then serves the site and the live status on one origin until Ctrl-C.
import { parseArgs } from "node:util";
import { contentFolder } from "#catalog/folder";
import { readCatalog } from "#catalog/read";
import { isLoopback } from "#gateway/edge/hosts";
import { startGateway } from "#gateway/gateway";
import { createLog } from "#gateway/log-writer";
import { addressRules, knownNodes, nodeSources } from "#gateway/nodes/node-settings";
import type { NodeSources } from "#gateway/nodes/sources";
import { DEFAULT_PORT, type GatewaySettings, parseNodes, readSettings } from "#gateway/settings";
import { askForSite, auditForSite, buildPages, nodesForSite, type SiteSource, say } from "./lib/build-site.ts";
import { assertPortFree } from "./lib/free-port.ts";
import { watchRepository } from "./lib/live/watch.ts";
import { portNumber, repositoryPath } from "./lib/options.ts";
import { run } from "./lib/run.ts";
import { startSampleNodes } from "./sample/nodes.ts";

const HELP = `npm start -- [options]
Audits the repository, builds the site and serves it with live status, until Ctrl-C.

  --repo PATH             repository to audit (default: content/project.yaml, else the sample repository)
  --nodes HOST:PORT,…     nodes to watch (default: cluster.nodes in content/project.yaml)
  --port PORT             port of the site (default: ${DEFAULT_PORT})
  --content DIR           content folder (default: content)
  --allow-incomplete      audit a shallow or damaged clone as far as it goes; every page then says so
  --help                  this text

With no repository and no nodes configured, it audits a sample repository and starts three sample nodes on
127.0.0.1:50051-50053; every page then says so. npm run gateway -- --help lists the settings of the server.
`;

await run(async (args) => {
	const { values } = parseArgs({
		args,
		options: {
			repo: { type: "string" },
			nodes: { type: "string" },
			port: { type: "string" },
			content: { type: "string" },
			"allow-incomplete": { type: "boolean", default: false },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const content = values.content ?? contentFolder(process.env);
	const given = values.nodes === undefined ? null : parseNodes(values.nodes, "--nodes");
	if (values.port !== undefined) process.env["COORD_PORT"] = String(portNumber("port", values.port));
	const repo = repositoryPath(values.repo, process.env);
	// Everything that can be refused at once is refused before minutes of work.
	const settings = readSettings(process.env, (await readCatalog(content)).project.cluster);
	await assertPortFree(settings.host, settings.port, "give another with --port");
	if (settings.grpcPort !== null) {
		await assertPortFree(settings.host, settings.grpcPort, "give another with COORD_GRPC_PORT, or off");
	}

	const reading = { allowIncomplete: values["allow-incomplete"] };
	const outcome = await auditForSite({ contentDir: content, repo, refs: [], sinceAt: null, reading });
	const configured = given ?? settings.nodes;
	const sources = nodeSources(configured, settings.watching, content);
	const isWithoutNodes = sources.listed.length === 0 && sources.files.length === 0;
	const samples = outcome.isSample && isWithoutNodes ? await startSampleNodes() : null;
	const ours = samples?.nodes.map((node) => ({ ...node, isSample: true })) ?? null;
	try {
		const asked = ours === null ? sources : { ...sources, listed: ours };
		const liveAudit = values["allow-incomplete"] && settings.liveAudit === "on" ? "incomplete" : settings.liveAudit;
		await serve(outcome, { ...settings, liveAudit }, content, asked);
	} finally {
		await samples?.close();
	}
	return 0;
});

/** Builds the site and serves it, with live status, until a signal ends it; a signal during the build ends it too. */
async function serve(
	{ catalog: { project, teams }, repo }: Pick<SiteSource, "catalog" | "repo">,
	settings: GatewaySettings,
	content: string,
	sources: NodeSources,
): Promise<void> {
	const { dist } = settings;
	const rules = addressRules(settings.watching, isLoopback(settings.host));
	const stopping = new AbortController();
	const stop = new Promise<void>((done) => stopping.signal.addEventListener("abort", () => done()));
	for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stopping.abort());

	const nodes = await nodesForSite(sources);
	await askForSite(content, nodes, rules, project.cluster);
	await buildPages(content, dist, stopping.signal);
	if (stopping.signal.aborted) return;
	const { logFormat } = settings.edge;
	const log = createLog(logFormat ?? "text", (line) =>
		logFormat === "json" ? process.stderr.write(`${line}\n`) : say("gateway", line),
	);
	const known = knownNodes(sources);
	const { updatedAt } = project;
	const live = await watchRepository(settings.liveAudit, { repo, contentDir: content, log });
	const pagesAsk = project.cluster.gateway;
	const parts = { content, nodes: known, sources, rules, teams, updatedAt, pagesAsk, live, log };
	const gateway = await startGateway({ ...settings, ...parts });
	say("polling", nodes.length === 0 ? "no nodes" : nodes.map((node) => node.address).join(", "));
	if (known.some(({ isSample }) => isSample)) say("", "these are sample nodes, started here; --nodes watches your own");
	say("grpc", gateway.grpcUrl ?? "off");
	say("open", `${gateway.url}  (Ctrl-C ends it)`);
	await stop;
	await gateway.close();
}
