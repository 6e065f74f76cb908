// Edge(grpc). One unary call with a deadline that holds; an error is a value, nothing is thrown.
import { type DescMessage, type DescMethodUnary, fromBinary, type MessageShape, toBinary } from "@bufbuild/protobuf";
import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import type { Channel } from "./channel.ts";

export type Reply<Message> =
	| { readonly isOk: true; readonly message: Message; readonly elapsedMs: number }
	| { readonly isOk: false; readonly code: number; readonly details: string };

/** How long after ours the deadline lies that grpc-js and the node are told. */
const GRACE_MS = 250;

/**
 * Calls `method`; `deadlineMs` counts from the send. Ends early with code CANCELLED when `signal` aborts.
 */
export function callUnary<Request extends DescMessage, Response extends DescMessage>(
	channel: Channel,
	method: DescMethodUnary<Request, Response>,
	request: MessageShape<Request>,
	deadlineMs: number,
	signal: AbortSignal,
): Promise<Reply<MessageShape<Response>>> {
	return new Promise((resolve) => {
		const sentAt = performance.now();
		let ended = false;
		const end = (reply: Reply<MessageShape<Response>>) => {
			if (ended) return;
			ended = true;
			clearTimeout(timer);
			signal.removeEventListener("abort", cancel);
			resolve(reply);
		};
		const fail = (code: number, details: string) => end({ isOk: false, code, details });
		// Our own timer decides: grpc-js reckons deadlines by the wall clock, which may be set while a call waits. After
		// a time in which this process did not run, timers come before what arrived meanwhile: that is read first.
		const timer = setTimeout(() => {
			setImmediate(() =>
				setImmediate(() => {
					fail(status.DEADLINE_EXCEEDED, "deadline");
					call?.cancel();
				}),
			);
		}, deadlineMs);
		const cancel = () => {
			fail(status.CANCELLED, "stopped");
			call?.cancel();
		};
		const call = attempt(() =>
			channel.start((client) =>
				client.makeUnaryRequest(
					`/${method.parent.typeName}/${method.name}`,
					(message: MessageShape<Request>) => Buffer.from(toBinary(method.input, message)),
					(bytes: Buffer) => fromBinary(method.output, bytes),
					request,
					new Metadata(),
					{ deadline: Date.now() + deadlineMs + GRACE_MS },
					(error: ServiceError | null, message?: MessageShape<Response>) => {
						if (error !== null) fail(error.code, error.details);
						else if (message === undefined) fail(status.INTERNAL, "no message");
						else end({ isOk: true, message, elapsedMs: performance.now() - sentAt });
					},
				),
			),
		);
		if (call === null) fail(status.UNAVAILABLE, "the channel is closed");
		else if (signal.aborted) cancel();
		else signal.addEventListener("abort", cancel);
	});
}

/** grpc-js throws only where a channel was closed under a call. */
function attempt<Call>(start: () => Call): Call | null {
	try {
		return start();
	} catch {
		return null;
	}
}
