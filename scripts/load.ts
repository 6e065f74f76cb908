// Entrance: `npm run load`. The gateway under readers, far too many readers and attackers, beside what is promised.
import { availableParallelism, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { oneOf } from "./lib/options.ts";
import { run } from "./lib/run.ts";
import { wholeNumber } from "./lib/whole-number.ts";
import { answerCost } from "./load/answer-cost.ts";
import { attacks, many, overload, type Scale, steady } from "./load/cases.ts";
import { formatSection, type Section } from "./load/table.ts";

const CASES = ["steady", "many", "overload", "attacks", "cost"] as const;

const HELP = `npm run load -- [options]
Measures the gateway, started as npm run gateway does, in a process of its own: nodes, readers and attackers are made up,
in further processes, on loopback addresses. Readers ask when they are due, whatever became of those before, and what
they wait is counted from then. Ends by itself.

  --minutes N    of the long run (default: 5)
  --quick        a little of everything, in three minutes or so
  --only CASE    ${CASES.join(", ")}; may be given several times
  --json         print JSON in place of tables
  --help         this text

  steady    500 nodes at 5 s, 400 requests/s, whole and unchanged: p50, p99, processor, memory and its slope
  many      4,096 nodes
  overload  4,000 requests/s and back: how many are turned away, what the others wait, whether nodes are asked on time
  attacks   slow headers and bodies, idle sockets, large bodies, gzip bombs, HTTP/2 resets, while readers go on
  cost      processor time of an answer beside a bare node:http answer of the same bytes

Needs Linux (/proc, all of 127.0.0.0/8) and some 12,000 open files (ulimit -n). On a busy machine only ratios mean something.
Exit codes: 0 all held · 1 some missed · 2 bad usage · 3 could not be run
`;

await run(async (args) => {
	const { values } = parseArgs({
		args,
		options: {
			minutes: { type: "string", default: "5" },
			quick: { type: "boolean", default: false },
			only: { type: "string", multiple: true, default: [] },
			json: { type: "boolean", default: false },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const minutes = wholeNumber("minutes", values.minutes, 1, 600);
	const scale: Scale = values.quick
		? { steadySeconds: 15, manySeconds: 10, overloadSeconds: 10, attackSeconds: 13 }
		: { steadySeconds: 60 * minutes, manySeconds: 60, overloadSeconds: 60, attackSeconds: 15 };
	const chosen = values.only.length === 0 ? CASES : values.only.map((one) => oneOf("only", one, CASES));
	const cases = {
		steady: () => steady(scale),
		many: () => many(scale),
		overload: () => overload(scale),
		attacks: () => attacks(scale),
		cost: () => answerCost(values.quick ? 2 : 5),
	};
	const surroundings = `node ${process.versions.node}, ${availableParallelism()} cores, load before ${loadavg()[0]?.toFixed(2)}`;
	if (!values.json) process.stdout.write(`${surroundings}\n\n`);
	// What was started ends with it, see gateway-under-test.ts; children notice by themselves.
	for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
	const sections: Section[] = [];
	for (const one of chosen) {
		process.stderr.write(`${one}: under way\n`);
		const section = await cases[one]();
		sections.push(section);
		if (!values.json) process.stdout.write(`${formatSection(section)}\n`);
	}
	if (values.json) process.stdout.write(`${JSON.stringify({ surroundings, sections }, null, 2)}\n`);
	return sections.some(({ measures }) => measures.some(({ isHeld }) => isHeld === false)) ? 1 : 0;
});
