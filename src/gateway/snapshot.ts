// Pure. The reducer: what is known of a node + one probe's result -> what is known now. Times are handed in.
import type { NodeState } from "#model/age";
import type { NodeStatus } from "#model/snapshot";
import type { Profile, Vitals } from "./facts.ts";
import type { ProbeResult, Protocol } from "./probe.ts";

/** A node to ask. */
export interface GatewayNode {
	readonly id: string;
	/** host:port */
	readonly address: string;
	/** Started by the product itself. */
	readonly isSample: boolean;
}

/** A moment: `monotonicMs` is what ages are made of, `wallMs` is only for dates people read. */
export interface Moment {
	readonly monotonicMs: number;
	readonly wallMs: number;
}

/** Everything known of a node; never shown as it is, `nodeStatus` makes the shown form. */
export interface NodeRecord {
	readonly node: GatewayNode;
	readonly health: "unknown" | "up" | "down";
	/** Why it is not up; empty when up. */
	readonly reason: string;
	/** Results in a row that speak against `health`. */
	readonly doubts: number;
	/** Whether each of the last results was good, oldest first. */
	readonly recent: readonly boolean[];
	/** Of the last good answers, oldest first, whether each was slow. */
	readonly slowness: readonly boolean[];
	readonly isFlapping: boolean;
	readonly isSlow: boolean;
	readonly goodAt: number | null;
	readonly checkedAt: number | null;
	readonly latencyMs: number | null;
	readonly protocol: Protocol | null;
	readonly startedAtMs: number | null;
	readonly uptimeSeconds: number | null;
	/** Last known; kept while the node is silent. */
	readonly vitals: Vitals | null;
	readonly profile: Profile | null;
}

/** Failures in a row that take a node down, successes in a row that bring it up again. */
const FAILURES_TO_DOWN = 3;
const SUCCESSES_TO_UP = 2;
/** Flapping: this many changes between good and bad in the last ten results; over when at most one is left. */
const RECENT = 10;
const CHANGES_TO_FLAP = 4;
const CHANGES_TO_CALM = 1;
/** Slow: the last three good answers each took longer than this; over when two in a row did not. */
const SLOW_MS = 1_000;
const SLOW_ANSWERS = 3;
const QUICK_ANSWERS = 2;
/** Uptime comes in whole seconds and takes a while to travel: a start time moves only by more than this. */
const START_TOLERANCE_MS = 10_000;

/** A node nobody has asked yet. A gateway that has just started knows nothing: `unknown`, never red. */
export function newRecord(node: GatewayNode): NodeRecord {
	return {
		node,
		health: "unknown",
		reason: "not asked yet",
		doubts: 0,
		recent: [],
		slowness: [],
		isFlapping: false,
		isSlow: false,
		goodAt: null,
		checkedAt: null,
		latencyMs: null,
		protocol: null,
		startedAtMs: null,
		uptimeSeconds: null,
		vitals: null,
		profile: null,
	};
}

/** What is known after one more result. A question we ended ourselves teaches nothing. */
export function reduceProbe(record: NodeRecord, result: ProbeResult, at: Moment): NodeRecord {
	if (!result.isGood && result.kind === "stopped") return record;
	const recent = [...record.recent, result.isGood].slice(-RECENT);
	const base = { ...record, recent, isFlapping: flaps(recent, record.isFlapping), checkedAt: at.monotonicMs };
	return result.isGood ? afterGood(base, result, at) : afterBad(base, result);
}

/** Whether the last result speaks against the shown state, so that asking again soon is worth it. */
export function isDoubtful(record: NodeRecord): boolean {
	return record.doubts > 0;
}

/** The shown form, with ages as of `nowMs` on the monotonic clock. */
export function nodeStatus(record: NodeRecord, nowMs: number): NodeStatus {
	const { node, vitals, profile } = record;
	const layers = vitals?.layers ?? profile?.layers ?? null;
	return {
		id: node.id,
		address: node.address,
		...stateOf(record),
		ageMs: since(record.goodAt, nowMs),
		checkedMs: since(record.checkedAt, nowMs),
		latencyMs: record.latencyMs,
		protocol: record.protocol,
		startedAt: record.startedAtMs === null ? null : new Date(record.startedAtMs).toISOString(),
		memoryBytes: profile?.memoryBytes ?? null,
		memoryUsedPercent: vitals?.memoryUsedPercent ?? null,
		gpuUtilizationPercent: vitals?.gpuUtilizationPercent ?? null,
		chip: profile?.chip ?? null,
		deviceId: profile?.deviceId ?? vitals?.deviceId ?? null,
		role: profile?.role ?? null,
		layers: layers?.range ?? null,
		requestsProcessed: vitals?.requestsProcessed ?? null,
		isSample: node.isSample,
	};
}

function stateOf(record: NodeRecord): { state: NodeState; reason: string } {
	if (record.health === "unknown") return { state: "unknown", reason: record.reason };
	// One state for all of a restless time, instead of one that blinks.
	if (record.isFlapping) return { state: "degraded", reason: "flapping: answers come and go" };
	if (record.health === "down") return { state: "not-serving", reason: record.reason };
	if (record.isSlow) return { state: "degraded", reason: `slow: answers take over ${SLOW_MS / 1000} s` };
	return { state: "serving", reason: "" };
}

function afterGood(record: NodeRecord, result: Extract<ProbeResult, { isGood: true }>, at: Moment): NodeRecord {
	// From `unknown` one good answer is enough: there was no fall to come back from.
	const successes = record.health === "down" ? record.doubts + 1 : 0;
	const isUp = record.health !== "down" || successes >= SUCCESSES_TO_UP;
	const slowness = [...record.slowness, result.latencyMs > SLOW_MS].slice(-SLOW_ANSWERS);
	const uptimeSeconds = result.vitals.uptimeSeconds;
	return {
		...record,
		health: isUp ? "up" : "down",
		reason: isUp ? "" : record.reason,
		doubts: isUp ? 0 : successes,
		slowness,
		isSlow: slows(slowness, record.isSlow),
		goodAt: at.monotonicMs,
		latencyMs: Math.round(result.latencyMs * 10) / 10,
		protocol: result.protocol,
		uptimeSeconds,
		startedAtMs: startOf(record, uptimeSeconds, at.wallMs),
		vitals: result.vitals,
		profile: result.profile ?? record.profile,
	};
}

function afterBad(record: NodeRecord, result: Extract<ProbeResult, { isGood: false }>): NodeRecord {
	// Of a server without any health service nothing is known, however often it is asked.
	if (result.kind === "wrong-service") return { ...record, health: "unknown", reason: result.reason, doubts: 0 };
	if (record.health === "down") return { ...record, reason: result.reason, doubts: 0 };
	const doubts = record.doubts + 1;
	const isDown = doubts >= FAILURES_TO_DOWN;
	return {
		...record,
		health: isDown ? "down" : record.health,
		// An unknown node says at once what stands in the way; an up one is up until it is down.
		reason: isDown || record.health === "unknown" ? result.reason : "",
		doubts: isDown ? 0 : doubts,
	};
}

function flaps(recent: readonly boolean[], was: boolean): boolean {
	const changes = recent.filter((good, index) => index > 0 && good !== recent[index - 1]).length;
	return was ? changes > CHANGES_TO_CALM : changes >= CHANGES_TO_FLAP;
}

function slows(slowness: readonly boolean[], was: boolean): boolean {
	if (was) return slowness.slice(-QUICK_ANSWERS).some((slow) => slow);
	return slowness.length === SLOW_ANSWERS && slowness.every((slow) => slow);
}

/** When the node started, in whole seconds; the same value as before unless the node really is another run. */
function startOf(record: NodeRecord, uptimeSeconds: number | null, wallMs: number): number | null {
	if (uptimeSeconds === null) return null;
	const started = Math.floor(wallMs / 1000 - uptimeSeconds) * 1000;
	const before = record.startedAtMs;
	const isSameRun = before !== null && record.uptimeSeconds !== null && uptimeSeconds >= record.uptimeSeconds;
	return isSameRun && Math.abs(started - before) <= START_TOLERANCE_MS ? before : started;
}

function since(instant: number | null, nowMs: number): number | null {
	return instant === null ? null : Math.max(0, Math.round(nowMs - instant));
}
