// Edge(net). A small DNS server on loopback that answers SRV questions with what it is told, or not at all.
import { createSocket } from "node:dgram";

export interface SrvAnswer {
	readonly name: string;
	readonly port: number;
	readonly priority?: number;
}

export interface DnsServer {
	/** host:port, as a resolver's `setServers` takes it. */
	readonly address: string;
	/** What is answered from now on: records, a failure by its RCODE (2 SERVFAIL, 3 NXDOMAIN), or silence. */
	answer(what: readonly SrvAnswer[] | { readonly rcode: number } | "silence"): void;
	/** How many questions came. */
	questions(): number;
	close(): Promise<void>;
}

const RESPONSE_TO_RECURSIVE = 0x8180;
const SRV = 33;
const INTERNET = 1;

/** Starts the server, with no records at all. */
export async function startDnsServer(): Promise<DnsServer> {
	const socket = createSocket("udp4");
	let what: Parameters<DnsServer["answer"]>[0] = [];
	let count = 0;
	socket.on("message", (question, peer) => {
		count += 1;
		if (what !== "silence") socket.send(replyTo(question, what), peer.port, peer.address);
	});
	await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
	return {
		address: `127.0.0.1:${socket.address().port}`,
		answer: (next) => {
			what = next;
		},
		questions: () => count,
		close: () => new Promise((resolve) => socket.close(() => resolve())),
	};
}

/** The reply of RFC 1035 to a question: its header and question repeated, then the records (RFC 2782). */
function replyTo(question: Buffer, what: readonly SrvAnswer[] | { readonly rcode: number }): Buffer {
	const records = Array.isArray(what) ? (what as readonly SrvAnswer[]) : [];
	const rcode = "rcode" in what ? what.rcode : 0;
	const header = Buffer.alloc(12);
	question.copy(header, 0, 0, 2);
	header.writeUInt16BE(RESPONSE_TO_RECURSIVE | rcode, 2);
	header.writeUInt16BE(1, 4);
	header.writeUInt16BE(records.length, 6);
	// The question ends 4 bytes after the zero byte that ends its name; what follows is no concern of ours.
	const end = question.indexOf(0, 12) + 5;
	return Buffer.concat([header, question.subarray(12, end), ...records.map(recordOf)]);
}

function recordOf({ name, port, priority = 0 }: SrvAnswer): Buffer {
	const target = nameOf(name);
	const head = Buffer.alloc(18);
	// The name of the record is the one at byte 12: the question's.
	head.writeUInt16BE(0xc00c, 0);
	head.writeUInt16BE(SRV, 2);
	head.writeUInt16BE(INTERNET, 4);
	head.writeUInt32BE(0, 6);
	head.writeUInt16BE(6 + target.length, 10);
	head.writeUInt16BE(priority, 12);
	head.writeUInt16BE(0, 14);
	head.writeUInt16BE(port, 16);
	return Buffer.concat([head, target]);
}

function nameOf(name: string): Buffer {
	const labels = name.split(".").filter((label) => label !== "");
	return Buffer.concat([
		...labels.map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
		Buffer.from([0]),
	]);
}
