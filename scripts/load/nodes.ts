// Edge(grpc). A process of its own: many nodes on loopback addresses, one server that answers for all of them.
import { create, toBinary } from "@bufbuild/protobuf";
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import { DistributedInference } from "#wire/gen/mlx_distributed/distributed_inference_pb.js";
import { answerJobs } from "./child.ts";
import { loopbackAddress, type NodesJob, type NodesReady } from "./messages.ts";

const { healthCheck, getCapabilities } = DistributedInference.method;
const startedAt = performance.now();

/** Answers are encoded once a second, so that many nodes cost little beside the gateway that is measured. */
let health = { bytes: healthBytes(), at: performance.now() };

function healthBytes(): Buffer {
	const uptimeSeconds = BigInt(Math.floor((performance.now() - startedAt) / 1_000));
	const stats = { device_id: "node", model_loaded: "True", shard_layers: "0-10" };
	const message = create(healthCheck.output, {
		healthy: true,
		status: "healthy",
		uptimeSeconds,
		memoryUtilization: 40 + Math.random() * 5,
		requestsProcessed: uptimeSeconds * 3n,
		stats,
	});
	return Buffer.from(toBinary(healthCheck.output, message));
}

const capabilities = Buffer.from(
	toBinary(
		getCapabilities.output,
		create(getCapabilities.output, {
			capabilities: { deviceId: "node", deviceModel: "Apple M4 Pro", memoryBytes: 68_719_476_736n, cpuCores: 14 },
		}),
	),
);

function method(path: string) {
	const same = (bytes: Buffer) => bytes;
	return {
		path,
		requestStream: false,
		responseStream: false,
		requestSerialize: same,
		requestDeserialize: same,
		responseSerialize: same,
		responseDeserialize: same,
	};
}

type Reply = sendUnaryData<Buffer>;

answerJobs(async ({ count }: NodesJob): Promise<NodesReady> => {
	const service = DistributedInference.typeName;
	const server = new Server();
	server.addService(
		{ health: method(`/${service}/${healthCheck.name}`), capabilities: method(`/${service}/${getCapabilities.name}`) },
		{
			health: (_: ServerUnaryCall<Buffer, Buffer>, reply: Reply) => {
				if (performance.now() - health.at > 1_000) health = { bytes: healthBytes(), at: performance.now() };
				reply(null, health.bytes);
			},
			capabilities: (_: ServerUnaryCall<Buffer, Buffer>, reply: Reply) => reply(null, capabilities),
		},
	);
	const addresses: string[] = [];
	let port = 0;
	for (let index = 0; index < count; index++) {
		const host = loopbackAddress(1, index);
		// The first takes any free port, the others the same one on addresses of their own.
		port = await bind(server, `${host}:${port}`);
		addresses.push(`${host}:${port}`);
	}
	return { addresses };
});

function bind(server: Server, address: string): Promise<number> {
	return new Promise((resolve, reject) => {
		server.bindAsync(address, ServerCredentials.createInsecure(), (error, port) =>
			error === null ? resolve(port) : reject(error),
		);
	});
}
