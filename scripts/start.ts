// Entrance: `npm start`. Audits, builds, then serves the site and the live status on one origin until Ctrl-C.
import { parseArgs } from "node:util";
import { contentFolder } from "#catalog/folder";
import { readCatalog } from "#catalog/read";
import { startGateway } from "#gateway/gateway";
import type { Log } from "#gateway/log";
import { DEFAULT_PORT, type GatewaySettings, parseNodes, readSettings } from "#gateway/settings";
import type { Catalog } from "#model/catalog";
import { type AskedNode, askForSite, auditForSite, buildPages, say } from "./lib/build-site.ts";
import { assertPortFree } from "./lib/free-port.ts";
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
	const samples = outcome.isSample && configured.length === 0 ? await startSampleNodes() : null;
	const nodes =
		samples?.addresses.map((address, index) => ({ id: `sample-node-${index + 1}`, address, isSample: true })) ??
		configured.map((node) => ({ ...node, isSample: false }));
	try {
		await serve(outcome.catalog, { ...settings, content, nodes }, samples !== null);
	} finally {
		await samples?.close();
	}
	return 0;
});

/** Builds the site and serves it, with live status, until a signal ends it; a signal during the build ends it too. */
async function serve(
	{ project, teams }: Catalog,
	settings: GatewaySettings & { content: string; nodes: readonly AskedNode[] },
	isSample: boolean,
): Promise<void> {
	const { content, nodes, dist } = settings;
	const stopping = new AbortController();
	const stop = new Promise<void>((done) => stopping.signal.addEventListener("abort", () => done()));
	for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stopping.abort());

	await askForSite(content, nodes, project.cluster);
	await buildPages(content, dist, stopping.signal);
	if (stopping.signal.aborted) return;
	const log: Log = ({ message }) => say("gateway", message);
	const gateway = await startGateway({ ...settings, teams, updatedAt: project.updatedAt, log });
	say("polling", nodes.length === 0 ? "no nodes" : nodes.map((node) => node.address).join(", "));
	if (isSample) say("", "these are sample nodes, started here; --nodes watches your own");
	say("grpc", gateway.grpcUrl ?? "off");
	say("open", `${gateway.url}  (Ctrl-C ends it)`);
	await stop;
	await gateway.close();
}
