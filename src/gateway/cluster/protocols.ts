// Edge(grpc). What is asked in each protocol a node may speak, and what the answers say. Read-only methods only.
import { create } from "@bufbuild/protobuf";
import {
	HealthCheckRequestSchema as CheckRequestSchema,
	Health,
	HealthCheckResponse_ServingStatus as ServingStatus,
} from "#wire/gen/grpc/health/v1/health_pb.js";
import {
	DistributedInference,
	GetCapabilitiesRequestSchema,
	HealthCheckRequestSchema,
} from "#wire/gen/mlx_distributed/distributed_inference_pb.js";
import { EmptySchema, InferenceService } from "#wire/gen/mlx_inference/inference_service_pb.js";
import { callUnary, type Reply } from "./call.ts";
import type { Channel } from "./channel.ts";
import {
	type Profile,
	profileOfDistributed,
	profileOfInference,
	type Vitals,
	vitalsOfDistributed,
	vitalsOfInference,
} from "./facts.ts";
import type { Protocol } from "./probe.ts";

type Call<Message> = Promise<Reply<Message>>;

/** One health question in a protocol. */
export async function healthOf(
	channel: Channel,
	protocol: Protocol,
	deadlineMs: number,
	signal: AbortSignal,
): Call<Vitals> {
	switch (protocol) {
		case "mlx_distributed.DistributedInference": {
			const request = create(HealthCheckRequestSchema, { includeStats: true });
			const { healthCheck } = DistributedInference.method;
			return mapReply(await callUnary(channel, healthCheck, request, deadlineMs, signal), vitalsOfDistributed);
		}
		case "mlx_inference.InferenceService": {
			const { healthCheck } = InferenceService.method;
			return mapReply(
				await callUnary(channel, healthCheck, create(EmptySchema), deadlineMs, signal),
				vitalsOfInference,
			);
		}
		case "grpc.health.v1.Health": {
			const reply = await callUnary(channel, Health.method.check, create(CheckRequestSchema), deadlineMs, signal);
			return mapReply(reply, (message) => ({
				trouble: message.status === ServingStatus.SERVING ? null : (ServingStatus[message.status] ?? "not healthy"),
				uptimeSeconds: null,
				memoryUsedPercent: null,
				gpuUtilizationPercent: null,
				requestsProcessed: null,
				deviceId: null,
				layers: null,
			}));
		}
	}
}

/** What a node says about itself; null: the protocol has no words for it. */
export async function profileOf(
	channel: Channel,
	protocol: Protocol,
	deadlineMs: number,
	signal: AbortSignal,
): Promise<Reply<Profile> | null> {
	switch (protocol) {
		case "mlx_distributed.DistributedInference": {
			const { getCapabilities } = DistributedInference.method;
			const request = create(GetCapabilitiesRequestSchema);
			const reply = await callUnary(channel, getCapabilities, request, deadlineMs, signal);
			return mapReply(reply, (message) => profileOfDistributed(message.capabilities));
		}
		case "mlx_inference.InferenceService": {
			const { getDeviceInfo } = InferenceService.method;
			const reply = await callUnary(channel, getDeviceInfo, create(EmptySchema), deadlineMs, signal);
			return mapReply(reply, profileOfInference);
		}
		case "grpc.health.v1.Health":
			return null;
	}
}

function mapReply<From, To>(reply: Reply<From>, read: (message: From) => To): Reply<To> {
	return reply.isOk ? { ...reply, message: read(reply.message) } : reply;
}
