// Edge(grpc). One unary call with a deadline that holds; an error is a value, nothing is thrown.
import { isIP, isIPv6 } from "node:net";
import { checkServerIdentity, type SecureContext } from "node:tls";
import { type DescMessage, type DescMethodUnary, fromBinary, type MessageShape, toBinary } from "@bufbuild/protobuf";
import { type ChannelCredentials, Client, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";

export type Reply<Message> =
	| { readonly isOk: true; readonly message: Message; readonly elapsedMs: number }
	| { readonly isOk: false; readonly code: number; readonly details: string };

/** Largest reply read from a node; real ones are a few hundred bytes. */
const REPLY_MAX_BYTES = 64 * 1024;
/** How long after ours the deadline lies that grpc-js and the node are told. */
const GRACE_MS = 250;
/** Sent as the wanted server's name where the node has an address only. */
const NO_NAME = "node.invalid";

/** Where a channel leads: one resolved address, never a name that could be resolved to another. */
export interface Destination {
	/** IPv4 or IPv6, without brackets. */
	readonly ip: string;
	readonly port: number;
	/** host:port as configured, which the node sees as the one it was called by. */
	readonly authority: string;
	/** Null: plaintext. */
	readonly secure: { readonly context: SecureContext; readonly name: string } | null;
}

/** A channel to one node. Connects at the first call. */
export function openChannel({ ip, port, authority, secure }: Destination): Client {
	const target = isIPv6(ip) ? `ipv6:[${ip}]:${port}` : `ipv4:${ip}:${port}`;
	return new Client(target, secure === null ? credentials.createInsecure() : secureCredentials(secure), {
		"grpc.default_authority": authority,
		// An address is no name to send along: certificates for addresses are checked by us, below.
		...(secure === null ? {} : { "grpc.ssl_target_name_override": isIP(secure.name) === 0 ? secure.name : NO_NAME }),
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

function secureCredentials({ context, name }: NonNullable<Destination["secure"]>): ChannelCredentials {
	return credentials.createFromSecureContext(context, {
		// The host that comes along is the address dialled; the certificate must be for the node's name.
		checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate),
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
