// Entrance: `npm run resolve`. Writes a decision about conflicts into the content and says what the next audit makes of it.
import { parseArgs } from "node:util";
import { readCatalog } from "#catalog/read";
import { RESOLUTION_STATES } from "#model/agreement";
import type { ConflictLog } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import { nearest } from "#model/nearest";
import { UsageError } from "#model/problem";
import { visible } from "#model/visible";
import { plural } from "#report/plural";
import { makeDecision } from "./lib/decision.ts";
import { foresee } from "./lib/foresee.ts";
import { readKnownLog } from "./lib/known-log.ts";
import { run } from "./lib/run.ts";
import { productContent } from "./lib/surroundings.ts";
import { type Written, writeResolution } from "./lib/write-resolution.ts";

const HELP = `npm run resolve -- CF-… [CF-…] --state STATE --reason TEXT [options]
Writes a decision about one conflict, or about several that are one story, into content/resolutions/.

  --state STATE   ${RESOLUTION_STATES.join(", ")}
  --reason TEXT   why, for those who read the log later
  --by NAME       who decided (default: the coordinator)
  --until DATE    last day on which it holds; \`never\` for no end. Needed for overridden and paused
  --step STEP     an escalation step that was taken: its number in project.yaml or its words, with @DATE if not just now;
                  may be given several times
  --at DATE       when it was decided (default: now)
  --force         also for ids that the log does not know
  --content DIR   content folder (default: COORD_CONTENT, else content of the product)
  --help          this text

Exit codes: 0 written · 2 bad content or usage, nothing written · 3 the disk failed
`;

await run(async (args) => {
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: {
			state: { type: "string" },
			reason: { type: "string" },
			by: { type: "string" },
			until: { type: "string" },
			step: { type: "string", multiple: true, default: [] },
			at: { type: "string" },
			force: { type: "boolean", default: false },
			content: { type: "string" },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const contentDir = productContent(values.content, { env: process.env, cwd: process.cwd() });
	const { project } = await readCatalog(contentDir);
	const decision = makeDecision(
		{ ...values, ids: positionals, steps: values.step },
		{
			coordinator: project.coordinator.name,
			escalation: project.escalation,
			now: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
		},
	);
	const ids = [decision.conflict].flat();
	const log = await readKnownLog(contentDir);
	if (!values.force) expectKnown(ids, log);
	process.stdout.write(tell(await writeResolution(contentDir, decision), ids, log));
	return 0;
});

/** Throws UsageError for ids that the log does not know, with those that were probably meant. */
function expectKnown(ids: readonly string[], log: ConflictLog | null): void {
	if (log === null) throw new UsageError("there is no log yet to know the id from", "npm run audit, or --force");
	const known = log.conflicts.map((conflict) => conflict.id);
	for (const id of ids) {
		if (known.includes(id)) continue;
		const close: string[] = [];
		for (let next = nearest(id, known); next !== null && close.length < 3; ) {
			close.push(next);
			next = nearest(
				id,
				known.filter((other) => !close.includes(other)),
			);
		}
		const hint = close.length === 0 ? "the log lists the ids: npm run audit" : `did you mean ${close.join(", ")}?`;
		throw new UsageError(`the log knows no conflict ${id}`, `${hint} --force writes it all the same`);
	}
}

function tell({ file, catalog }: Written, ids: readonly string[], log: ConflictLog | null): string {
	const lines = [`${visible(file)} written`];
	if (log === null) return `${lines.join("\n")}\n`;
	let open = log.summary.open;
	for (const id of ids) {
		const conflict = log.conflicts.find((one) => one.id === id);
		if (conflict === undefined) {
			lines.push(`${id}  not in the log: the next audit lists the decision as orphaned unless it finds the conflict`);
			continue;
		}
		const { state, because, opensAnother = false } = foresee(conflict, catalog.resolutions, log.repository.headAt);
		open += Number(isOpen({ state })) + Number(opensAnother) - Number(isOpen(conflict));
		const what = `${conflict.code} ${visible(conflict.resource)}`;
		lines.push(`${id}  ${what}: ${conflict.state} → ${state}${because === "" ? "" : `, ${because}`}`);
	}
	lines.push(
		`the next audit of the same history counts ${plural(open, "open conflict")}, this one ${log.summary.open}`,
	);
	return `${lines.join("\n")}\n`;
}
