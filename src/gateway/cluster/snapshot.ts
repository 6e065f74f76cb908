// Pure. The reducer: what is known of a node + one probe's result -> what is known now. Times are handed in.
import type { NodeState } from "#model/age";
import type { NodeStatus } from "#model/snapshot";
import type { NodeTls } from "../nodes/tls.ts";
import type { Profile, Vitals } from "./facts.ts";
import type { ProbeResult, Protocol } from "./probe.ts";

/** A node to ask. */
export interface GatewayNode {
	readonly id: string;
	/** host:port */
	readonly address: string;
	/** Started by the product itself. */
	readonly isSample: boolean;
	/** Absent or null: asked in plaintext. */
	readonly tls?: NodeTls | null;
	/** Found in a file or through DNS, not typed by the operator: the rules for its port are stricter. */
	readonly isDiscovered?: boolean;
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
	/** When a good result last followed a bad one, or the other way round; monotonic. */
	readonly turnedAt: number | null;
	readonly isFlapping: boolean;
	/** Round trips of the last good answers, oldest first, ms. */
	readonly trips: readonly number[];
	/** While slow: the round trip that 95 % of them stay within, as it is shown; null: not slow. */
	readonly slowMs: number | null;
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
/** Flapping: this many changes between good and bad in the last ten results; over a minute after the last change. */
const RECENT = 10;
const CHANGES_TO_FLAP = 4;
const CALM_MS = 60_000;
/** Slow: the last three good answers each took longer than this; over when two in a row did not. */
const SLOW_MS = 1_000;
const SLOW_ANSWERS = 3;
const QUICK_ANSWERS = 2;
/** Of so many answers 95 % are found; what is shown of them moves by more than a quarter or not at all. */
const TRIPS = 20;
const SLOW_TOLERANCE = 0.25;
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
		turnedAt: null,
		isFlapping: false,
		trips: [],
		slowMs: null,
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
	if (!result.isGood && result.kind === "not-asked") return notAsked(record, result.reason);
	const recent = [...record.recent, result.isGood].slice(-RECENT);
	const isTurn = record.recent.length > 0 && record.recent.at(-1) !== result.isGood;
	const turnedAt = isTurn ? at.monotonicMs : record.turnedAt;
	const isFlapping = flaps(recent, record.isFlapping, turnedAt === null ? 0 : at.monotonicMs - turnedAt);
	const base = { ...record, recent, turnedAt, isFlapping, checkedAt: at.monotonicMs };
	return result.isGood ? afterGood(base, result, at) : afterBad(base, result);
}

/** Whether the last result speaks against the shown state, so that asking again soon is worth it. */
export function isDoubtful(record: NodeRecord): boolean {
	const isLastSlow = (record.trips.at(-1) ?? 0) > SLOW_MS;
	return record.doubts > 0 || (record.health === "up" && isLastSlow !== (record.slowMs !== null));
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
	if (record.slowMs !== null) {
		return { state: "degraded", reason: `slow: 95 % of answers come within ${(record.slowMs / 1000).toFixed(1)} s` };
	}
	return { state: "serving", reason: "" };
}

function afterGood(record: NodeRecord, result: Extract<ProbeResult, { isGood: true }>, at: Moment): NodeRecord {
	// From `unknown` one good answer is enough: there was no fall to come back from.
	const successes = record.health === "down" ? record.doubts + 1 : 0;
	const isUp = record.health !== "down" || successes >= SUCCESSES_TO_UP;
	const trips = [...record.trips, Math.round(result.latencyMs * 10) / 10].slice(-TRIPS);
	const uptimeSeconds = result.vitals.uptimeSeconds;
	return {
		...record,
		health: isUp ? "up" : "down",
		reason: isUp ? "" : record.reason,
		doubts: isUp ? 0 : successes,
		trips,
		slowMs: slowness(trips, record.slowMs),
		goodAt: at.monotonicMs - (result.heldMs ?? 0),
		latencyMs: trips.at(-1) ?? null,
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

/** A node that may not be asked: whatever was known of it is no longer looked after. */
function notAsked(record: NodeRecord, reason: string): NodeRecord {
	if (record.reason === reason && record.health === "unknown") return record;
	return { ...newRecord(record.node), goodAt: record.goodAt, checkedAt: record.checkedAt, reason };
}

/** `calmMs`: since the last change. */
function flaps(recent: readonly boolean[], was: boolean, calmMs: number): boolean {
	const changes = recent.filter((good, index) => index > 0 && good !== recent[index - 1]).length;
	// A node asked once a minute is calm for a minute between any two questions, so its results count as well.
	return changes >= CHANGES_TO_FLAP || (was && calmMs < CALM_MS);
}

/** The figure shown of a slow node (null: it is not slow) after one more answer; `was` is the one shown before. */
function slowness(trips: readonly number[], was: number | null): number | null {
	const last = trips.slice(-SLOW_ANSWERS);
	const isSlow =
		was === null
			? last.length === SLOW_ANSWERS && last.every((trip) => trip > SLOW_MS)
			: last.slice(-QUICK_ANSWERS).some((trip) => trip > SLOW_MS);
	if (!isSlow) return null;
	const sorted = trips.toSorted((a, b) => a - b);
	const now = sorted[Math.ceil(0.95 * sorted.length) - 1] ?? 0;
	return was !== null && Math.abs(now - was) <= SLOW_TOLERANCE * was ? was : now;
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
