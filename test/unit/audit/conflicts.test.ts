// Findings become conflicts: joined, settled, reopened; decisions that decide nothing are reported.
import { expect, test } from "vitest";
import { joinConflicts } from "#audit/conflicts";
import { type Finding, treeOccurrence } from "#audit/finding";
import type { ConflictLog } from "#model/conflict-log";
import { auditFolder, describeConflicts, writeContent } from "#test/golden";
import { makeRepo, type Step } from "#test/make-repo";

const files = {
	"project.yaml": "name: P\ncoordinator: { identities: { emails: [desk@p.example] } }\n",
	"teams/team-a.yaml": 'name: A\nidentities: { emails: ["*@a.example"] }\n',
	"teams/team-b.yaml": 'name: B\nidentities: { emails: ["*@b.example"] }\n',
	"ownership/team-a.yaml":
		"owner: team-a\nmode: exclusive\nrules:\n  - pattern: api.py\n  - { pattern: old.sh, purpose: delete }\n",
};
const touch = (at: string, text: string): Step => ({
	say: `Touch ${text}`,
	by: "ben@b.example",
	at,
	write: { "api.py": text },
});
const start: Step = {
	say: "Start",
	by: "desk@p.example",
	at: "2025-07-01T09:00",
	write: { "api.py": "0", "old.sh": "x" },
};
const early = [start, touch("2025-07-02T10:00", "1"), touch("2025-07-03T10:00", "2")];
const later = [...early, touch("2025-07-10T10:00", "3"), touch("2025-07-11T10:00", "4")];

async function audited(steps: readonly Step[], resolutions: Record<string, string> = {}): Promise<ConflictLog> {
	const decisions = Object.entries(resolutions).map(([name, text]) => [`resolutions/${name}.yaml`, text]);
	const content = writeContent({ ...files, ...Object.fromEntries(decisions) });
	return (await auditFolder(makeRepo(steps).dir, content)).log;
}

const foreign = (log: ConflictLog) => log.conflicts.filter(({ code }) => code === "foreign-edit");
const id = foreign(await audited(early))[0]?.id as string;
const decide = (state: string, at: string, more = "") =>
	`conflict: ${id}\nstate: ${state}\nby: Desk\nat: ${at}\nreason: r\n${more}`;

/** `state, episode, occurrences` of the foreign edits, oldest episode first. */
function told(log: ConflictLog): string[] {
	return foreign(log)
		.toSorted((a, b) => a.episode - b.episode)
		.map(({ state, episode, occurrences }) => `${state} ${episode} ${occurrences.length}x`);
}

test("findings of one identity are one conflict, newest first, with its first and last day", async () => {
	const [conflict] = foreign(await audited(early));

	expect(conflict?.occurrences.map(({ subject }) => subject)).toEqual(["Touch 2", "Touch 1"]);
	expect([conflict?.firstAt, conflict?.lastAt]).toEqual(["2025-07-02T10:00:00Z", "2025-07-03T10:00:00Z"]);
	expect(conflict?.rule).toEqual({ file: "content/ownership/team-a.yaml", pattern: "api.py" });
});

test("acknowledged, overridden and false-positive are shown as decided", async () => {
	for (const state of ["acknowledged", "overridden", "false-positive", "paused"]) {
		const log = await audited(early, { one: decide(state, "2025-07-05") });
		expect(told(log)).toEqual([`${state} 1 2x`]);
		expect(log.summary.open).toBe(state === "acknowledged" || state === "paused" ? 2 : 1);
	}
});

test("resolved stays resolved while it is not seen again", async () => {
	const log = await audited(early, { one: decide("resolved", "2025-07-05") });

	expect(told(log)).toEqual(["resolved 1 2x"]);
	expect(foreign(log)[0]?.resolution).toMatchObject({
		state: "resolved",
		by: "Desk",
		at: "2025-07-05T00:00:00Z",
		reason: "r",
	});
});

test("resolved and seen again is a second episode, open, with an id of its own", async () => {
	const log = await audited(later, { one: decide("resolved", "2025-07-05") });
	const [first, second] = foreign(log).toSorted((a, b) => a.episode - b.episode);

	expect(told(log)).toEqual(["resolved 1 2x", "open 2 2x"]);
	expect(first?.id).toBe(id);
	expect(second?.id).not.toBe(id);
	expect(second?.firstAt).toBe("2025-07-10T10:00:00Z");
	expect(second?.resolution).toBeNull();
});

test("what was made at the very instant of the decision still belongs to what it settles", async () => {
	expect(told(await audited(later, { one: decide("resolved", "2025-07-10T10:00") }))).toEqual([
		"resolved 1 3x",
		"open 2 1x",
	]);
});

test("the second episode can be resolved too, and a third follow", async () => {
	const second = foreign(await audited(later, { one: decide("resolved", "2025-07-05") })).find(
		({ episode }) => episode === 2,
	)?.id;
	const decisions = {
		one: decide("resolved", "2025-07-05"),
		two: decide("resolved", "2025-07-10T12:00").replace(id, second as string),
	};

	expect(told(await audited(later, decisions))).toEqual(["resolved 1 2x", "resolved 2 1x", "open 3 1x"]);
});

test("resolved before anything was seen settles nothing", async () => {
	expect(told(await audited(early, { one: decide("resolved", "2025-07-01") }))).toEqual(["open 1 2x"]);
});

test("an override that ran out reopens; one that has not holds", async () => {
	const at = async (until: string) =>
		told(await audited(later, { one: decide("overridden", "2025-07-05", `until: ${until}\n`) }));

	expect(await at("2025-07-11")).toEqual(["overridden 1 4x"]);
	expect(await at("2025-07-10")).toEqual(["open 1 4x"]);
	expect(await at("2025-07-11T10:00:01")).toEqual(["overridden 1 4x"]);
	expect(await at("2025-07-11T10:00")).toEqual(["open 1 4x"]);
});

test("of two decisions the later one holds, whatever the files are called", async () => {
	const log = await audited(early, {
		a: decide("false-positive", "2025-07-06"),
		b: decide("acknowledged", "2025-07-05"),
	});

	expect(told(log)).toEqual(["false-positive 1 2x"]);
});

test("a decision about a conflict that is not found is reported, never dropped", async () => {
	const log = await audited([start], { one: decide("resolved", "2025-07-05") });

	expect(log.orphanedResolutions).toEqual([{ file: "content/resolutions/one.yaml", conflict: id }]);
	expect((await audited(early, { one: decide("resolved", "2025-07-05") })).orphanedResolutions).toEqual([]);
});

test("one decision may name several conflicts", async () => {
	const log = await audited(early);
	const ids = log.conflicts.map((conflict) => conflict.id);
	const both = `conflict: [${ids.join(", ")}]\nstate: false-positive\nby: Desk\nat: 2025-07-05\nreason: r\n`;

	expect(ids).toHaveLength(2);
	expect((await audited(early, { one: both })).summary).toEqual({ open: 0, byLevel: {}, byCode: {}, byTeam: {} });
});

test("a finding of the tree that was resolved and is still there is open", async () => {
	const pending = (log: ConflictLog) => log.conflicts.find(({ code }) => code === "deletion-pending");
	const tree = pending(await audited(early))?.id as string;
	const resolved = decide("resolved", "2025-07-02").replace(id, tree);

	expect(pending(await audited(early, { one: resolved }))?.state).toBe("open");
	expect(pending(await audited(early, { one: resolved.replace("07-02", "07-04") }))?.state).toBe("resolved");
});

test("the summary counts what is open, by level, code and team", async () => {
	const log = await audited(later);

	expect(describeConflicts(log)).toEqual([
		"error foreign-edit path:api.py  team-b -> team-a  [team-a team-b]  4x  open",
		"note deletion-pending path:old.sh  - -> team-a  [team-a]  1x  open",
	]);
	expect(log.summary).toEqual({
		open: 2,
		byLevel: { error: 1, note: 1 },
		byCode: { "deletion-pending": 1, "foreign-edit": 1 },
		byTeam: { "team-a": 2, "team-b": 1 },
	});
	expect(log.coverage).toEqual({ owned: 2, shared: 0, unmatched: 0 });
});

test("the newest conflict stands first; equal dates are ordered by id", async () => {
	const log = await audited([
		...early,
		{ say: "Late", by: "x@x.example", at: "2025-07-20T00:00", write: { "api.py": "9" } },
	]);

	expect(log.conflicts.map(({ code, lastAt }) => `${lastAt} ${code}`)).toEqual([
		...["deletion-pending", "unattributed-edit"]
			.map((code) => log.conflicts.find((conflict) => conflict.code === code))
			.toSorted((a, b) => ((a?.id as string) < (b?.id as string) ? -1 : 1))
			.map((conflict) => `2025-07-20T00:00:00Z ${conflict?.code}`),
		"2025-07-03T10:00:00Z foreign-edit",
	]);
});

test("a commit of 20,000 moves is judged in seconds", async () => {
	const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`f${index}`, ""]));
	const moved = Object.fromEntries(Object.keys(many).map((path) => [path, `api.py/${path}`]));
	const repo = makeRepo([
		{ say: "Many", by: "desk@p.example", write: many },
		{ say: "Moved", by: "ben@b.example", move: moved },
	]);
	const begin = performance.now();
	const { log } = await auditFolder(repo.dir, writeContent(files));

	expect(foreign(log)).toHaveLength(20_000);
	expect(foreign(log)[0]?.occurrences[0]?.previousPath).toMatch(/^f\d+$/);
	expect(performance.now() - begin).toBeLessThan(20_000);
});

test("one place of the tree of which the same is said counts once; of which two things are said, twice", () => {
	const finding = (line: number, what: string): Finding => ({
		code: "port-duplicate",
		level: "warning",
		resource: "port:tcp/8000",
		actor: null,
		owner: null,
		rule: null,
		occurrence: treeOccurrence("a.py", line),
		detail: { what },
		anchor: null,
	});
	const findings = [finding(2, "x"), finding(1, "x"), finding(1, "y"), finding(1, "x"), finding(1, "y")];
	const [conflict] = joinConflicts(findings, [], "2025-07-31T10:00:00Z").conflicts;

	expect(conflict?.occurrences.map(({ location, facts }) => `${location.line} ${facts?.["what"]}`)).toEqual([
		"1 x",
		"1 y",
		"2 x",
	]);
});
