// Browser. The official grpc-web client on a page of its own: any method of the test service, and all that its answer brought.
import { create, type DescMessage, fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { GrpcWebClientBase, type Metadata, MethodDescriptor, MethodType, type RpcError } from "grpc-web";
import { methodOf, testService } from "./descriptors.ts";

export interface Asked {
	readonly method: string;
	/** Fields of the request; `payloadSize` is how many zero bytes its payload carries. */
	readonly fields?: Readonly<Record<string, unknown>>;
	readonly payloadSize?: number;
	readonly metadata?: Readonly<Record<string, string>>;
	readonly deadlineMs?: number;
}

export interface Heard {
	/** Sizes of the payloads, -1 for a message without one, in the order they came. */
	readonly sizes: readonly number[];
	/** Of the status at the end: 0 is OK. */
	readonly code: number;
	readonly message: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly trailers: Readonly<Record<string, string>>;
}

const service = testService(base64Decode(document.documentElement.dataset["image"] ?? ""));

/** Asks once and waits for the end. */
async function ask({ method: name, fields = {}, payloadSize, metadata = {}, deadlineMs }: Asked): Promise<Heard> {
	const method = methodOf(service, name);
	const isStreaming = method.methodKind === "server_streaming";
	const descriptor = new MethodDescriptor<Message, Message>(
		`/${service.typeName}/${name}`,
		isStreaming ? MethodType.SERVER_STREAMING : MethodType.UNARY,
		Object as never,
		Object as never,
		(message: Message) => toBinary(method.input, message),
		(bytes: Uint8Array) => fromBinary(method.output, bytes),
	);
	const payload = payloadSize === undefined ? {} : { payload: { body: new Uint8Array(payloadSize) } };
	const request = create<DescMessage>(method.input, { ...fields, ...payload } as never);
	const sent: Metadata = {
		...metadata,
		...(deadlineMs === undefined ? {} : { deadline: `${Date.now() + deadlineMs}` }),
	};
	const base = new GrpcWebClientBase({ format: "binary" });
	const heard = { sizes: [] as number[], code: 0, message: "", headers: {}, trailers: {} };
	return await new Promise((done) => {
		const take = (message: Message) => {
			const { payload: got } = message as Message & { payload?: { body: Uint8Array } };
			heard.sizes.push(got === undefined ? -1 : got.body.length);
		};
		const fail = (error: RpcError) => {
			Object.assign(heard, { code: error.code, message: error.message });
			setTimeout(() => done(heard), 50);
		};
		const path = location.origin + descriptor.getName();
		const call = isStreaming
			? base.serverStreaming(path, request, sent, descriptor).on("data", take).on("error", fail)
			: base.rpcCall(path, request, sent, descriptor, (error, message) => {
					if (error !== null) fail(error);
					else take(message);
				});
		call.on("metadata", (headers) => Object.assign(heard.headers, headers));
		call.on("status", ({ code, metadata: trailers }) => {
			Object.assign(heard, { code });
			Object.assign(heard.trailers, trailers);
		});
		call.on("end", () => done(heard));
	});
}

Object.assign(globalThis, { ask });
