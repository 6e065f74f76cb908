// Edge(clock, zlib). Answers as bytes: made once, plain and gzip, and handed to every reader who asks the same.
import { isDeepStrictEqual } from "node:util";
import { constants, gzipSync } from "node:zlib";
import { type DescMessage, type MessageShape, toBinary } from "@bufbuild/protobuf";
import { frame, trailer } from "./frame.ts";

/** Readings and ages are as of the reply's own date; who asks within this time shares one set of them. */
export const SHARE_MS = 250;
/** A smaller body is not worth the packing: it fits into one packet as it is. */
const GZIP_MIN_BYTES = 1_024;
/** Level 6 takes three times as long, for a twentieth fewer bytes of such replies. */
const FAST = { level: constants.Z_BEST_SPEED };

/** A whole reply over gRPC-Web: message and trailer. */
export interface StoredBody {
	readonly plain: Buffer;
	/** Packed at the first call, the same bytes ever after; null: too small to be worth it. */
	gzip(): Buffer | null;
}

/** How a reply is made of parts: heads stay the same while the version does, `extra` while its `key` does too. */
export interface ReplyParts<State, Response> {
	readonly wholeHead: (state: State) => Response;
	readonly unchangedHead: (state: State) => Response;
	readonly tail: (state: State) => Response;
	/** What a reader who holds `held` of something more gets besides; null: nothing. */
	readonly extra?: (
		state: State,
		held: number | null,
	) => { readonly key: number; readonly part: () => Response } | null;
}

/** The reply for a reader that holds version `known` (0: none) and `held` of what `extra` brings (null: wants none). */
export type StoredAnswers = (known: bigint, held: number | null) => StoredBody | Promise<StoredBody>;

interface Held<State> {
	readonly state: State;
	readonly tail: Uint8Array;
	readonly madeAt: number;
	/** By what they hold: `whole`, `unchanged`, each with or without the extra. */
	readonly bodies: Map<string, StoredBody>;
}

/**
 * Answers over `read`, which is asked at most once in `SHARE_MS` and whose failure is every asker's. `parts` joined,
 * one after the other, are the whole reply, because protobuf merges fields as they come.
 */
export function storeAnswers<
	State extends { readonly version: bigint; readonly notices: readonly string[] },
	Desc extends DescMessage,
>(
	read: () => State | Promise<State>,
	schema: Desc,
	parts: ReplyParts<State, MessageShape<Desc>>,
	nowMs: () => number = () => performance.now(),
): StoredAnswers {
	let held: Held<State> | null = null;
	let reading: Promise<Held<State>> | null = null;
	/** Of one version only, and one set of notices: a gateway that shows another's state adds its own to that one's version. */
	let heads = new Map<string, Uint8Array>();

	const hold = (state: State): Held<State> => {
		const isSame = held?.state.version === state.version && isDeepStrictEqual(held.state.notices, state.notices);
		if (!isSame) heads = new Map();
		held = { state, tail: toBinary(schema, parts.tail(state)), madeAt: nowMs(), bodies: new Map() };
		return held;
	};
	const bytesOnce = (name: string, make: () => MessageShape<Desc>): Uint8Array => {
		const bytes = heads.get(name) ?? toBinary(schema, make());
		heads.set(name, bytes);
		return bytes;
	};
	const bodyFrom = ({ state, tail, bodies }: Held<State>, known: bigint, heldExtra: number | null): StoredBody => {
		const kind = known === state.version ? "unchanged" : "whole";
		const extra = parts.extra?.(state, heldExtra) ?? null;
		const name = extra === null ? kind : `${kind} ${extra.key}`;
		const stored = bodies.get(name);
		if (stored !== undefined) return stored;
		const pieces = [bytesOnce(kind, () => (kind === "whole" ? parts.wholeHead : parts.unchangedHead)(state))];
		if (extra !== null) pieces.push(bytesOnce(`extra ${extra.key}`, extra.part));
		const body = storedBody(Buffer.concat([frame(0, ...pieces, tail), trailer(0)]));
		bodies.set(name, body);
		return body;
	};

	return (known, heldExtra) => {
		if (held !== null && nowMs() - held.madeAt < SHARE_MS) return bodyFrom(held, known, heldExtra);
		if (reading === null) {
			const state = read();
			if (!(state instanceof Promise)) return bodyFrom(hold(state), known, heldExtra);
			reading = state.then(hold).finally(() => {
				reading = null;
			});
		}
		return reading.then((now) => bodyFrom(now, known, heldExtra));
	};
}

/** A body with its packed form, which is made when first asked for. */
export function storedBody(plain: Buffer): StoredBody {
	let packed: Buffer | null | undefined;
	return {
		plain,
		gzip() {
			if (packed === undefined) packed = plain.length <= GZIP_MIN_BYTES ? null : gzipSync(plain, FAST);
			return packed;
		},
	};
}
