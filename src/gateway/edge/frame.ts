// Pure. gRPC-Web's frames, as bytes: a message, a trailer; and the message of a request.

/** A byte of flags, the length of the payload, the payload in parts. */
export function frame(flags: number, ...parts: readonly Uint8Array[]): Buffer {
	const prefix = Buffer.alloc(5);
	prefix[0] = flags;
	prefix.writeUInt32BE(
		parts.reduce((sum, part) => sum + part.length, 0),
		1,
	);
	return Buffer.concat([prefix, ...parts]);
}

/** The frame that ends a reply: `code` is a gRPC code, the message may be any text. */
export function trailer(code: number, message = ""): Buffer {
	const lines = [`grpc-status: ${code}`, ...(message === "" ? [] : [`grpc-message: ${encodeURIComponent(message)}`])];
	return frame(0x80, Buffer.from(lines.map((line) => `${line}\r\n`).join("")));
}

/** The payload of a body that is exactly one uncompressed frame; null for any other. */
export function payloadOf(body: Buffer): Buffer | null {
	if (body.length < 5 || body[0] !== 0 || body.readUInt32BE(1) !== body.length - 5) return null;
	return body.subarray(5);
}
