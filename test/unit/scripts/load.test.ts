// Specification of what a load run tells: figures beside promises, and readers who count what went wrong.
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { openConnection } from "../../../scripts/load/exchange.ts";
import { loopbackAddress } from "../../../scripts/load/messages.ts";
import { atMost, formatSection, noted } from "../../../scripts/load/table.ts";

describe("the table", () => {
	it("sets each figure beside its promise", () => {
		const measures = [atMost("p99", 99.96, 100, "ms"), atMost("failed", 1, 0, ""), noted("p50", 0.5, "ms")];
		expect(formatSection({ title: "500 nodes", measures }).split("\n")).toEqual([
			"500 nodes",
			"  p99     100.0 ms  at most 100 ms  held",
			"  failed         1  at most 0       MISSED",
			"  p50      0.50 ms",
			"",
		]);
	});

	it("what cannot be measured is not held", () => {
		expect(atMost("p99", Number.NaN, 100, "ms").isHeld).toBe(false);
	});
});

it("each number is another address of this machine", () => {
	const addresses = Array.from({ length: 4_096 }, (_, index) => loopbackAddress(1, index));
	expect(new Set(addresses).size).toBe(4_096);
	expect(addresses.every((address) => /^127\.1\.\d{1,2}\.([1-9]|[1-9]\d|1\d\d|2[0-4]\d|250)$/.test(address))).toBe(
		true,
	);
});

describe("a reader", () => {
	const frame = (code: number) => `\x80\0\0\0\x10grpc-status: ${code}\r\n`;
	const answer = (head: string, body: string) => `HTTP/1.1 ${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

	it.each([
		["a good answer", answer("200 OK", frame(0)), "answered"],
		["one that was turned away", answer("200 OK", frame(8)), "shed"],
		["another code", answer("200 OK", frame(13)), "grpc-status 1"],
		["no trailer", answer("200 OK", "x"), "grpc-status missing"],
		["another status", answer("503 no", ""), "status 503"],
		["an answer cut off", answer("200 OK", frame(0)).slice(0, -1), "closed"],
	])("counts %s as what it is", async (_name, bytes, expected) => {
		const server = createServer((socket) => {
			socket.on("error", () => undefined);
			// In two pieces, as the network may cut it.
			socket.once("data", () => {
				socket.write(bytes.slice(0, 20));
				setTimeout(() => socket.end(Buffer.from(bytes.slice(20), "latin1")), 20);
			});
		});
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const connection = openConnection((server.address() as { port: number }).port, "127.0.0.1");
		const kind = await new Promise((resolve) => connection.ask(Buffer.from("x"), resolve));
		expect(kind).toMatch(new RegExp(`^${expected}`));
		connection.close();
		server.close();
	});
});
