// Files meant to exhaust or confuse whoever parses them: each is told of once at most, and all others are judged.
import { expect, test } from "vitest";
import { auditPeak } from "#test/audit-peak";
import { writeContent } from "#test/golden";
import type { Entry } from "#test/import-stream";
import { makeRepo } from "#test/make-repo";

const content = writeContent({
	"project.yaml": "name: P\n",
	"teams/team-a.yaml": "name: Team A\n",
	"teams/team-b.yaml": "name: Team B\n",
	"ownership/team-a.yaml": "owner: team-a\nmode: exclusive\nrules:\n  - pattern: /a/\n",
	"namespaces/training.yaml": 'key: training\nowner: team-a\nfiles: ["*.json", "*.yaml", "*.toml"]\n',
	"ports.yaml": "- { port: 8000, owner: team-a, purpose: API }\n",
	"contracts/one.yaml":
		"from: team-a\nto: team-b\ntitle: One\nsymbol: Kept\nmembers:\n  - { name: run, parameters: [] }\n",
});

const many = (text: string, times: number) => text.repeat(times);
/** Aliases that would be ten to the ninth when expanded. */
const laughs = Array.from({ length: 9 }, (_, at) =>
	at === 0
		? "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
		: `a${at}: &a${at} [${Array(10)
				.fill(`*a${at - 1}`)
				.join(", ")}]\n`,
).join("");

/** Texts that no parser reads, or that are none. */
const unreadable: Record<string, string | Entry> = {
	"a/huge.py": many("value = 1\n", 5_000_000),
	"a/binary.py": "import os\0\x01\x02",
	"a/latin.py": { mode: "100644", text: "name = 'caf\xe9'\n", isRaw: true },
	"a/merge.py": "<<<<<<< HEAD\ndef run():\n    pass\n=======\n>>>>>>> other\n",
	"a/cut.json": '{ "training": { "steps": 1 ',
	"a/cut.yaml": 'training: { steps: [1, "two }\n',
	"a/cut.toml": "[training\nsteps = 1\n",
};

/** Texts that can be read, and cost whoever reads them carelessly. */
const costly: Record<string, string> = {
	"a/deep.json": many("[", 100_000) + many("]", 100_000),
	"a/deep.yaml": many("[", 20_000) + many("]", 20_000),
	"a/deep.toml": `x = ${many("[", 20_000)}${many("]", 20_000)}\n`,
	"a/deep.py": `x = ${many("(", 20_000)}1${many(")", 20_000)}\n`,
	"a/deep.sh": `${many("$(", 5_000)}true${many(")", 5_000)}\n`,
	"a/deep.proto": `syntax = "proto3";\n${many("message A { ", 5_000)}${many("}", 5_000)}\n`,
	"a/laughs.yaml": laughs,
	"a/line.json": `{"training":{${Array.from({ length: 40_000 }, (_, at) => `"key${at}":${at}`).join(",")}}}`,
	"a/line.py": `x = [${many("1, ", 200_000)}]\n`,
	"a/line.sh": `echo ${many("word ", 150_000)}\n`,
	"a/long.md": many("see http://localhost:8000/ and ", 30_000),
	"a/open.py": `x = """${many("text ", 100_000)}`,
	"a/empty.json": "",
	"a/empty.py": "",
};

const kept = { "a/kept.py": "class Kept:\n    def run(self):\n        return 1\n" };

test("each unreadable file is told of once, costly ones once at most, and the others are judged", async () => {
	const small = await auditPeak(makeRepo([{ say: "Small", by: "x@x.example", write: kept }]).dir, content);
	const files = { ...unreadable, ...costly };
	const { dir } = makeRepo([{ say: "Start", by: "x@x.example", write: { ...kept, ...files } }]);
	const started = performance.now();
	const { log, peakMb } = await auditPeak(dir, content);

	const told = log.conflicts.filter(({ code }) => ["file-unread", "config-unparsable"].includes(code));
	const places = told.flatMap(({ occurrences }) => occurrences.map(({ path }) => path ?? ""));
	for (const path of Object.keys(unreadable))
		expect(
			places.filter((one) => one === path),
			path,
		).toHaveLength(1);
	expect(new Set(places).size).toBe(places.length);
	for (const path of places) expect(Object.keys(files)).toContain(path);
	expect(log.conflicts.map(({ code }) => code).includes("contract-missing" as never)).toBe(false);
	expect(performance.now() - started).toBeLessThan(60_000);
	expect(peakMb).toBeLessThan(small.peakMb + 400);
}, 120_000);
