// Edge(net). One connection of a viewer: a request at a time, the answer read as far as its announced length.
import { connect, type Socket } from "node:net";

export type AnswerKind = "answered" | "shed" | string;

export interface Connection {
	/** Sends and calls back once: what the answer was, and its bytes. Any other outcome than these two is a failure's name. */
	ask(request: Buffer, done: (kind: AnswerKind, body: Buffer) => void): void;
	/** Whether another request may be sent. */
	isOpen(): boolean;
	close(): void;
}

const NOTHING: Buffer = Buffer.alloc(0);
const HEAD_END = Buffer.from("\r\n\r\n");

export function openConnection(port: number, localAddress: string): Connection {
	const socket: Socket = connect({ port, host: "127.0.0.1", localAddress, noDelay: true });
	let isOpen = true;
	let waiting: ((kind: AnswerKind, body: Buffer) => void) | null = null;
	let chunks: Buffer[] = [];
	let size = 0;
	let head: { status: number; length: number; isLast: boolean; isPacked: boolean; from: number } | null = null;

	const end = (kind: AnswerKind, body = NOTHING) => {
		const done = waiting;
		waiting = null;
		chunks = [];
		size = 0;
		head = null;
		done?.(kind, body);
	};
	socket.on("data", (chunk: Buffer) => {
		chunks.push(chunk);
		size += chunk.length;
		if (head === null) {
			const bytes: Buffer = chunks.length === 1 ? chunk : Buffer.concat(chunks);
			chunks = [bytes];
			const at = bytes.indexOf(HEAD_END);
			if (at < 0) return;
			head = readHead(bytes.subarray(0, at).toString("latin1"), at + 4);
		}
		if (size < head.from + head.length) return;
		const body = Buffer.concat(chunks).subarray(head.from);
		const { status, isPacked, isLast } = head;
		if (isLast) {
			isOpen = false;
			socket.end();
		}
		end(kindOf(status, isPacked, body), body);
	});
	socket.on("error", (error: NodeJS.ErrnoException) => {
		isOpen = false;
		end(error.code ?? "error");
	});
	socket.on("close", () => {
		isOpen = false;
		end("closed");
	});
	return {
		ask(request, done) {
			waiting = done;
			socket.write(request);
		},
		isOpen: () => isOpen,
		close() {
			isOpen = false;
			socket.destroy();
		},
	};
}

function readHead(text: string, from: number) {
	const value = (name: string) => new RegExp(`\r\n${name}: *([^\r]*)`, "i").exec(text)?.[1];
	return {
		from,
		status: Number(text.slice(9, 12)),
		length: Number(value("content-length") ?? 0),
		isLast: value("connection")?.toLowerCase() === "close",
		isPacked: value("content-encoding") === "gzip",
	};
}

/** A failure of ours is short and never packed, so a packed answer is a good one. */
function kindOf(status: number, isPacked: boolean, body: Buffer): AnswerKind {
	if (status !== 200) return `status ${status}`;
	if (isPacked) return "answered";
	const code = /grpc-status: (\d+)\r\n/.exec(body.subarray(-256).toString("latin1"))?.[1];
	if (code === "0") return "answered";
	return code === "8" ? "shed" : `grpc-status ${code ?? "missing"}`;
}
