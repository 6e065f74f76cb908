// Entrance: `npm run codeowners`. Exports the ownership rules to a CODEOWNERS file and says what it cannot hold.
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { contentFolder } from "#catalog/folder";
import { readCatalog } from "#catalog/read";
import { describeUnsaid, formatCodeowners } from "#report/codeowners";
import { plural } from "#report/plural";
import { teamHandles } from "./lib/codeowners-handles.ts";
import { run } from "./lib/run.ts";

const HELP = `npm run codeowners -- [options]
Writes the ownership rules in force today as a CODEOWNERS file for GitHub. What such a file cannot say stands in its
comments and on stderr.

  --content DIR          content folder (default: COORD_CONTENT, or content)
  --out FILE|-           write to FILE, or to stdout (-, the default)
  --team ID=@ORG/NAME    the team's handle on the host, or an e-mail; may be given several times (default: @ID).
                         With coordinator=HANDLE the coordinator is an owner of shared paths, too
  --help                 this text

Exit codes: 0 fine · 2 bad content or usage · 3 the disk failed
`;

await run(async (args) => {
	const { values } = parseArgs({
		args,
		options: {
			content: { type: "string" },
			out: { type: "string", default: "-" },
			team: { type: "string", multiple: true, default: [] },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const catalog = await readCatalog(values.content ?? contentFolder(process.env));
	const handles = teamHandles(values.team, catalog.teams);
	const at = new Date().toISOString().replace(/\.\d+Z$/, "Z");
	const { text, lines, unsaid } = formatCodeowners(catalog, { at, handles });
	if (values.out === "-") process.stdout.write(text);
	else await writeFile(values.out, text);
	process.stderr.write(
		`${plural(lines, "line")}; ${plural(unsaid.length, "thing")} that CODEOWNERS cannot say\n${unsaid.map((one) => `  ${describeUnsaid(one)}\n`).join("")}`,
	);
	return 0;
});
