// Entrance: `npm run build`. Audits, asks the configured nodes once, builds the static site.
import { parseArgs } from "node:util";
import { contentFolder } from "#catalog/folder";
import { parseNodes } from "#gateway/settings";
import { askForSite, auditForSite, buildPages } from "./lib/build-site.ts";
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
	const list = values.nodes ?? process.env["COORD_NODES"];
	const given = list === undefined ? null : parseNodes(list, values.nodes === undefined ? "COORD_NODES" : "--nodes");
	const repo = repositoryPath(values.repo, process.env);
	const reading = { allowIncomplete: values["allow-incomplete"] };
	const { catalog } = await auditForSite({ contentDir: content, repo, refs: [], sinceAt: null, reading });
	const nodes = (given ?? catalog.project.cluster.nodes).map((node) => ({ ...node, isSample: false }));
	await askForSite(content, nodes, catalog.project.cluster);
	await buildPages(content, process.env["COORD_DIST"] ?? "dist");
	return 0;
});
