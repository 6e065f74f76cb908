// Edge(grpc). Three real gRPC servers on loopback that answer as nodes do, with the figures of this machine.
import { cpus, freemem, totalmem } from "node:os";
import { create, type DescMethodUnary, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
	logVerbosity,
	type MethodDefinition,
	Server,
	ServerCredentials,
	type ServerUnaryCall,
	type sendUnaryData,
	setLogVerbosity,
} from "@grpc/grpc-js";
import { WorldError } from "#model/problem";
import { DistributedInference } from "#wire/gen/mlx_distributed/distributed_inference_pb.js";

export interface SampleNodes {
	/** id and host:port of each, in order. */
	readonly nodes: readonly { readonly id: string; readonly address: string }[];
	readonly addresses: readonly string[];
	close(): Promise<void>;
}

export const SAMPLE_PORTS = [50051, 50052, 50053];
/** Layers of a 28-layer model each sample node says it holds, end exclusive as nodes write it. */
const SHARDS = ["0-10", "10-19", "19-28"];

/**
 * Starts one sample node per port (0: any free one). Throws WorldError when a port is in use; the nodes
 * started before are closed again. InitializeShard, Forward and Shutdown are not implemented.
 */
export async function startSampleNodes(ports: readonly number[] = SAMPLE_PORTS): Promise<SampleNodes> {
	// grpc-js prints a line of its own for a port in use; the error below says it better, and once.
	setLogVerbosity(logVerbosity.NONE);
	const servers: Server[] = [];
	const close = async () => {
		for (const server of servers) server.forceShutdown();
	};
	const nodes: { id: string; address: string }[] = [];
	for (const [index, port] of ports.entries()) {
		const id = `sample-node-${index + 1}`;
		const server = sampleServer(id, SHARDS[index] ?? null);
		servers.push(server);
		try {
			nodes.push({ id, address: `127.0.0.1:${await bind(server, port)}` });
		} catch (error) {
			await close();
			throw error;
		}
	}
	return { nodes, addresses: nodes.map((node) => node.address), close };
}

function sampleServer(deviceId: string, shard: string | null): Server {
	const startedAt = performance.now();
	const server = new Server();
	const { healthCheck, getCapabilities } = DistributedInference.method;
	const answers = {
		...unary(healthCheck, (request) => ({
			healthy: true,
			status: "healthy",
			uptimeSeconds: BigInt(Math.floor((performance.now() - startedAt) / 1000)),
			memoryUtilization: (1 - freemem() / totalmem()) * 100,
			requestsProcessed: 0n,
			stats: request.includeStats
				? { device_id: deviceId, model_loaded: "False", ...(shard === null ? {} : { shard_layers: shard }) }
				: {},
		})),
		...unary(getCapabilities, () => ({
			capabilities: {
				deviceId,
				deviceModel: cpus()[0]?.model ?? "",
				memoryBytes: BigInt(totalmem()),
				cpuCores: cpus().length,
			},
		})),
	};
	server.addService(
		Object.fromEntries(Object.entries(answers).map(([name, { definition }]) => [name, definition])),
		Object.fromEntries(Object.entries(answers).map(([name, { handle }]) => [name, handle])),
	);
	return server;
}

/** A method of ours as grpc-js wants it: its definition, and a handler that cannot fail. */
function unary<Method extends DescMethodUnary>(
	method: Method,
	answer: (request: MessageShapeOf<Method["input"]>) => MessageInitShape<Method["output"]>,
) {
	type Request = MessageShapeOf<Method["input"]>;
	type Reply = MessageShapeOf<Method["output"]>;
	const definition: MethodDefinition<Request, Reply> = {
		path: `/${method.parent.typeName}/${method.name}`,
		requestStream: false,
		responseStream: false,
		requestSerialize: (message) => Buffer.from(toBinary(method.input, message)),
		requestDeserialize: (bytes) => fromBinary(method.input, bytes) as Request,
		responseSerialize: (message) => Buffer.from(toBinary(method.output, message)),
		responseDeserialize: (bytes) => fromBinary(method.output, bytes) as Reply,
	};
	const handle = (call: ServerUnaryCall<Request, Reply>, reply: sendUnaryData<Reply>) =>
		reply(null, create(method.output, answer(call.request)) as Reply);
	return { [method.name]: { definition, handle } };
}

type MessageShapeOf<Desc extends DescMethodUnary["input"]> = import("@bufbuild/protobuf").MessageShape<Desc>;

function bind(server: Server, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
			if (error === null) resolve(bound);
			else {
				const hint = "stop what listens there, or name real nodes with --nodes host:port,…";
				reject(new WorldError(`port ${port} on 127.0.0.1, which a sample node needs, cannot be had`, hint, error));
			}
		});
	});
}
