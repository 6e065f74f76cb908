// Edge(net). A TCP proxy on loopback that does to a connection what networks do: delay, trickle, cut, reset, damage, swallow.
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What happens to what the target says on its way to the client; several at once are fine. All off: nothing does. */
export interface Fault {
	/** Everything comes this much later. */
	readonly delayMs?: number;
	/** No more than so many bytes a second. */
	readonly bytesPerSecond?: number;
	/** After so many bytes a connection is ended: `reset` by RST, `close` both ways, `half-close` in this one only. */
	readonly cutAfterBytes?: number;
	readonly cutBy?: "reset" | "close" | "half-close";
	/** One bit of the n-th byte of each piece is turned, counted from 0. */
	readonly flipByte?: number;
	/** Nothing gets through in either direction, and nobody is told. */
	readonly isBlackhole?: boolean;
}

export interface FaultProxy {
	/** host:port to which clients connect. */
	readonly address: string;
	readonly port: number;
	/** Holds for what is said from now on, also on connections that are open. */
	set(fault: Fault): void;
	/** Where new connections lead from now on. */
	retarget(port: number): void;
	/** Resets every open connection. */
	cut(): void;
	/** Connections open now. */
	open(): number;
	/** Pieces that were cut or damaged since the fault was set. */
	struck(): number;
	close(): Promise<void>;
}

/** The fault in force, and how often it struck. */
interface InForce {
	readonly fault: Fault;
	struck: number;
}

/** A proxy on any free port before 127.0.0.1:`targetPort`. */
export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
	let now: InForce = { fault: {}, struck: 0 };
	let target = targetPort;
	const pairs = new Set<readonly [Socket, Socket]>();
	const server = createServer((client) => {
		const upstream = connect({ host: "127.0.0.1", port: target, noDelay: true });
		const pair = [client, upstream] as const;
		pairs.add(pair);
		client.setNoDelay(true);
		const end = () => {
			pairs.delete(pair);
			client.destroy();
			upstream.destroy();
		};
		for (const socket of pair) socket.on("error", end).on("close", end);
		client.on("data", (bytes) => {
			if (!now.fault.isBlackhole) upstream.write(bytes);
		});
		passOn(upstream, client, () => now);
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	const { port } = server.address() as AddressInfo;
	const cut = () => {
		for (const [client, upstream] of pairs) {
			client.resetAndDestroy();
			upstream.destroy();
		}
	};
	return {
		address: `127.0.0.1:${port}`,
		port,
		set(fault) {
			now = { fault, struck: 0 };
		},
		retarget(next) {
			target = next;
		},
		cut,
		open: () => pairs.size,
		struck: () => now.struck,
		close: () =>
			new Promise((done) => {
				server.close(() => done());
				cut();
			}),
	};
}

function passOn(from: Socket, to: Socket, inForce: () => InForce): void {
	let passed = 0;
	let counted: InForce | null = null;
	/** When the last piece leaves: what came later never overtakes it. */
	let leavesAt = 0;
	from.on("data", (bytes) => {
		const now = inForce();
		const { fault } = now;
		if (fault.isBlackhole) return;
		// Bytes count from when the fault was set, so that it can strike a connection that is open already.
		if (counted !== now) passed = 0;
		counted = now;
		const piece = damaged(bytes, now);
		const rest = fault.cutAfterBytes === undefined ? piece.length : Math.max(0, fault.cutAfterBytes - passed);
		passed += piece.length;
		const sent = piece.subarray(0, rest);
		const paceMs = fault.bytesPerSecond === undefined ? 0 : (sent.length / fault.bytesPerSecond) * 1_000;
		leavesAt = Math.max(leavesAt, performance.now() + (fault.delayMs ?? 0)) + paceMs;
		const isCut = rest < piece.length;
		if (isCut) now.struck += 1;
		later(leavesAt - performance.now(), () => {
			if (to.destroyed) return;
			to.write(sent);
			if (isCut) cutShort(from, to, fault.cutBy ?? "reset");
		});
	});
}

function damaged(bytes: Buffer, now: InForce): Buffer {
	const { flipByte } = now.fault;
	if (flipByte === undefined || flipByte >= bytes.length) return bytes;
	now.struck += 1;
	const copy = Buffer.from(bytes);
	copy[flipByte] = copy[flipByte]! ^ 0x01;
	return copy;
}

function cutShort(from: Socket, to: Socket, by: NonNullable<Fault["cutBy"]>): void {
	if (by === "half-close") to.end();
	else if (by === "close") to.destroySoon();
	else setImmediate(() => to.resetAndDestroy());
	if (by !== "half-close") from.destroy();
}

function later(ms: number, run: () => void): void {
	if (ms <= 0) run();
	else setTimeout(run, ms);
}
