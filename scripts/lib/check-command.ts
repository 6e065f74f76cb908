// Edge. `npm run check` put together. What git and the disk are asked runs while the judges are still being loaded.
import { parseArgs } from "node:util";
import { LEVELS } from "#model/finding";
import { UsageError } from "#model/problem";
import { readKeptCatalog } from "./kept-catalog.ts";
import { oneOf, repositoryPath } from "./options.ts";
import type { ExitCode } from "./run.ts";
import { productContent, standingRepository } from "./surroundings.ts";

const HELP = `npm run check -- [options]
Says whether a change may land: the detectors of the audit on what is staged, or on the commits of a range.

  --repo PATH            repository (default: COORD_REPO, else content/project.yaml, else the one you are in)
  --content DIR          content folder (default: COORD_CONTENT, else content of the product)
  --team ID              your team (default: COORD_TEAM, else branch and e-mail say)
  --coordinated-by NAME  who agreed to the change of shared files (default: COORD_COORDINATED_BY)
  --staged               what is staged, as the commit it would become (default)
  --range A..B           the commits of a range instead; also A...B
  --format FORMAT        text (default), json, sarif or markdown
  --fail-on LEVEL        error (default), warning, note or never: exit 1 when something is at least that grave
  --help                 this text

Exit codes: 0 fine · 1 findings at or above --fail-on · 2 bad content or usage · 3 git or the disk failed
`;

/** The command's body; `args` as typed. */
export async function check(args: string[]): Promise<ExitCode> {
	const { values } = parseArgs({
		args,
		options: {
			repo: { type: "string" },
			content: { type: "string" },
			team: { type: "string" },
			"coordinated-by": { type: "string" },
			staged: { type: "boolean", default: false },
			range: { type: "string" },
			format: { type: "string", default: "text" },
			"fail-on": { type: "string", default: "error" },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const { range, team } = values;
	if (range !== undefined && (values.staged || team !== undefined || values["coordinated-by"] !== undefined)) {
		throw new UsageError(
			"--range judges commits, which say themselves who made and who agreed to them",
			"leave out --staged, --team and --coordinated-by",
		);
	}
	const env = process.env;
	const place = { env, cwd: process.cwd() };
	const contentDir = productContent(values.content, place);
	const catalog = readKeptCatalog(contentDir);
	const repo =
		repositoryPath(values.repo, env) ??
		catalog.then(({ project }) => standingRepository(values.repo, project.repository.path, place));
	const request = {
		format: oneOf("format", values.format, ["text", "json", "sarif", "markdown"]),
		failOn: oneOf("fail-on", values["fail-on"], [...LEVELS, "never"]),
		contentDir,
	};
	if (range !== undefined) {
		const { answerRange } = await import("./check-answer.ts");
		return answerRange(await catalog, await repo, range, request);
	}
	const facts = import("./staged-facts.ts").then(({ readStagedFacts }) =>
		readStagedFacts(repo, catalog, env, Math.floor(Date.now() / 1000)),
	);
	const [{ answerStaged }, read, asked] = await Promise.all([import("./check-answer.ts"), catalog, facts]);
	const agreed = values["coordinated-by"] ?? env["COORD_COORDINATED_BY"];
	return answerStaged(read, asked, { team, teamInEnvironment: env["COORD_TEAM"], agreed }, request);
}
