// Every shape of a question that is none: each has its answer, and the next good question is answered all the same.
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gatewayOver, type TestGateway } from "./support.ts";

const PATH = "/coordination.v1.StatusService/GetCluster";
/** A frame that holds an empty message: a reader that holds nothing. */
const ASKS = Buffer.alloc(5);
const WEB = "application/grpc-web+proto";
const QUIET_MS = 2_000;

interface Shape {
	readonly method?: string;
	readonly path?: string;
	/** Lines of the head, beside `host` and, where there is a body, its length. */
	readonly head?: readonly string[];
	readonly body?: Buffer;
	/** All of it as it is; nothing is added. */
	readonly raw?: string | Buffer;
}

function bytesOf({ method = "POST", path = PATH, head = [`content-type: ${WEB}`], body = ASKS, raw }: Shape): Buffer {
	if (raw !== undefined) return Buffer.from(raw);
	const has = (name: RegExp) => head.some((line) => name.test(line));
	const lines = [
		`${method} ${path} HTTP/1.1`,
		"host: localhost",
		...head,
		...(has(/^connection:/) ? [] : ["connection: close"]),
		...(has(/^(content-length|transfer-encoding):/) ? [] : [`content-length: ${body.length}`]),
	];
	return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), body]);
}

/** All that comes back until the connection is closed, or quiet for long. */
function exchange(port: number, sent: Buffer): Promise<Buffer> {
	return new Promise((resolve) => {
		const chunks: Buffer[] = [];
		const socket = connect(port, "127.0.0.1", () => socket.write(sent));
		const end = () => {
			socket.destroy();
			resolve(Buffer.concat(chunks));
		};
		socket.setTimeout(QUIET_MS, end);
		socket
			.on("data", (chunk) => chunks.push(chunk))
			.on("error", () => undefined)
			.on("close", end);
	});
}

/** HTTP statuses of the answers, in order, and the gRPC code of the last: in its head, its trailer frame or its JSON. */
function readAnswers(bytes: Buffer): { statuses: number[]; code: string | null } {
	const text = bytes.toString("latin1");
	const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map((found) => Number(found[1]));
	const code = [...text.matchAll(/grpc-status: (\d+)|"code":"(\w+)"/g)].at(-1);
	return { statuses, code: code?.[1] ?? code?.[2] ?? null };
}

const frame = (payload: Buffer, flags = 0, length = payload.length) => {
	const head = Buffer.alloc(5);
	head[0] = flags;
	head.writeUInt32BE(length, 1);
	return Buffer.concat([head, payload]);
};
const KEPT = bytesOf({ head: [`content-type: ${WEB}`, "connection: keep-alive"] });
const typed = (type: string, ...more: string[]) => [`content-type: ${type}`, ...more];

const SHAPES: readonly (readonly [name: string, shape: Shape, statuses: readonly number[], code: string | null])[] = [
	["as it should be", {}, [200], "0"],
	["GET", { method: "GET" }, [405], null],
	["PUT", { method: "PUT" }, [405], null],
	["CONNECT", { raw: "CONNECT localhost:80 HTTP/1.1\r\nhost: localhost\r\n\r\n" }, [], null],
	["no method at all", { raw: "HELLO\r\n\r\n" }, [400], null],
	["no content type", { head: [] }, [415], null],
	["text/plain", { head: typed("text/plain") }, [415], null],
	[
		"the text mode of gRPC-Web",
		{ head: typed("application/grpc-web-text"), body: Buffer.from("AAAAAAA=") },
		[415],
		null,
	],
	["native gRPC on HTTP/1, with trailers as HTTP/1 has them", { head: typed("application/grpc+proto") }, [200], "0"],
	["JSON that is none", { head: typed("application/json"), body: Buffer.from("{") }, [400], "invalid_argument"],
	["JSON with an unknown field", { head: typed("application/json"), body: Buffer.from('{"x":1}') }, [200], null],
	["an unknown method", { path: "/coordination.v1.StatusService/Shutdown" }, [404], null],
	["an unknown service", { path: "/mlx_distributed.DistributedInference/Shutdown" }, [404], null],
	["a path that climbs", { path: "/../../coordination.v1.StatusService/GetCluster" }, [404], null],
	["an absolute address, which every server must take", { path: `http://localhost${PATH}` }, [200], "0"],
	["an absolute address of another name", { path: `http://other.example${PATH}` }, [421], null],
	["an empty body", { body: Buffer.alloc(0) }, [200], "3"],
	["half a frame", { body: Buffer.alloc(3) }, [200], "3"],
	["a frame longer than the body", { body: frame(Buffer.alloc(1), 0, 9) }, [200], "3"],
	["a frame of 4 GiB", { body: frame(Buffer.alloc(1), 0, 0xffffffff) }, [200], "3"],
	["two frames", { body: Buffer.concat([ASKS, ASKS]) }, [200], "3"],
	["bytes that are no message", { body: frame(Buffer.from([0x08, 0xff])) }, [200], "3"],
	["a compressed frame", { body: frame(gzipSync(Buffer.alloc(2)), 1) }, [200], "3"],
	[
		"a compression nobody offered",
		{ head: typed(WEB, "grpc-encoding: gzip"), body: frame(gzipSync(Buffer.alloc(2)), 1) },
		[200],
		"12",
	],
	["a packed body", { head: typed(WEB, "content-encoding: gzip"), body: gzipSync(ASKS) }, [415], null],
	["20 KB", { body: frame(Buffer.alloc(20_000)) }, [200], "8"],
	["20 KB of JSON", { head: typed("application/json"), body: Buffer.alloc(20_000, " ") }, [429], "resource_exhausted"],
	[
		"in chunks",
		{ head: typed(WEB, "transfer-encoding: chunked"), body: Buffer.from("5\r\n\0\0\0\0\0\r\n0\r\n\r\n") },
		[200],
		"0",
	],
	[
		"a chunk of no length",
		{ head: typed(WEB, "transfer-encoding: chunked"), body: Buffer.from("zz\r\n") },
		[400],
		null,
	],
	["no length", { raw: `POST ${PATH} HTTP/1.1\r\nhost: localhost\r\ncontent-type: ${WEB}\r\n\r\n` }, [200], "3"],
	["two lengths", { head: typed(WEB, "content-length: 5", "content-length: 6") }, [400], null],
	["a length and chunks", { head: typed(WEB, "content-length: 5", "transfer-encoding: chunked") }, [400], null],
	["two content types", { head: typed(WEB, "content-type: text/plain") }, [200], "0"],
	["Expect: 100-continue", { head: typed(WEB, "expect: 100-continue") }, [100, 200], "0"],
	["Expect: something else", { head: typed(WEB, "expect: a-miracle") }, [417], null],
	["the opening of HTTP/2", { raw: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0" }, [400], null],
	["an upgrade to HTTP/2", { head: typed(WEB, "connection: upgrade, http2-settings", "upgrade: h2c") }, [200], "0"],
	["three at once", { raw: Buffer.concat([KEPT, KEPT, bytesOf({})]) }, [200, 200, 200], "0"],
	[
		"no host",
		{ raw: `POST ${PATH} HTTP/1.1\r\ncontent-type: ${WEB}\r\ncontent-length: 5\r\n\r\n\0\0\0\0\0` },
		[400],
		null,
	],
	[
		"the name of somebody else",
		{ raw: `POST ${PATH} HTTP/1.1\r\nhost: evil.example\r\ncontent-length: 0\r\n\r\n` },
		[421],
		null,
	],
	["a head of 100 KB", { head: typed(WEB, `x-long: ${"x".repeat(100_000)}`) }, [431], null],
	["a line within a header", { head: typed(`${WEB}\n x: y`) }, [400], null],
	// What is stored is answered before any deadline could matter.
	["a deadline that is none", { head: typed(WEB, "grpc-timeout: soon") }, [200], "0"],
	["a deadline beyond any", { head: typed(WEB, "grpc-timeout: 99999999H") }, [200], "0"],
];

describe("questions to the site's port", () => {
	let gateway: TestGateway;
	let port = 0;
	beforeAll(async () => {
		gateway = await gatewayOver({}, { grpcPort: null });
		port = Number(new URL(gateway.url).port);
	});
	afterAll(() => gateway?.close());

	it.concurrent.each(SHAPES)("%s", async (_name, shape, statuses, code) => {
		const [answers, next] = [readAnswers(await exchange(port, bytesOf(shape))), await exchange(port, bytesOf({}))];
		expect(readAnswers(next)).toEqual({ statuses: [200], code: "0" });
		expect(answers).toEqual({ statuses, code });
	});
});
