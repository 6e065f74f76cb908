// Pure. What a node's own messages say, in the model's terms. A value a node never really sets is unknown (null), not 0.
import type {
	DeviceCapabilities,
	HealthCheckResponse as DistributedHealth,
} from "#wire/gen/mlx_distributed/distributed_inference_pb.js";
import type { DeviceInfo, HealthStatus } from "#wire/gen/mlx_inference/inference_service_pb.js";

/** What one health answer says; moves at each poll. */
export interface Vitals {
	/** Null: the node is well. Otherwise what it says is wrong. */
	readonly trouble: string | null;
	readonly uptimeSeconds: number | null;
	readonly memoryUsedPercent: number | null;
	readonly gpuUtilizationPercent: number | null;
	readonly requestsProcessed: number | null;
	readonly deviceId: string | null;
	/** Null: not said in a health answer of this protocol. */
	readonly layers: LayersSaid | null;
}

/** Layers as said: `range` null means the node holds none, or none that a first and a last can tell. */
interface LayersSaid {
	readonly range: { readonly first: number; readonly last: number } | null;
}

/** What a node says about itself when asked once per connection. */
export interface Profile {
	readonly deviceId: string | null;
	readonly chip: string | null;
	readonly memoryBytes: number | null;
	readonly role: string | null;
	readonly layers: LayersSaid | null;
}

/** Longest text kept of anything a node says about itself. */
const LABEL_MAX = 120;

/**
 * A node's text, fit to be shown: at most 120 characters; control and direction-changing characters, which
 * could make a page or a terminal show something else, become U+FFFD. Empty is unknown (null).
 */
export function label(text: string | undefined): string | null {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
	const clean = (text ?? "").replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
	const short = [...clean.slice(0, LABEL_MAX * 2)].slice(0, LABEL_MAX).join("").trim();
	return short === "" ? null : short;
}

export function vitalsOfDistributed(health: DistributedHealth): Vitals {
	return {
		trouble: health.healthy ? null : (label(health.status) ?? "not healthy"),
		uptimeSeconds: count(health.uptimeSeconds),
		memoryUsedPercent: percent(health.memoryUtilization),
		gpuUtilizationPercent: percent(health.gpuUtilization),
		requestsProcessed: count(health.requestsProcessed),
		deviceId: label(health.stats.device_id),
		// Left out by a node that holds no shard, so its absence says "none".
		layers: { range: halfOpenRange(health.stats.shard_layers) },
	};
}

export function profileOfDistributed(device: DeviceCapabilities | undefined): Profile {
	return {
		deviceId: label(device?.deviceId),
		chip: label(device?.deviceModel),
		memoryBytes: device === undefined || device.memoryBytes <= 0n ? null : count(device.memoryBytes),
		role: null,
		layers: null,
	};
}

export function vitalsOfInference(health: HealthStatus): Vitals {
	const { details } = health;
	return {
		trouble: health.healthy ? null : "not healthy",
		uptimeSeconds: digits(details.uptime_seconds),
		memoryUsedPercent: percent(decimal(details.memory_usage)),
		gpuUtilizationPercent: percent(decimal(details.gpu_utilization)),
		requestsProcessed: digits(details.request_count),
		deviceId: label(health.deviceId),
		layers: null,
	};
}

export function profileOfInference(info: DeviceInfo): Profile {
	const gibibytes = decimal(info.capabilities.memory_gb);
	return {
		deviceId: label(info.deviceId),
		chip: label(info.capabilities.model),
		memoryBytes: gibibytes === null || gibibytes <= 0 ? null : Math.round(gibibytes * 2 ** 30),
		role: label(info.role),
		layers: { range: rangeOfList(info.assignedLayers) },
	};
}

function count(value: bigint): number | null {
	return value >= 0n && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : null;
}

/** 0 reads as unknown: no machine uses exactly none of its memory, and nodes send 0 for what they do not measure. */
function percent(value: number | null): number | null {
	return value !== null && value > 0 && value <= 100 ? Math.round(value * 10) / 10 : null;
}

function digits(text: string | undefined): number | null {
	return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** `41.2%`, `64`, `64.0 GB` → the number it starts with. */
function decimal(text: string | undefined): number | null {
	const found = /^\d{1,9}(\.\d{1,9})?(?=\s*(%|GB|GiB)?$)/.exec(text ?? "");
	return found === null ? null : Number(found[0]);
}

/** `0-10` (end exclusive) → 0 to 9. */
function halfOpenRange(text: string | undefined): LayersSaid["range"] {
	const found = /^(\d{1,6})-(\d{1,6})$/.exec(text ?? "");
	if (found === null) return null;
	const first = Number(found[1]);
	const last = Number(found[2]) - 1;
	return first <= last ? { first, last } : null;
}

/** Only a list without gaps can be told by its ends; one with gaps reads as unknown rather than as more than it holds. */
function rangeOfList(layers: readonly number[]): LayersSaid["range"] {
	const sorted = [...new Set(layers)].sort((a, b) => a - b);
	const first = sorted[0];
	const last = sorted.at(-1);
	if (first === undefined || last === undefined || first < 0) return null;
	return last - first + 1 === sorted.length ? { first, last } : null;
}
