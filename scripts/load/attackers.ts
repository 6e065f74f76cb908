// Edge(net). A process of its own: callers who mean harm, from many addresses of this machine.
import { connect as connectHttp2 } from "node:http2";
import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { answerJobs } from "./child.ts";
import { type Attack, type AttackJob, type AttackOutcome, loopbackAddress } from "./messages.ts";

const HEAD = "POST /coordination.v1.StatusService/GetCluster HTTP/1.1\r\nhost: localhost\r\n";
const TYPE = "content-type: application/grpc-web+proto\r\n";
/** A gigabyte's worth of nothing would take a second to make; a megabyte packs a thousandfold all the same. */
const BOMB = gzipSync(Buffer.alloc(1_000_000));
/** Fewer than may come from one address, so that it is the other limits that have to hold. */
const PER_ADDRESS = 40;

interface Plan {
	readonly sockets: number;
	/** Said at once. */
	readonly first: Buffer;
	/** Said each second after that; null: nothing. */
	readonly each: string | null;
	/** Whether a new connection takes the place of one that was closed. */
	readonly isAgain: boolean;
}

const plans: Record<Exclude<Attack, "rapid-resets">, Plan> = {
	"slow-headers": { sockets: 1_000, first: Buffer.from(HEAD), each: "x-more: x\r\n", isAgain: false },
	"slow-bodies": {
		sockets: 1_000,
		first: Buffer.from(`${HEAD}${TYPE}content-length: 1000\r\n\r\n`),
		each: "x",
		isAgain: false,
	},
	idle: { sockets: 5_000, first: Buffer.alloc(0), each: null, isAgain: false },
	"large-bodies": {
		sockets: 100,
		first: Buffer.concat([Buffer.from(`${HEAD}${TYPE}content-length: 1000000\r\n\r\n`), Buffer.alloc(1_000_000)]),
		each: null,
		isAgain: true,
	},
	"gzip-bombs": {
		sockets: 100,
		first: Buffer.concat([
			Buffer.from(`${HEAD}${TYPE}content-encoding: gzip\r\ncontent-length: ${BOMB.length}\r\n\r\n`),
			BOMB,
		]),
		each: null,
		isAgain: true,
	},
};

answerJobs(
	(job: AttackJob): Promise<AttackOutcome> =>
		job.attack === "rapid-resets" ? resetRapidly(job) : attackBySockets(plans[job.attack], job),
);

async function attackBySockets(plan: Plan, { port, seconds }: AttackJob): Promise<AttackOutcome> {
	const open = new Map<Socket, number>();
	let isOver = false;
	let opened = 0;
	let sent = 0;
	let longestMs = 0;
	const start = (index: number) => {
		const socket = connect({
			port,
			host: "127.0.0.1",
			localAddress: loopbackAddress(3, Math.floor(index / PER_ADDRESS)),
		});
		let openedAt = Number.NaN;
		socket.on("connect", () => {
			opened += 1;
			openedAt = performance.now();
			open.set(socket, openedAt);
			if (plan.first.length > 0) {
				sent += 1;
				socket.write(plan.first);
			}
		});
		socket.on("error", () => undefined).resume();
		socket.on("close", () => {
			open.delete(socket);
			if (!isOver && !Number.isNaN(openedAt)) longestMs = Math.max(longestMs, performance.now() - openedAt);
			if (plan.isAgain && !isOver) setTimeout(start, 20, index);
		});
	};
	for (let index = 0; index < plan.sockets; index++) {
		start(index);
		// A listening socket's queue has room for some hundreds.
		if (index % 100 === 99) await sleep(20);
	}
	const trickle = setInterval(() => {
		if (plan.each !== null) for (const socket of open.keys()) socket.write(plan.each);
	}, 1_000);
	await sleep(seconds * 1_000);
	clearInterval(trickle);
	isOver = true;
	const left = plan.isAgain ? 0 : open.size;
	for (const [socket, openedAt] of open) {
		if (!plan.isAgain) longestMs = Math.max(longestMs, performance.now() - openedAt);
		socket.destroy();
	}
	return { opened, left, sent, longestMs: plan.isAgain ? null : longestMs };
}

/** Opens streams and resets them in the same breath (CVE-2023-44487), on connections that are made anew when they are cut. */
async function resetRapidly({ grpcPort, seconds }: AttackJob): Promise<AttackOutcome> {
	let isOver = false;
	let opened = 0;
	let sent = 0;
	const attack = async (index: number) => {
		while (!isOver) {
			const localAddress = loopbackAddress(3, index);
			const session = connectHttp2(`http://127.0.0.1:${grpcPort}`, {
				createConnection: () => connect({ port: grpcPort, host: "127.0.0.1", localAddress }),
			});
			session.on("error", () => undefined);
			opened += 1;
			while (!session.destroyed && !session.closed && !isOver) {
				for (let count = 0; count < 50 && !session.destroyed && !session.closed; count++) {
					const stream = session.request({
						":path": "/coordination.v1.StatusService/GetCluster",
						":method": "POST",
						"content-type": "application/grpc",
						te: "trailers",
					});
					stream.on("error", () => undefined).close(8);
					sent += 1;
				}
				await sleep(10);
			}
			session.destroy();
			await sleep(20);
		}
	};
	const attackers = Array.from({ length: 20 }, (_, index) => attack(index));
	await sleep(seconds * 1_000);
	isOver = true;
	await Promise.all(attackers);
	return { opened, left: 0, sent, longestMs: null };
}

function sleep(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
