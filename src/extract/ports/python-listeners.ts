// Pure. Calls of Python by which a program listens: of the standard library and of well-known servers.
import { argumentsOf, type Call, type Module, type Placed, type Scope, type SyntaxNode } from "./python-scopes.ts";
import { elementsOf } from "./python-values.ts";

interface Listener {
	/** Keywords that hold the port or address. */
	readonly keywords: readonly string[];
	/** Place among the positional arguments; null: only by keyword. */
	readonly position: number | null;
	/** `pair`: a (host, port); `port`: a number or an address. */
	readonly form: "pair" | "port";
	readonly protocol?: "udp";
	/** Whether a call of that name counts, where the name alone says too little. */
	readonly counts?: (call: Call, module: Module, answering: ReadonlySet<string>) => boolean;
}

const pair: Listener = { keywords: ["server_address", "address"], position: 0, form: "pair" };
const third: Listener = { keywords: ["port"], position: 2, form: "port" };
const second: Listener = { keywords: ["port"], position: 1, form: "port" };
const first: Listener = { keywords: ["port"], position: 0, form: "port" };
const keyword: Listener = { keywords: ["port"], position: null, form: "port" };

const listeners = new Map<string, Listener>(
	Object.entries({
		// uvicorn, Flask, aiohttp, Sanic, bottle, MCP servers and many more.
		run: keyword,
		run_server: keyword,
		run_async: keyword,
		run_app: keyword,
		start_server: { ...third, counts: (call) => !isOwn(call) },
		create_server: third,
		run_simple: second,
		make_server: second,
		Config: { ...keyword, counts: ({ receiver }: Call) => receiver === "uvicorn" },
		TCPSite: third,
		// Waitress takes it by keyword, websockets as the third.
		serve: { ...third, keywords: ["port", "listen"] },
		launch: { ...keyword, keywords: ["server_port"] },
		start_http_server: first,
		start_wsgi_server: first,
		add_insecure_port: { ...first, keywords: ["address", "addr"] },
		add_secure_port: { ...first, keywords: ["address", "addr"] },
		HTTPServer: pair,
		ThreadingHTTPServer: pair,
		TCPServer: pair,
		ThreadingTCPServer: pair,
		UDPServer: { ...pair, protocol: "udp" },
		ThreadingUDPServer: { ...pair, protocol: "udp" },
		SimpleXMLRPCServer: { ...pair, keywords: ["addr"] },
		WSGIServer: pair,
		create_datagram_endpoint: { keywords: ["local_addr"], position: null, form: "pair", protocol: "udp" },
		// A socket's `listen(5)` is the length of a queue.
		listen: { ...first, counts: ({ receiver }, { imports }) => receiver === "debugpy" || imports.has("tornado") },
		bind: { ...pair, counts: isServersBind },
	} satisfies Record<string, Listener>),
);

export interface Listening {
	readonly call: Call;
	readonly protocol: "tcp" | "udp";
	/** What the port is to be read from; null: the call does not say. */
	readonly port: Placed | null;
	/** What is served, where it comes from another module: `"main:app"`, or an app that was imported. */
	readonly starts: string | null;
}

/** Hypercorn takes its addresses by an attribute: `config.bind = ["0.0.0.0:8000"]`. */
export function boundAddresses({ imports, bound }: Module): Placed[] {
	if (!imports.has("hypercorn")) return [];
	return bound.flatMap(({ node, scope }) =>
		(node.name === "ArrayExpression" ? elementsOf(node) : [node]).map((each) => ({ node: each, scope })),
	);
}

/** The calls of a module that listen. A name that the module defines itself is none of a library. */
export function listeningCalls(module: Module): Listening[] {
	const answering = new Set(module.calls.filter(({ name }) => ANSWERS.has(name)).map(({ receiver }) => receiver));
	return module.calls.flatMap((call) => {
		const listener = listeners.get(call.name);
		if (listener === undefined || (call.receiver === "" && module.defined.has(call.name))) return [];
		if (listener.counts?.(call, module, answering) === false) return [];
		const { positional, keywords } = argumentsOf(call.node, module.text);
		const named = listener.keywords.map((name) => keywords.get(name)).find((value) => value !== undefined);
		const given = named ?? (listener.position === null ? undefined : positional[listener.position]);
		const whole = call.name === "create_server" && given === undefined ? positional[0] : given;
		if (whole === undefined)
			return ALWAYS_LISTEN.has(call.name) ? [{ call, protocol: "tcp", port: null, starts: null }] : [];
		const node = listener.form === "pair" || whole !== given ? portOfPair(whole, call, module) : whole;
		const protocol = listener.protocol ?? (isDatagram(call, module) ? "udp" : "tcp");
		const starts = servedBy(positional[0], call.scope, module) ?? servedByName(call.receiver, call.scope, module);
		return [{ call, protocol, starts, port: node === null ? null : { node, scope: call.scope } }];
	});
}

/** Where the app is from that a call serves, as far as this module says. */
function servedBy(node: SyntaxNode | null | undefined, scope: Scope, module: Module, depth = 0): string | null {
	if (node === null || node === undefined || depth > MOST_STEPS) return null;
	const text = module.text.slice(node.from, Math.min(node.to, node.from + 200));
	if (node.name === "String") return /^["']([\w.]+:[\w.]+)["']$/.exec(text)?.[1] ?? null;
	if (node.name === "ConditionalExpression") return servedBy(node.lastChild, scope, module, depth + 1);
	// `create_app()`; what is made by a class of a library is an app of this module.
	if (node.name === "CallExpression") {
		return /^[a-z]/.test(text) ? servedBy(node.firstChild, scope, module, depth + 1) : null;
	}
	return node.name === "VariableName" ? servedByName(text, scope, module, depth + 1) : null;
}

function servedByName(name: string, scope: Scope, module: Module, depth = 0): string | null {
	for (let around: Scope | null = scope; around !== null; around = around.parent) {
		const value = around.assigned.get(name)?.[0]?.node;
		if (value?.name === "CallExpression") return servedBy(value, around, module, depth);
		if (value !== undefined) return null;
	}
	return module.imported.get(name) ?? null;
}

const MOST_STEPS = 5;

/** Calls that listen though they name no port. */
const ALWAYS_LISTEN: ReadonlySet<string> = new Set(["run_server", "run_app", "run_simple"]);

/** The second of `(host, port)`, also where the pair has a name; an address or a number is taken as it is. */
function portOfPair(node: SyntaxNode, call: Call, module: Module): SyntaxNode | null {
	if (node.name === "TupleExpression") return elementsOf(node)[1] ?? null;
	if (node.name !== "VariableName") return node;
	const name = module.text.slice(node.from, node.to);
	for (let scope: Scope | null = call.scope; scope !== null; scope = scope.parent) {
		const tuple = scope.assigned.get(name)?.find((value) => value.node.name === "TupleExpression");
		if (tuple !== undefined) return elementsOf(tuple.node)[1] ?? null;
	}
	return null;
}

/** A socket that is bound to serve, not to see whether a port is free; of ZeroMQ any bound one. */
function isServersBind(call: Call, module: Module, answering: ReadonlySet<string>): boolean {
	const [address] = argumentsOf(call.node, module.text).positional;
	if (address === undefined) return false;
	if (module.imports.has("zmq")) return address.name !== "TupleExpression";
	return module.imports.has("socket") && answering.has(call.receiver);
}

const ANSWERS: ReadonlySet<string> = new Set([
	"accept",
	"recvfrom",
	"recv",
	"sock_accept",
	"sock_recv",
	"recvfrom_into",
]);

function isDatagram(call: Call, module: Module): boolean {
	if (call.name !== "bind") return false;
	for (let scope: Scope | null = call.scope; scope !== null; scope = scope.parent) {
		const values = scope.assigned.get(call.receiver) ?? [];
		if (
			values.some(({ node }) => module.text.slice(node.from, Math.min(node.to, node.from + 200)).includes("SOCK_DGRAM"))
		)
			return true;
	}
	return false;
}

/** `self.start_server(...)` is a method of the program's own. */
function isOwn({ receiver }: Call): boolean {
	return receiver === "self";
}
