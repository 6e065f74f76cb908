// Edge. `npm run validate`: reads and checks the content, says what is in it or everything that is wrong with it.
import { parseArgs } from "node:util";
import { contentFolder } from "#catalog/folder";
import { readCatalog } from "#catalog/read";
import type { Catalog } from "#model/catalog";
import { run } from "./lib/run.ts";

const HELP = `npm run validate -- [--content DIR]

Checks every file of the content and the links between them.

  --content DIR   folder with project.yaml (default: COORD_CONTENT, or content)
  --help          this text

Exit codes: 0 fine · 2 problems, one a line on stderr
`;

await run(async (args) => {
	const { values } = parseArgs({ args, options: { content: { type: "string" }, help: { type: "boolean" } } });
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const folder = values.content ?? contentFolder(process.env);
	process.stdout.write(`${folder} is fine: ${counts(await readCatalog(folder))}\n`);
	return 0;
});

function counts(catalog: Catalog): string {
	const { teams, rules, contracts, namespaces, ports, phases, claims, resolutions, notes } = catalog;
	const lists = { teams, rules, contracts, namespaces, ports, phases, claims, resolutions, notes };
	return Object.entries(lists)
		.map(([name, list]) => `${list.length} ${list.length === 1 ? name.replace(/s$/, "") : name}`)
		.join(", ");
}
