// Entrance. The gateway alone, for production: settings by environment. `npm run gateway`.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { contentFolder } from "#catalog/folder";
import { readCatalog } from "#catalog/read";
import { startGateway } from "#gateway/gateway";
import { readSettings, SETTINGS_HELP } from "#gateway/settings";
import { run } from "./lib/run.ts";

const HELP = `usage: npm run gateway

Serves the built site and the live status of nodes and teams on one origin, until SIGTERM or SIGINT.
Settings come from the environment:

${SETTINGS_HELP}

GET /healthz: the process lives. GET /readyz: every node was asked once.
`;

await run(async (args) => {
	const { values } = parseArgs({ args, options: { help: { type: "boolean" } } });
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const stopped = new Promise<string>((stop) => {
		process.once("SIGTERM", stop).once("SIGINT", stop);
	});
	const content = contentFolder(process.env);
	const catalog = await readCatalog(content);
	const settings = readSettings(process.env, catalog.project.cluster);
	const say = (line: string) => process.stderr.write(`${line}\n`);
	const dist = existsSync(settings.dist) ? settings.dist : null;
	const gateway = await startGateway({
		...settings,
		nodes: settings.nodes.map((node) => ({ ...node, isSample: false })),
		content,
		teams: catalog.teams,
		updatedAt: catalog.project.updatedAt,
		dist,
		log: ({ message }) => say(message),
	});
	say(`site, gRPC-Web, Connect  ${gateway.url}${dist === null ? `  (no site: ${settings.dist} is not there)` : ""}`);
	say(`native gRPC              ${gateway.grpcUrl ?? "off"}`);
	say(`content                  ${resolve(content)}`);
	say(`nodes                    ${settings.nodes.map((node) => node.address).join(", ") || "none"}`);
	say(`every                    ${settings.intervalMs} ms, waiting at most ${settings.deadlineMs} ms`);
	say(`${await stopped}: closing`);
	await gateway.close();
	return 0;
});
