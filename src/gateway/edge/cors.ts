// Pure. Which pages of other origins may read the live status, and what their browsers are told.
import { StatusService } from "#wire/gen/coordination/v1/status_pb.js";

export type Headers = Readonly<Record<string, string>>;

/** What a preflight asks. */
export interface Preflight {
	readonly path: string;
	readonly origin: string | undefined;
	readonly method: string | undefined;
	/** `access-control-request-private-network`: the page is public, this gateway is not. */
	readonly isToPrivateNetwork: boolean;
}

/** Reports are for teams' own tools: no page may send one, from whatever origin. */
const REPORT_PATH = `/${StatusService.typeName}/${StatusService.method.reportTeam.name}`;
const METHODS = "GET, POST";
/** What gRPC-Web and Connect clients send. `authorization` is not among it: nothing that needs it is for pages. */
const REQUEST_HEADERS = [
	"content-type",
	"x-grpc-web",
	"x-user-agent",
	"grpc-timeout",
	"connect-protocol-version",
	"connect-timeout-ms",
].join(", ");
/** `age`: how long a cache on the way kept the answer. */
const RESPONSE_HEADERS = "grpc-status, grpc-message, age";
/** The longest that browsers keep a preflight's answer. */
const PREFLIGHT_SECONDS = 7_200;

/** Headers that let a page of an allowed origin read a reply; none where no origin is allowed, for nothing varies then. */
export function corsHeaders(origins: readonly string[], path: string, origin: string | undefined): Headers {
	if (origins.length === 0 || path === REPORT_PATH) return {};
	if (origin === undefined || !origins.includes(origin)) return { vary: "origin" };
	return {
		vary: "origin",
		"access-control-allow-origin": origin,
		"access-control-expose-headers": RESPONSE_HEADERS,
	};
}

/** The answer to a preflight: headers that allow it, or the words of a refusal. */
export function answerPreflight(
	origins: readonly string[],
	{ path, origin, method, isToPrivateNetwork }: Preflight,
): { readonly headers: Headers } | { readonly refusal: string } {
	if (path === REPORT_PATH) return { refusal: "reports are not taken from pages; npm run report sends them" };
	if (origin === undefined || !origins.includes(origin)) {
		return { refusal: "pages of this origin may not read the live status; COORD_ORIGINS lists those that may" };
	}
	if (method !== "GET" && method !== "POST") return { refusal: `pages may ask by ${METHODS} only` };
	return {
		headers: {
			"access-control-allow-origin": origin,
			"access-control-allow-methods": METHODS,
			"access-control-allow-headers": REQUEST_HEADERS,
			"access-control-max-age": String(PREFLIGHT_SECONDS),
			vary: "origin, access-control-request-method, access-control-request-headers",
			...(isToPrivateNetwork ? { "access-control-allow-private-network": "true" } : {}),
		},
	};
}
