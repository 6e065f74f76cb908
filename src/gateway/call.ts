// Edge(grpc). One unary call with a deadline that holds; an error is a value, nothing is thrown.
import { type DescMessage, type DescMethodUnary, fromBinary, type MessageShape, toBinary } from "@bufbuild/protobuf";
import { Client, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";

export type Reply<Message> =
	| { readonly isOk: true; readonly message: Message; readonly elapsedMs: number }
	| { readonly isOk: false; readonly code: number; readonly details: string };

/** Largest reply read from a node; real ones are a few hundred bytes. */
const REPLY_MAX_BYTES = 64 * 1024;
/** How long after the deadline our own timer ends a call that grpc-js did not. */
const GRACE_MS = 250;

/** A plaintext channel to one node. Connects at the first call. */
export function openChannel(address: string): Client {
	// dns:/// so that no host name can be taken for another scheme of targets (unix:…).
	return new Client(`dns:///${address}`, credentials.createInsecure(), {
		// Proxy variables must not divert traffic between gateway and nodes.
		"grpc.enable_http_proxy": 0,
		"grpc.enable_retries": 0,
		"grpc.service_config_disable_resolution": 1,
		// A new channel must mean a new connection, not one shared through a global pool.
		"grpc.use_local_subchannel_pool": 1,
		"grpc.initial_reconnect_backoff_ms": 500,
		"grpc.min_reconnect_backoff_ms": 500,
		"grpc.max_reconnect_backoff_ms": 1_000,
		"grpc.max_receive_message_length": REPLY_MAX_BYTES,
		"grpc.max_send_message_length": REPLY_MAX_BYTES,
	});
}

/**
 * Calls `method`; `deadlineMs` counts from the send. Ends early with code CANCELLED when `signal` aborts.
 */
export function callUnary<Request extends DescMessage, Response extends DescMessage>(
	client: Client,
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
		// grpc-js reckons deadlines by the wall clock, which may be set while a call waits.
		const timer = setTimeout(() => {
			fail(status.DEADLINE_EXCEEDED, "deadline");
			cancel();
		}, deadlineMs + GRACE_MS);
		const cancel = () => {
			fail(status.CANCELLED, "stopped");
			call?.cancel();
		};
		const call = attempt(() =>
			client.makeUnaryRequest(
				`/${method.parent.typeName}/${method.name}`,
				(message: MessageShape<Request>) => Buffer.from(toBinary(method.input, message)),
				(bytes: Buffer) => fromBinary(method.output, bytes),
				request,
				new Metadata(),
				{ deadline: Date.now() + deadlineMs },
				(error: ServiceError | null, message?: MessageShape<Response>) => {
					if (error !== null) fail(error.code, error.details);
					else if (message === undefined) fail(status.INTERNAL, "no message");
					else end({ isOk: true, message, elapsedMs: performance.now() - sentAt });
				},
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
