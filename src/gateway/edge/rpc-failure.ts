// Pure. What a caller is told when a call fails: the code and words of a failure foreseen, nothing of any other.
import { Code, ConnectError } from "@connectrpc/connect";
import { WorldError } from "#model/problem";
import type { Log } from "../log.ts";
import { Refusal } from "../reports/report-checks.ts";

/**
 * The failure as callers see it. A report refused has its own code, a world that failed is FAILED_PRECONDITION in its own
 * words, a ConnectError says what it says; anything else is a bug of ours: INTERNAL without a text, and the text goes to the log.
 */
export function rpcFailure(error: unknown, method: string, log: Log): ConnectError {
	if (error instanceof ConnectError) return error;
	if (error instanceof Refusal) {
		// So that a reporter whose clock fell behind knows where to go on.
		const metadata: HeadersInit = error.last === null ? {} : { "last-sequence": String(error.last) };
		return new ConnectError(error.message, Code[error.code], metadata, undefined, error);
	}
	if (error instanceof WorldError) {
		return new ConnectError(error.message, Code.FailedPrecondition, undefined, undefined, error);
	}
	const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
	log({ level: "error", event: "bug", message: `${method} failed, which is a bug in the product: ${text}` });
	return new ConnectError("internal error", Code.Internal);
}

/** The code's name as gRPC writes it: `RESOURCE_EXHAUSTED`. */
export function codeName(code: Code): string {
	return Code[code].replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}
