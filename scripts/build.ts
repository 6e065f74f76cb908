// Entrance: `npm run build`. Audits, asks the configured nodes once, builds the static site.
import { parseArgs } from "node:util";
import { contentFolder } from "#catalog/folder";
import { isLoopback } from "#gateway/edge/hosts";
import { addressRules, nodeSources } from "#gateway/nodes/node-settings";
import { parseNodes, readSettings } from "#gateway/settings";
import { askForSite, auditForSite, buildPages, nodesForSite } from "./lib/build-site.ts";
import { repositoryPath } from "./lib/options.ts";
import { run } from "./lib/run.ts";

const HELP = `npm run build -- [options]
Audits the repository, asks the configured nodes once, and builds the static site in dist/.

  --repo PATH             repository to audit (default: content/project.yaml, else the sample repository)
  --content DIR           content folder (default: content)
  --nodes HOST:PORT,…     nodes to ask (default: cluster.nodes in content/project.yaml)
  --allow-incomplete      audit a shallow or damaged clone as far as it goes; every page then says so
  --help                  this text

COORD_SITE and COORD_BASE set the public address and the sub-path of the site, COORD_DIST its folder.
`;

await run(async (args) => {
	const { values } = parseArgs({
		args,
		options: {
			repo: { type: "string" },
			content: { type: "string" },
			nodes: { type: "string" },
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
	const repo = repositoryPath(values.repo, process.env);
	const reading = { allowIncomplete: values["allow-incomplete"] };
	const { catalog } = await auditForSite({ contentDir: content, repo, refs: [], sinceAt: null, reading });
	// The build asks the nodes that the gateway will ask, by the same settings.
	const { nodes, watching, host } = readSettings(process.env, catalog.project.cluster);
	const asked = await nodesForSite(nodeSources(given ?? nodes, watching, content));
	await askForSite(content, asked, addressRules(watching, isLoopback(host)), catalog.project.cluster);
	await buildPages(content, process.env["COORD_DIST"] ?? "dist");
	return 0;
});
