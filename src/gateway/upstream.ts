// Edge(grpc). Asks one node how it is. Always gives a result, never throws; calls read-only methods only.
import { create } from "@bufbuild/protobuf";
import { type Client, status } from "@grpc/grpc-js";
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
import { callUnary, openChannel, type Reply } from "./call.ts";
import {
	label,
	type Profile,
	profileOfDistributed,
	profileOfInference,
	type Vitals,
	vitalsOfDistributed,
	vitalsOfInference,
} from "./facts.ts";
import { peekPeer } from "./peek.ts";
import { type FailureKind, failure, PROTOCOLS, type ProbeResult, type Protocol } from "./probe.ts";

/** A connection to one node that remembers which protocol it speaks. */
export interface NodeClient {
	/** One question; each call within it ends after the deadline at the latest. */
	ask(signal: AbortSignal): Promise<ProbeResult>;
	close(): void;
}

/** Unanswered questions in a row after which a connection is taken for dead and replaced. */
const SILENCES_BEFORE_RECONNECT = 3;

/** A client for the node at `host:port`; connects at the first question. */
export function openNode(address: string, deadlineMs: number): NodeClient {
	let channel = openChannel(address);
	let protocol: Protocol | null = null;
	let hasProfile = false;
	let lastUptime: number | null = null;
	let silences = 0;

	const reconnect = () => {
		channel.close();
		channel = openChannel(address);
		hasProfile = false;
		silences = 0;
	};

	/** A channel that failed is thrown away: the next question connects at once, resolves the name anew, waits for no back-off. */
	const giveUp = async (code: number, details: string): Promise<ProbeResult> => {
		if (code === status.UNAVAILABLE) reconnect();
		if (code === status.DEADLINE_EXCEEDED) {
			silences += 1;
			if (silences >= SILENCES_BEFORE_RECONNECT) reconnect();
		}
		const kind = await failureKind(code, details, address, deadlineMs);
		return failure(kind, deadlineMs, label(details));
	};

	return {
		async ask(signal) {
			const order = protocol === null ? PROTOCOLS : [protocol, ...PROTOCOLS.filter((other) => other !== protocol)];
			for (const candidate of order) {
				const health = await healthOf(channel, candidate, deadlineMs, signal);
				if (!health.isOk && health.code === status.UNIMPLEMENTED) continue;
				if (!health.isOk) return giveUp(health.code, health.details);
				silences = 0;
				protocol = candidate;
				const vitals = health.message;
				if (vitals.trouble !== null) return failure("node-error", deadlineMs, vitals.trouble);
				// Less uptime than before: another process answers on what looks like the same connection.
				if (lastUptime !== null && vitals.uptimeSeconds !== null && vitals.uptimeSeconds < lastUptime)
					hasProfile = false;
				lastUptime = vitals.uptimeSeconds;
				const asked = hasProfile ? null : await profileOf(channel, candidate, deadlineMs, signal);
				if (asked !== null && (asked.isOk || asked.code === status.UNIMPLEMENTED)) hasProfile = true;
				const profile = asked?.isOk ? asked.message : null;
				return { isGood: true, protocol: candidate, latencyMs: health.elapsedMs, vitals, profile };
			}
			return failure("wrong-service", deadlineMs);
		},
		close: () => channel.close(),
	};
}

type Call<Message> = Promise<Reply<Message>>;

async function healthOf(client: Client, protocol: Protocol, deadlineMs: number, signal: AbortSignal): Call<Vitals> {
	switch (protocol) {
		case "mlx_distributed.DistributedInference": {
			const request = create(HealthCheckRequestSchema, { includeStats: true });
			const { healthCheck } = DistributedInference.method;
			return mapReply(await callUnary(client, healthCheck, request, deadlineMs, signal), vitalsOfDistributed);
		}
		case "mlx_inference.InferenceService": {
			const { healthCheck } = InferenceService.method;
			return mapReply(await callUnary(client, healthCheck, create(EmptySchema), deadlineMs, signal), vitalsOfInference);
		}
		case "grpc.health.v1.Health": {
			const reply = await callUnary(client, Health.method.check, create(CheckRequestSchema), deadlineMs, signal);
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

async function profileOf(
	client: Client,
	protocol: Protocol,
	deadlineMs: number,
	signal: AbortSignal,
): Promise<Reply<Profile> | null> {
	switch (protocol) {
		case "mlx_distributed.DistributedInference": {
			const { getCapabilities } = DistributedInference.method;
			const request = create(GetCapabilitiesRequestSchema);
			const reply = await callUnary(client, getCapabilities, request, deadlineMs, signal);
			return mapReply(reply, (message) => profileOfDistributed(message.capabilities));
		}
		case "mlx_inference.InferenceService": {
			const { getDeviceInfo } = InferenceService.method;
			const reply = await callUnary(client, getDeviceInfo, create(EmptySchema), deadlineMs, signal);
			return mapReply(reply, profileOfInference);
		}
		case "grpc.health.v1.Health":
			return null;
	}
}

function mapReply<From, To>(reply: Reply<From>, read: (message: From) => To): Reply<To> {
	return reply.isOk ? { ...reply, message: read(reply.message) } : reply;
}

/** What a gRPC code and grpc-js's words mean here; looks at the port itself where they do not tell. */
async function failureKind(code: number, details: string, address: string, timeoutMs: number): Promise<FailureKind> {
	switch (code) {
		case status.DEADLINE_EXCEEDED:
			return "no-answer";
		case status.INTERNAL:
		case status.RESOURCE_EXHAUSTED:
			// A reply that does not parse, or is larger than any node's.
			return "garbage";
		case status.UNAVAILABLE: {
			if (details.includes("ECONNREFUSED")) return "refused";
			if (/Name resolution failed|ENOTFOUND|EAI_AGAIN/.test(details)) return "name";
			if (/EHOSTUNREACH|ENETUNREACH|ETIMEDOUT/.test(details)) return "unreachable";
			const cut = address.lastIndexOf(":");
			const host = address.slice(0, cut).replace(/^\[|\]$/g, "");
			return (await peekPeer(host, Number(address.slice(cut + 1)), timeoutMs)) ?? "dropped";
		}
		case status.CANCELLED:
			return details === "stopped" ? "stopped" : "node-error";
		default:
			return "node-error";
	}
}
