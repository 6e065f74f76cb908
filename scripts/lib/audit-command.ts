// Edge. `npm run audit` put together: audits a repository, writes the conflict log, prints what it found.
import { parseArgs } from "node:util";
import { contentFolder } from "#catalog/folder";
import { isOpen } from "#model/conflict-state";
import { LEVELS } from "#model/finding";
import { auditRepository, writeArtefacts } from "./audit-repository.ts";
import { oneOf, processCount, repositoryPath, sinceInstant } from "./options.ts";
import { FORMATS, formatDocuments, writeDocuments } from "./output.ts";
import { createProgress } from "./progress.ts";
import type { ExitCode } from "./run.ts";

const HELP = `npm run audit -- [options]
Audits a repository's history and tree against the rules in content/ and regenerates the conflict log.

  --repo PATH         repository to audit (default: content/project.yaml, else the sample repository)
  --content DIR       content folder (default: content)
  --ref REF           branch, tag or commit to audit; may be given several times (default: HEAD)
  --since DATE        judge only commits authored from then on
  --format FORMAT     text (default), json, sarif, or markdown (for a pull-request comment)
  --out FILE|-        write to FILE, or to stdout (-). Without it: the log goes to content/conflict-log.json and
                      stdout gets the chosen format
  --fail-on LEVEL     error, warning, note or never (default): exit 1 when something open is at least that grave
  --no-cache          read the whole history again; without it, what was read before is kept in .cache/ (COORD_CACHE)
  --processes 1|2     git processes that read at once (default: 2 where there are two cores)
  --allow-incomplete  audit a shallow or damaged clone as far as it goes; the log and every page then say so
  --help              this text

Exit codes: 0 fine · 1 findings at or above --fail-on · 2 bad content or usage · 3 git or the disk failed
`;

/** The command's body; `args` as typed. */
export async function auditCommand(args: string[]): Promise<ExitCode> {
	const { values } = parseArgs({
		args,
		options: {
			repo: { type: "string" },
			content: { type: "string" },
			ref: { type: "string", multiple: true, default: [] },
			since: { type: "string" },
			format: { type: "string", default: "text" },
			out: { type: "string" },
			"fail-on": { type: "string", default: "never" },
			"no-cache": { type: "boolean", default: false },
			processes: { type: "string" },
			"allow-incomplete": { type: "boolean", default: false },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const format = oneOf("format", values.format, FORMATS);
	const failOn = oneOf("fail-on", values["fail-on"], [...LEVELS, "never"]);
	const content = values.content ?? contentFolder(process.env);
	const processes = processCount(values.processes);
	const progress = createProgress();
	const result = await auditRepository({
		contentDir: content,
		repo: repositoryPath(values.repo, process.env),
		refs: values.ref,
		sinceAt: sinceInstant(values.since),
		onProgress: (commits) => progress.show(`audit: ${commits} commits read`),
		reading: {
			allowIncomplete: values["allow-incomplete"],
			...(values["no-cache"] ? { cacheDir: null } : {}),
			...(processes === undefined ? {} : { processes }),
		},
	}).finally(progress.clear);

	const isColoured = process.stdout.isTTY && values.out === undefined && process.env["NO_COLOR"] === undefined;
	const repositoryUrl = result.isSample ? null : result.catalog.project.repository.url;
	const options = { isColoured, sinceAt: result.sinceAt, repositoryUrl };
	const documents = await formatDocuments(format, result.log, options);
	if (values.out === undefined) await writeArtefacts(content, result);
	await writeDocuments(documents, values.out ?? "-");

	const threshold = failOn === "never" ? -1 : LEVELS.indexOf(failOn);
	const isFailing = result.log.conflicts.some((found) => isOpen(found) && LEVELS.indexOf(found.level) <= threshold);
	return isFailing ? 1 : 0;
}
