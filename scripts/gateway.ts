// Entrance. The gateway alone, for production: settings by environment. `npm run gateway`.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { contentFolder } from "#catalog/folder";
import { readCatalog } from "#catalog/read";
import { isLoopback } from "#gateway/edge/hosts";
import { startGateway } from "#gateway/gateway";
import { createLog } from "#gateway/log-writer";
import { addressRules, knownNodes, nodeSources } from "#gateway/nodes/node-settings";
import { readSettings, SETTINGS_HELP } from "#gateway/settings";
import { watchRepository } from "./lib/live/watch.ts";
import { repositoryPath } from "./lib/options.ts";
import { run } from "./lib/run.ts";

const HELP = `usage: npm run gateway

Serves the built site and the live status of nodes and teams on one origin, until SIGTERM or SIGINT.
Settings come from the environment:

${SETTINGS_HELP}

GET /healthz: the process lives. GET /readyz: every node was asked once, and it is not closing. GET /metrics: figures for
Prometheus. A first SIGTERM or SIGINT lets running answers end, for two seconds; a second one ends it at once.
`;

await run(async (args) => {
	const { values } = parseArgs({ args, options: { help: { type: "boolean" } } });
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const stopped = new Promise<string>((stop) => {
		const end = (signal: string) => {
			// The next one does what it does by itself: it ends the process.
			process.off("SIGTERM", end).off("SIGINT", end);
			stop(signal);
		};
		process.on("SIGTERM", end).on("SIGINT", end);
	});
	const content = contentFolder(process.env);
	const catalog = await readCatalog(content);
	const settings = readSettings(process.env, catalog.project.cluster);
	const log = createLog(settings.edge.logFormat ?? "json", (line) => process.stderr.write(`${line}\n`));
	const dist = existsSync(settings.dist) ? settings.dist : null;
	const sources = nodeSources(settings.nodes, settings.watching, content);
	const repo = repositoryPath(undefined, process.env) ?? catalog.project.repository.path;
	const live = await watchRepository(settings.liveAudit, { repo, contentDir: content, log });
	const gateway = await startGateway({
		...settings,
		nodes: knownNodes(sources),
		sources,
		rules: addressRules(settings.watching, isLoopback(settings.host)),
		content,
		teams: catalog.teams,
		updatedAt: catalog.project.updatedAt,
		dist,
		pagesAsk: catalog.project.cluster.gateway,
		live,
		log,
	});
	const { edge } = settings;
	const started = {
		site: dist === null ? `none: ${settings.dist} is not there` : resolve(dist),
		url: gateway.url,
		"native gRPC": gateway.grpcUrl ?? "off",
		metrics: gateway.metricsUrl ?? `${gateway.url}/metrics, for this machine only`,
		content: resolve(content),
		state: `${resolve(settings.state.folder)}, ${settings.state.isShared ? "shared: COORD_STATE" : "for reports alone"}`,
		repository: settings.liveAudit === "off" ? "not read: COORD_LIVE_AUDIT" : repo === null ? "none" : resolve(repo),
		nodes: settings.nodes.map((node) => ("srv" in node ? `srv:${node.srv}` : node.address)).join(", ") || "none",
		"files of nodes": settings.watching.files.join(", ") || "none",
		"nodes over TLS": settings.watching.tls === null ? "those whose entry says so" : "all",
		every: `${settings.intervalMs} ms, waiting at most ${settings.deadlineMs} ms`,
		origins: edge.origins.join(", ") || "none but its own",
		"public hosts": edge.publicHosts.join(", ") || "none",
		connections: `${edge.connections} at most, ${edge.connectionsPerAddress} from one address`,
	};
	const words = Object.entries(started).map(([name, value]) => `${name}: ${value}`);
	log({ level: "info", event: "started", message: words.join("; "), fields: started });
	const signal = await stopped;
	log({ level: "info", event: "closing", message: `${signal}: closing` });
	await gateway.close();
	return 0;
});
