// The fault proxy does to a connection what it says, and nothing else.
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Fault, type FaultProxy, startFaultProxy } from "#test/tcp-fault-proxy";

let server: Server;
let proxy: FaultProxy;
const SAID = Buffer.from("0123456789");

beforeAll(async () => {
	server = createServer((socket) => {
		socket.on("error", () => undefined).on("data", () => socket.write(SAID));
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	proxy = await startFaultProxy((server.address() as AddressInfo).port);
});
afterAll(async () => {
	await proxy.close();
	server.close();
});

/** Asks once under a fault: what came within half a second, how the connection ended, and after how long the first byte came. */
function ask(fault: Fault): Promise<{ heard: string; end: string; firstMs: number }> {
	proxy.set(fault);
	return new Promise((resolve) => {
		const startedAt = performance.now();
		let heard = "";
		let firstMs = Number.POSITIVE_INFINITY;
		const finish = (end: string) => {
			socket.destroy();
			resolve({ heard, end, firstMs });
		};
		const socket = connect(proxy.port, "127.0.0.1", () => socket.write("?"));
		socket.on("data", (bytes) => {
			if (heard === "") firstMs = performance.now() - startedAt;
			heard += bytes.toString("latin1");
		});
		socket.on("error", (error: NodeJS.ErrnoException) => finish(error.code ?? "error"));
		socket.on("end", () => finish("end"));
		socket.setTimeout(500, () => finish("open"));
	});
}

it.each([
	["nothing", {}, "0123456789", "open"],
	["a reset after 4 bytes", { cutAfterBytes: 4 }, "0123", "ECONNRESET"],
	["a half-close after 4 bytes", { cutAfterBytes: 4, cutBy: "half-close" }, "0123", "end"],
	["a close after 4 bytes", { cutAfterBytes: 4, cutBy: "close" }, "0123", "end"],
	["a bit of the third byte", { flipByte: 2 }, "0133456789", "open"],
	["a byte that is not there", { flipByte: 50 }, "0123456789", "open"],
	["a black hole", { isBlackhole: true }, "", "open"],
] as const)("%s", async (_name, fault, heard, end) => {
	expect(await ask(fault)).toMatchObject({ heard, end });
});

it("a delay delays, and damages nothing", async () => {
	const { heard, firstMs } = await ask({ delayMs: 150 });
	expect(heard).toBe("0123456789");
	expect(firstMs).toBeGreaterThanOrEqual(149);
});
