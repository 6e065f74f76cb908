// Pure. The last hour of each node, a byte a minute: the worst state shown within it, 0 where nobody asked.
import type { NodeState } from "#model/age";
import { type ClusterHistory, historyByte, historyState } from "#wire/map";

/** Whole minutes shown. One more is kept: the one that is not over yet. */
const SHOWN = 60;
const KEPT = SHOWN + 1;

/** A history as it outlives the gateway. Minutes are counted from 1970. */
export interface HistoryJson {
	/** The newest minute of every strip; it need not have been whole. */
	readonly minute: number;
	/** By node id: a digit a minute, oldest first, at most 61, the last of them `minute`. */
	readonly nodes: Readonly<Record<string, string>>;
}

export interface History {
	/** Notes that `state` was shown of a node within `minute`; minutes between its last one and this are without data. */
	note(id: string, minute: number, state: NodeState): void;
	/** Forgets the nodes that are not listed. */
	keep(ids: ReadonlySet<string>): void;
	/** The strips up to `minute`, which must be over; null: nothing was noted up to it. */
	until(minute: number): ClusterHistory | null;
	/** Everything, `minute` being the one that runs. */
	toJson(minute: number): HistoryJson;
}

/** A node's ring: minute m stands at m modulo its length, and holds what was noted from `last` - 60 to `last`. */
interface Strip {
	last: number;
	readonly bytes: Uint8Array;
}

/** From best to worst. Nothing known is worse than limping, and better than known to be down. */
const WORSE: readonly NodeState[] = ["serving", "degraded", "unknown", "not-serving"];

/**
 * A history, empty or as it was (`restored`), at `minute`. What was restored of minutes to come, from a clock that was
 * ahead, is left out.
 */
export function openHistory(restored: HistoryJson | null, minute: number): History {
	const strips = new Map<string, Strip>();
	for (const [id, digits] of restored === null ? [] : Object.entries(restored.nodes)) {
		if (restored === null || restored.minute > minute) break;
		for (const [index, digit] of [...digits].entries()) {
			const state = historyState(Number(digit));
			if (state !== null) note(id, restored.minute - digits.length + 1 + index, state);
		}
	}

	function note(id: string, at: number, state: NodeState): void {
		const strip = strips.get(id) ?? { last: at - KEPT, bytes: new Uint8Array(KEPT) };
		strips.set(id, strip);
		if (at <= strip.last - KEPT) return;
		for (let gap = Math.max(strip.last + 1, at - KEPT + 1); gap <= at; gap += 1) strip.bytes[gap % KEPT] = 0;
		strip.last = Math.max(strip.last, at);
		strip.bytes[at % KEPT] = worse(strip.bytes[at % KEPT]!, historyByte(state));
	}

	return {
		note,
		keep(ids) {
			for (const id of strips.keys()) if (!ids.has(id)) strips.delete(id);
		},
		until(to) {
			const byNode = Object.fromEntries([...strips].map(([id, strip]) => [id, read(strip, to, SHOWN)]));
			return Object.values(byNode).some((bytes) => bytes.length > 0) ? { minute: to, byNode } : null;
		},
		toJson: (to) => ({
			minute: to,
			nodes: Object.fromEntries([...strips].map(([id, strip]) => [id, read(strip, to, KEPT).join("")])),
		}),
	};
}

/** What `toJson` gave, back from a file; null for anything else. */
export function historyFromJson(value: unknown): HistoryJson | null {
	if (typeof value !== "object" || value === null || !("minute" in value) || !("nodes" in value)) return null;
	const { minute, nodes } = value;
	if (!Number.isSafeInteger(minute) || typeof nodes !== "object" || nodes === null) return null;
	const isStrip = (digits: unknown) => typeof digits === "string" && /^[0-4]{0,61}$/.test(digits);
	return Object.values(nodes).every(isStrip) ? (value as HistoryJson) : null;
}

/** Up to `length` minutes that end with `to`, without the leading ones that have no data. */
function read({ last, bytes }: Strip, to: number, length: number): Uint8Array {
	const strip = new Uint8Array(length);
	for (let index = 0; index < length; index += 1) {
		const at = to - length + 1 + index;
		if (at <= last && at > last - KEPT && at >= 0) strip[index] = bytes[at % KEPT]!;
	}
	const first = strip.findIndex((byte) => byte !== 0);
	return first === -1 ? new Uint8Array() : strip.subarray(first);
}

function worse(a: number, b: number): number {
	const rank = (byte: number) => {
		const state = historyState(byte);
		return state === null ? -1 : WORSE.indexOf(state);
	};
	return rank(a) >= rank(b) ? a : b;
}
