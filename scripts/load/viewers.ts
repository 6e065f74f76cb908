// Edge(net, clock). A process of its own: viewers who ask at the times they are due, whatever became of those before (open
// loop), so that an answer that comes late counts for all who waited behind it.
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { GetClusterRequestSchema, GetClusterResponseSchema } from "#wire/gen/coordination/v1/status_pb.js";
import { answerJobs } from "./child.ts";
import { type Connection, openConnection } from "./exchange.ts";
import { loopbackAddress, type Second, type ViewersJob, type ViewersOutcome } from "./messages.ts";

/** Due longer ago than this, a request counts as failed. */
const PATIENCE_MS = 10_000;
/** How often the version that viewers hold is looked up, and an answer read to its end. */
const LOOK_MS = 1_000;

interface Due {
	readonly at: number;
	readonly second: number;
}

answerJobs(async (job: ViewersJob): Promise<ViewersOutcome> => {
	const { port, phases, connections, addresses } = job;
	const seconds: { due: number; shed: number; failed: number; waits: number[] }[] = [];
	const failures: Record<string, number> = {};
	const free: Connection[] = [];
	const queue: Due[] = [];
	let opened = 0;
	let made = 0;
	let bytes = 0;
	let pending = 0;
	let known = 0n;
	let turn = 0;
	let requests = requestsFor(known, job);

	const settle = (due: Due, kind: string) => {
		pending -= 1;
		const second = seconds[due.second] as (typeof seconds)[number];
		if (kind === "answered") second.waits.push(performance.now() - due.at);
		else if (kind === "shed") second.shed += 1;
		else {
			second.failed += 1;
			failures[kind] = (failures[kind] ?? 0) + 1;
		}
	};
	const send = (due: Due) => {
		let connection = free.pop();
		while (connection !== undefined && !connection.isOpen()) {
			opened -= 1;
			connection = free.pop();
		}
		if (connection === undefined) {
			if (opened >= connections) return false;
			opened += 1;
			connection = openConnection(port, loopbackAddress(2, made++ % addresses));
		}
		const used = connection;
		turn += job.wholeShare;
		const isWhole = turn >= 1;
		if (isWhole) turn -= 1;
		const timer = setTimeout(() => used.close(), PATIENCE_MS);
		used.ask(isWhole ? requests.whole : requests.unchanged, (kind, body) => {
			clearTimeout(timer);
			bytes += body.length;
			settle(due, kind);
			if (used.isOpen()) free.push(used);
			else opened -= 1;
			// Whoever waited longest goes next.
			const next = queue.shift();
			if (next !== undefined && !send(next)) queue.unshift(next);
		});
		return true;
	};

	const look = async () => {
		const body = Buffer.from(
			await (await fetch(`http://127.0.0.1:${job.versionFrom ?? port}/live/cluster`)).arrayBuffer(),
		);
		// Turned away: the version held before is still good enough to ask with.
		if (body[0] !== 0) return;
		const reply = fromBinary(GetClusterResponseSchema, body.subarray(5, 5 + body.readUInt32BE(1)));
		if (!reply.complete) throw new Error("the gateway's answer is not whole");
		known = reply.version;
		requests = requestsFor(known, job);
	};
	await look();
	const looking = setInterval(() => void look().catch(() => undefined), LOOK_MS);

	const startedAt = performance.now();
	let begun = startedAt;
	for (const { rate, seconds: length } of phases) {
		const count = Math.round(rate * length);
		for (let sent = 0; sent < count; ) {
			const now = performance.now();
			const upTo = Math.min(count, Math.floor(((now - begun) * rate) / 1_000) + 1);
			for (; sent < upTo; sent++) {
				const at = begun + (sent * 1_000) / rate;
				const second = Math.floor((at - startedAt) / 1_000);
				while (seconds.length <= second) seconds.push({ due: 0, shed: 0, failed: 0, waits: [] });
				(seconds[second] as (typeof seconds)[number]).due += 1;
				pending += 1;
				const due = { at, second };
				if (queue.length > 0 || !send(due)) queue.push(due);
			}
			while (queue.length > 0 && now - (queue[0] as Due).at > PATIENCE_MS)
				settle(queue.shift() as Due, "waited in vain");
			await new Promise((resolve) => setTimeout(resolve, 1));
		}
		begun += length * 1_000;
	}
	const giveUpAt = performance.now() + PATIENCE_MS;
	while (pending > 0 && performance.now() < giveUpAt) await new Promise((resolve) => setTimeout(resolve, 10));
	clearInterval(looking);
	for (const due of queue.splice(0)) settle(due, "waited in vain");
	for (const connection of free) connection.close();

	const waits = seconds.flatMap((second) => second.waits).sort((a, b) => a - b);
	const total = (of: (second: (typeof seconds)[number]) => number) => seconds.reduce((sum, one) => sum + of(one), 0);
	return {
		due: total(({ due }) => due),
		answered: waits.length,
		shed: total(({ shed }) => shed),
		failures,
		p50: at(waits, 0.5),
		p99: at(waits, 0.99),
		max: at(waits, 1),
		bytes,
		seconds: seconds.map(({ due, shed, failed, waits: own }): Second => {
			own.sort((a, b) => a - b);
			return { due, shed, failed, answered: own.length, p99: own.length === 0 ? null : at(own, 0.99) };
		}),
	};
});

function at(sorted: readonly number[], share: number): number {
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function requestsFor(known: bigint, { isGzip }: ViewersJob): { whole: Buffer; unchanged: Buffer } {
	return { whole: requestOf(0n, isGzip), unchanged: requestOf(known, isGzip) };
}

/** As a browser sends it, with the headers of one. */
function requestOf(knownVersion: bigint, isGzip: boolean): Buffer {
	const message = toBinary(GetClusterRequestSchema, create(GetClusterRequestSchema, { knownVersion }));
	const prefix = Buffer.alloc(5);
	prefix.writeUInt32BE(message.length, 1);
	const head = [
		"POST /coordination.v1.StatusService/GetCluster HTTP/1.1",
		"host: localhost",
		"content-type: application/grpc-web+proto",
		"accept: application/grpc-web+proto",
		"x-grpc-web: 1",
		"x-user-agent: grpc-web-javascript/0.1",
		"grpc-timeout: 5000m",
		"user-agent: Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
		"accept-language: en",
		"referer: http://localhost/status/",
		...(isGzip ? ["accept-encoding: gzip, deflate, br, zstd"] : []),
		`content-length: ${5 + message.length}`,
		"",
		"",
	];
	return Buffer.concat([Buffer.from(head.join("\r\n")), prefix, message]);
}
