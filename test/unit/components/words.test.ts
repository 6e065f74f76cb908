// What pages say of evidence, counts, times and phases.
import { describe, expect, test } from "vitest";
import type { Phase } from "#model/agreement";
import type { Attribution } from "#model/conflict-log";
import type { Contract } from "#model/contract";
import { contractSource } from "../../../src/components/contract-source.ts";
import { currentPhase } from "../../../src/components/phase.ts";
import { attributionWords, count, instantWords, list, resourceWords } from "../../../src/components/words.ts";

describe("how we know who made a change", () => {
	const known = (by: Attribution["by"], evidence: string | null = "e"): Attribution => ({
		team: "team-b",
		by,
		confidence: by === "trailer" ? "declared" : "derived",
		evidence,
	});

	test("a trailer is claimed: anyone can type one", () => {
		expect(attributionWords(known("trailer", "team-b"))).toEqual({ how: "claimed by trailer", evidence: "team-b" });
	});

	test("no evidence is said plainly", () => {
		const nobody: Attribution = { team: null, by: "none", confidence: "unattributed", evidence: null };
		expect(attributionWords(nobody).how).toMatch(/^unattributed: /);
	});

	test.each(["trailer", "branch", "merge", "email"] as const)("nothing is ever called signed (%s)", (by) => {
		expect(attributionWords(known(by)).how).not.toMatch(/sign|proven|verified/);
	});
});

test.each([
	[0, "0 commits"],
	[1, "1 commit"],
	[1204, "1,204 commits"],
])("%d reads %s", (amount, words) => {
	expect(count(amount, "commit")).toBe(words);
});

test.each([
	[[], ""],
	[["a"], "a"],
	[["a", "b"], "a and b"],
	[["a", "b", "c"], "a, b and c"],
])("%j is listed as %s", (items, words) => {
	expect(list(items)).toBe(words);
});

test.each([
	["2025-07-31T14:45:00Z", "2025-07-31 14:45 UTC"],
	["2025-07-31T23:45:00-02:00", "2025-08-01 01:45 UTC"],
	["2025-07-31", "2025-07-31"],
])("%s is shown as %s", (iso, words) => {
	expect(instantWords(iso)).toBe(words);
});

test.each([
	["path:src/a:b.py", { kind: "path", name: "src/a:b.py" }],
	["port:tcp/8100", { kind: "port", name: "tcp/8100" }],
	["identity:a@b.example", { kind: "identity", name: "a@b.example" }],
])("%s names its kind and itself", (resource, words) => {
	expect(resourceWords(resource)).toEqual(words);
});

describe("the phase of the schedule", () => {
	const phase = (
		id: string,
		from: string | null,
		to: string | null,
		fromAt: string | null,
		untilAt: string | null,
	): Phase => ({
		id,
		fromAt,
		untilAt,
		file: "",
		title: id,
		from,
		to,
		teams: [],
		goals: [],
		crossTeam: "coordinated",
	});

	test("phases without dates never hold, and that is said", () => {
		expect(currentPhase([phase("1", null, null, null, null)], "2025-07-31T00:00:00Z")).toEqual({ kind: "undated" });
	});

	test("first and last day are both in the phase", () => {
		const phases = [
			phase("1", "2025-07-01", "2025-07-14", "2025-07-01T00:00:00Z", "2025-07-15T00:00:00Z"),
			phase("2", "2025-07-15", null, "2025-07-15T00:00:00Z", null),
		];
		const at = (instant: string) => currentPhase(phases, instant);
		expect(at("2025-07-01T00:00:00Z")).toMatchObject({ kind: "in", phase: { id: "1" } });
		expect(at("2025-07-14T23:59:59Z")).toMatchObject({ kind: "in", phase: { id: "1" } });
		expect(at("2025-07-15T00:00:00Z")).toMatchObject({ kind: "in", phase: { id: "2" } });
		expect(at("2025-06-30T23:59:59Z")).toEqual({ kind: "between" });
		expect(at("2025-06-30T23:59:59.999Z")).toEqual({ kind: "between" });
	});

	test("its days are those the catalog resolved, not those of UTC", () => {
		// 1 July in Auckland (UTC+12 in winter) begins on 30 June at noon, UTC.
		const phases = [phase("1", "2025-07-01", "2025-07-01", "2025-06-30T12:00:00Z", "2025-07-01T12:00:00Z")];
		expect(currentPhase(phases, "2025-06-30T12:00:00Z")).toMatchObject({ kind: "in" });
		expect(currentPhase(phases, "2025-07-01T12:00:00Z")).toEqual({ kind: "between" });
	});
});

describe("a contract in its own language", () => {
	const contract: Contract = {
		id: "sft-trainer",
		file: "content/contracts/sft-trainer.yaml",
		from: "team-b",
		to: "team-c",
		title: "SFT trainer interface",
		language: "python",
		symbol: "SFTTrainer",
		source: null,
		note: null,
		members: [
			{ name: "train", kind: "method", async: false, parameters: ["model", "dataset"], returns: "trained_model" },
		],
	};

	test("Python is a class with its members indented", () => {
		expect(contractSource(contract)).toBe(
			"# SFT trainer interface\nclass SFTTrainer:\n    def train(model, dataset) -> trained_model",
		);
	});

	test("protobuf is a service", () => {
		const rpc = { name: "Train", kind: "rpc", async: false, parameters: ["Request"], returns: "Reply" } as const;
		expect(contractSource({ ...contract, language: "protobuf", members: [{ ...rpc, parameters: ["Request"] }] })).toBe(
			"service SFTTrainer {\n  rpc Train(Request) returns (Reply);\n}",
		);
	});
});
