// Specification of what is read from the two generations of nodes (by the field tables of their protocols).
import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import {
	DeviceCapabilitiesSchema,
	HealthCheckResponseSchema,
} from "#wire/gen/mlx_distributed/distributed_inference_pb.js";
import { DeviceInfoSchema, HealthStatusSchema } from "#wire/gen/mlx_inference/inference_service_pb.js";
import {
	label,
	profileOfDistributed,
	profileOfInference,
	vitalsOfDistributed,
	vitalsOfInference,
} from "../../../src/gateway/cluster/facts.ts";

describe("mlx_distributed.DistributedInference", () => {
	const health = (stats: Record<string, string> = {}, memoryUtilization = 41.25) =>
		vitalsOfDistributed(
			create(HealthCheckResponseSchema, {
				healthy: true,
				status: "healthy",
				uptimeSeconds: 61n,
				memoryUtilization,
				stats: { device_id: "mini1", model_loaded: "True", ...stats },
			}),
		);

	it("a healthy node: a GPU figure of 0 is one that was never measured, 0 requests are 0", () => {
		expect(health({ shard_layers: "0-10" })).toEqual({
			trouble: null,
			uptimeSeconds: 61,
			memoryUsedPercent: 41.3,
			gpuUtilizationPercent: null,
			requestsProcessed: 0,
			deviceId: "mini1",
			layers: { range: { first: 0, last: 9 } },
		});
	});

	it.each([
		["10-19", { first: 10, last: 18 }],
		["5-5", null],
		["9-3", null],
		["0-x", null],
		["-1-4", null],
	])("shard %s, its end exclusive, is %o", (text, range) => {
		expect(health({ shard_layers: text }).layers).toEqual({ range });
	});

	it("no shard is none", () => {
		expect(health().layers).toEqual({ range: null });
	});

	it.each([0, -3, 101, Number.NaN])("memory of %d %% is no measurement", (value) => {
		expect(health({}, value).memoryUsedPercent).toBeNull();
	});

	it("an unwell node says what is wrong", () => {
		const said = create(HealthCheckResponseSchema, { healthy: false, status: "error: no weights" });
		expect(vitalsOfDistributed(said).trouble).toBe("error: no weights");
	});

	it("capabilities", () => {
		const device = create(DeviceCapabilitiesSchema, {
			deviceId: "mini1",
			deviceModel: "Apple M4",
			memoryBytes: 17_179_869_184n,
		});
		expect(profileOfDistributed(device)).toMatchObject({ chip: "Apple M4", memoryBytes: 17_179_869_184 });
		expect(profileOfDistributed(create(DeviceCapabilitiesSchema))).toMatchObject({ chip: null, memoryBytes: null });
		expect(profileOfDistributed(undefined)).toMatchObject({ chip: null, memoryBytes: null });
	});
});

describe("mlx_inference.InferenceService", () => {
	it("figures come as text", () => {
		const details = { uptime_seconds: "3600", request_count: "7", gpu_utilization: "0.0%", memory_usage: "41.2%" };
		expect(vitalsOfInference(create(HealthStatusSchema, { healthy: true, deviceId: "mini2", details }))).toEqual({
			trouble: null,
			uptimeSeconds: 3600,
			memoryUsedPercent: 41.2,
			gpuUtilizationPercent: null,
			requestsProcessed: 7,
			deviceId: "mini2",
			layers: null,
		});
	});

	it("text that is no figure is unknown", () => {
		const details = { uptime_seconds: "1e9", request_count: "-1", memory_usage: "<b>41</b>" };
		expect(vitalsOfInference(create(HealthStatusSchema, { healthy: true, details }))).toMatchObject({
			uptimeSeconds: null,
			requestsProcessed: null,
			memoryUsedPercent: null,
		});
	});

	const info = (assignedLayers: number[], memory = "16") =>
		profileOfInference(
			create(DeviceInfoSchema, {
				role: "worker",
				assignedLayers,
				capabilities: { model: "Apple M4", memory_gb: memory },
			}),
		);

	it.each([
		[[10, 11, 12], { first: 10, last: 12 }],
		[[12, 10, 11, 11], { first: 10, last: 12 }],
		[[3], { first: 3, last: 3 }],
		// A first and a last would claim layer 11.
		[[10, 12], null],
		[[], null],
		[[-1, 0], null],
	])("layers %o are %o", (layers, range) => {
		expect(info(layers).layers).toEqual({ range });
	});

	it.each([
		["16", 17_179_869_184],
		["16.0", 17_179_869_184],
		["36.5", 39_191_576_576],
		["lots", null],
		["0", null],
	])("memory of %s GB is %s bytes", (text, bytes) => {
		expect(info([], text).memoryBytes).toBe(bytes);
	});
});

describe("a node's own text", () => {
	it.each([
		["plain", "Apple M4 Pro", "Apple M4 Pro"],
		["empty is unknown", "  ", null],
		["markup stays text, for the page to escape", "<b>x</b>", "<b>x</b>"],
		["control and direction characters are made visible", "a\u001b[31mb\u202ec\0", "a�[31mb�c�"],
		["too long is cut", "x".repeat(5000), "x".repeat(120)],
	])("%s", (_name, text, shown) => {
		expect(label(text)).toBe(shown);
	});
});
