// Edge(net). How many connections there may be, in all and from one address, and how long one may leave an answer unread.
import { Server as HttpServer } from "node:http";
import type { Server, Socket } from "node:net";
import type { Observer } from "../observer.ts";

export interface ConnectionLimits {
	readonly total: number;
	readonly perAddress: number;
	/**
	 * A reader who takes nothing of an answer for so long is let go: the answer's bytes stay in memory meanwhile.
	 * Absent: half a minute.
	 */
	readonly unreadMs?: number;
}

const SWEEP_MS = 1_000;
const MARGIN = 100;
const UNREAD_MS = 30_000;

/**
 * Holds a server to its limits; `open` is how many connections it has. Ends with the server. Where there are too many, the
 * one goes that has been there longest without asking anything, so that sockets that only wait cannot keep readers out;
 * only where there is none such, the new one goes.
 */
export function limitConnections(
	server: Server,
	{ total, perAddress, unreadMs = UNREAD_MS }: ConnectionLimits,
	observer: Observer,
): { open(): number } {
	// We choose who goes; this holds should they come faster than they can be closed.
	server.maxConnections = total + MARGIN;
	const silent = new Set<Socket>();
	const byAddress = new Map<string, number>();
	const sockets = new Map<Socket, { taken: number; at: number }>();

	server.on("drop", () => observer.connectionRefused("total"));
	server.on("connection", (socket: Socket) => {
		const address = addressGroup(socket.remoteAddress ?? "");
		const count = (byAddress.get(address) ?? 0) + 1;
		if (count > perAddress) {
			observer.connectionRefused("address");
			socket.destroy();
			return;
		}
		if (sockets.size >= total) {
			observer.connectionRefused("total");
			const [oldest] = silent;
			if (oldest === undefined) {
				socket.destroy();
				return;
			}
			forget(oldest);
			oldest.destroy();
		}
		// Over HTTP/2 no request tells the socket it came by.
		if (server instanceof HttpServer) silent.add(socket);
		byAddress.set(address, count);
		sockets.set(socket, { taken: 0, at: performance.now() });
		socket.once("close", () => {
			forget(socket);
			const left = (byAddress.get(address) ?? 1) - 1;
			if (left === 0) byAddress.delete(address);
			else byAddress.set(address, left);
		});
	});
	if (server instanceof HttpServer) server.on("request", ({ socket }) => silent.delete(socket));
	const forget = (socket: Socket) => {
		sockets.delete(socket);
		silent.delete(socket);
	};

	const sweep = setInterval(() => {
		const now = performance.now();
		for (const [socket, seen] of sockets) {
			const taken = socket.bytesWritten - socket.writableLength;
			if (socket.writableLength === 0 || taken !== seen.taken) Object.assign(seen, { taken, at: now });
			else if (now - seen.at > unreadMs) socket.destroy();
		}
	}, SWEEP_MS).unref();
	server.once("close", () => clearInterval(sweep));

	return { open: () => sockets.size };
}

/**
 * What counts as one address: an IPv4 address, however it is written, or the first 64 bits of an IPv6 address, of which
 * one caller commonly has all the rest.
 */
export function addressGroup(address: string): string {
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
	if (mapped?.[1] !== undefined) return mapped[1];
	if (!address.includes(":")) return address;
	const [plain = ""] = address.split("%", 1);
	const [before = "", after] = plain.split("::");
	const head = before === "" ? [] : before.split(":");
	const end = after === undefined || after === "" ? [] : after.split(":");
	const gap = after === undefined ? 0 : Math.max(0, 8 - head.length - end.length);
	const groups = [...head, ...Array<string>(gap).fill("0"), ...end];
	return groups
		.slice(0, 4)
		.map((group) => Number.parseInt(group, 16).toString(16))
		.join(":");
}
