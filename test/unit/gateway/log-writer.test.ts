// Specification of the lines a gateway's log is made of.
import { describe, expect, it } from "vitest";
import { createLog } from "../../../src/gateway/log-writer.ts";

function linesOf(format: "json" | "text", ...events: Parameters<ReturnType<typeof createLog>>[0][]): string[] {
	const lines: string[] = [];
	const log = createLog(
		format,
		(line) => lines.push(line),
		() => Date.UTC(2026, 0, 2, 3, 4, 5, 6),
	);
	for (const event of events) log(event);
	return lines;
}

describe("the log", () => {
	it("as JSON: one object a line, with the event's own fields", () => {
		const event = { level: "info", event: "node-state", message: "node a: unknown -> serving" } as const;
		expect(linesOf("json", { ...event, fields: { node: "a", ageMs: null } })).toEqual([
			'{"time":"2026-01-02T03:04:05.006Z","level":"info","event":"node-state","message":"node a: unknown -> serving","node":"a","ageMs":null}',
		]);
	});

	it("no field takes the place of what every line has", () => {
		const [line] = linesOf("json", {
			level: "warn",
			event: "x",
			message: "m",
			fields: { level: "info", time: "never", message: "all well" },
		});
		expect(JSON.parse(line!)).toEqual({ time: "2026-01-02T03:04:05.006Z", level: "warn", event: "x", message: "m" });
	});

	it("as text: words, the level where it matters", () => {
		expect(
			linesOf(
				"text",
				{ level: "info", event: "x", message: "all well" },
				{ level: "warn", event: "x", message: "not so" },
			),
		).toEqual(["all well", "warn: not so"]);
	});

	it("what a node says of itself steers no terminal and begins no line", () => {
		const event = { level: "info", event: "x", message: "a\nb\u001b[31m\u202ec" } as const;
		expect(linesOf("text", event)).toEqual(["a\\x0Ab\\x1B[31m\\u{202E}c"]);
		const [json] = linesOf("json", event);
		expect(json).toMatch(/^[\x20-\x7e]+$/);
		expect(JSON.parse(json!).message).toBe(event.message);
	});
});
