// Edge(grpc). A node that answers as its script says, question by question: for what no real node does on demand.

import { create, toBinary } from "@bufbuild/protobuf";
import { Server, ServerCredentials, status } from "@grpc/grpc-js";
import { HealthCheckResponseSchema } from "#wire/gen/mlx_distributed/distributed_inference_pb.js";

/** `fail`: UNAVAILABLE · `hang`: no answer ever · a number: well, after so many ms. */
export type Scripted = "well" | "fail" | "hang" | number;

export interface ScriptedNode {
	readonly address: string;
	readonly port: number;
	/** Health questions heard so far. */
	asked(): number;
	close(): Promise<void>;
}

/** Starts a node; `answer` gets the number of the health question, from 0. Any other method is not implemented. */
export async function startScriptedNode(
	answer: (question: number) => Scripted,
	port = 0,
	host = "127.0.0.1",
): Promise<ScriptedNode> {
	const server = new Server();
	const startedAt = performance.now();
	const raw = (bytes: Buffer) => bytes;
	let asked = 0;
	const wellReply = () =>
		Buffer.from(
			toBinary(
				HealthCheckResponseSchema,
				create(HealthCheckResponseSchema, {
					healthy: true,
					status: "healthy",
					uptimeSeconds: BigInt(Math.floor((performance.now() - startedAt) / 1000)),
				}),
			),
		);
	server.addService(
		{
			HealthCheck: {
				path: "/mlx_distributed.DistributedInference/HealthCheck",
				requestStream: false,
				responseStream: false,
				requestSerialize: raw,
				requestDeserialize: raw,
				responseSerialize: raw,
				responseDeserialize: raw,
			},
		},
		{
			HealthCheck(_call: unknown, reply: (error: { code: number; details: string } | null, value?: Buffer) => void) {
				const next = answer(asked++);
				if (next === "fail") reply({ code: status.UNAVAILABLE, details: "scripted" });
				else if (next === "well") reply(null, wellReply());
				else if (typeof next === "number") setTimeout(() => reply(null, wellReply()), next);
			},
		},
	);
	const bound = await new Promise<number>((resolve, reject) => {
		server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, at) =>
			error ? reject(error) : resolve(at),
		);
	});
	return {
		address: `${host}:${bound}`,
		port: bound,
		asked: () => asked,
		close: async () => server.forceShutdown(),
	};
}
