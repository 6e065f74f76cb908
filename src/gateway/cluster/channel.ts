// Edge(grpc). A channel to one resolved address, plaintext or TLS, that leaves nothing behind when it is closed.
import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import { isIP, isIPv6, type Socket } from "node:net";
import { checkServerIdentity, type SecureContext } from "node:tls";
import { type ChannelCredentials, Client, credentials } from "@grpc/grpc-js";

/** Largest reply read from a node; real ones are a few hundred bytes. */
const REPLY_MAX_BYTES = 64 * 1024;
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

/** A channel to one node, and the sockets it opened. */
export interface Channel {
	/** Starts something over the channel; it connects when it has to. Throws where the channel is closed. */
	start<Started>(begin: (client: Client) => Started): Started;
	/** Ends the channel and every connection of it, at once. */
	close(): void;
}

/**
 * Whose sockets those are that are being opened. grpc-js lets go of a connection whose peer never said a word, or did
 * not even take it, without closing it: with a hung node asked for hours, they would be all that this process has.
 */
const owner = new AsyncLocalStorage<Set<Socket>>();
subscribe("net.client.socket", (message) => {
	const { socket } = message as { socket: Socket };
	const sockets = owner.getStore();
	if (sockets === undefined) return;
	sockets.add(socket);
	socket.once("close", () => sockets.delete(socket));
});

/** A channel that connects at the first call. */
export function openChannel(to: Destination): Channel {
	const sockets = new Set<Socket>();
	const client = owner.run(sockets, () => clientOf(to));
	return {
		start: (begin) => owner.run(sockets, () => begin(client)),
		close() {
			client.close();
			for (const socket of sockets) socket.destroy();
		},
	};
}

function clientOf({ ip, port, authority, secure }: Destination): Client {
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
