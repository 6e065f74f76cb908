// Specification of the file_sd format: what is read, and the line of what is wrong.
import { describe, expect, it } from "vitest";
import { FILE_MAX_LENGTH, readFileSd } from "../../../../src/gateway/nodes/file-sd.ts";

describe("lists", () => {
	it.each([
		["JSON", '[{"targets": ["a:1", "b:2"], "labels": {"job": "mlx"}}]'],
		["JSON with tabs", '[\n\t{\n\t\t"targets": ["a:1", "b:2"]\n\t}\n]\n'],
		["YAML", "- targets:\n    - a:1\n    - 'b:2'\n  labels:\n    job: mlx\n"],
		["two groups", "- targets: [a:1]\n- targets: [b:2]\n"],
	])("%s", (_name, text) => {
		expect(readFileSd(text)).toEqual({
			nodes: [
				{ id: "a:1", address: "a:1" },
				{ id: "b:2", address: "b:2" },
			],
		});
	});

	it("the label id names a node that stands alone", () => {
		const text = "- {targets: [a:1], labels: {id: mini1}}\n- {targets: [b:1, c:1], labels: {id: both}}\n";
		expect(readFileSd(text)).toEqual({
			nodes: [
				{ id: "mini1", address: "a:1" },
				{ id: "b:1", address: "b:1" },
				{ id: "c:1", address: "c:1" },
			],
		});
	});

	it.each(["[]", "[]\n", "---\n[]\n", "- targets: []\n"])("%j is a list without nodes", (text) => {
		expect(readFileSd(text)).toEqual({ nodes: [] });
	});
});

describe("problems", () => {
	it.each([
		["an empty file", "", "it is empty; a list without nodes is written []"],
		["nothing but a comment", "# nodes\n", "it is empty; a list without nodes is written []"],
		["half written", '[\n{"targets": ["a:1"]},\n{"targ', /^line \d: /],
		["half written, in a text", '[\n{"targets": ["a:1', /^line \d: /],
		["no list", '{"targets": ["a:1"]}', "line 1: expected a list of {targets: [host:port], labels: {}}"],
		["a list of texts", "\n- a:1\n", "line 2: expected {targets: [host:port], labels: {}}"],
		["no targets", "- targets: [a:1]\n- labels: {}\n", "line 2: expected targets, a list of host:port"],
		[
			"targets by another's name",
			"- targets: &all [a:1]\n- targets: *all\n",
			"line 2: expected targets, a list of host:port",
		],
		["no port", "- targets:\n    - a:1\n    - b\n", 'line 3: "b": expected host:port, e.g. 127.0.0.1:50051'],
		["a port too high", "- targets: ['b:70000']\n", 'line 1: "b:70000": expected a port from 1 to 65535'],
		["a target cut off", "- targets:\n  - a:1\n  -", "line 3: null: expected host:port"],
		["another scheme", "- targets: ['unix:/x']\n", 'line 1: "unix:/x": expected host:port, e.g. 127.0.0.1:50051'],
		["labels in a list", "- targets: [a:1]\n  labels: []\n", "line 1: expected labels to be names with texts"],
		["an id that is no text", "- {targets: [a:1], labels: {id: 5}}\n", /label id to be a text of 1 to 120 characters/],
		["a key twice", "- targets: [a:1]\n  targets: [b:1]\n", /^line 2: .*unique/],
		["two documents", "--- []\n--- []\n", /^line 2: .*multiple documents/],
	])("%s", (_name, text, problem) => {
		const reply = readFileSd(text);
		expect(reply).toEqual({ problem: typeof problem === "string" ? problem : expect.stringMatching(problem) });
	});

	it("a file too long is not read", () => {
		expect(readFileSd(" ".repeat(FILE_MAX_LENGTH + 1))).toEqual({ problem: expect.stringContaining("longer than") });
	});

	it("aliases that multiply are not followed: nothing but texts is a target", () => {
		const bomb = "- targets: [&a [x, x], &b [*a, *a], [*b, *b]]\n";
		expect(readFileSd(bomb)).toEqual({ problem: "line 1: null: expected host:port" });
	});
});
