// Edge(http). Everything readers and operators can reach, over what the gateway holds.
import type { IncomingMessage, ServerResponse } from "node:http";
import { ConnectError, type ConnectRouter, type Interceptor } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import type { Log } from "../log.ts";
import type { Observer } from "../observer.ts";
import type { EdgeSettings } from "./edge-settings.ts";
import { front, type Handle } from "./front.ts";
import { listenGrpc } from "./grpc-server.ts";
import { healthRoutes } from "./health.ts";
import { knownHosts } from "./hosts.ts";
import { hotPath } from "./hot-path.ts";
import type { MetricSources, Metrics } from "./metrics.ts";
import { operate, serveMetrics } from "./operate.ts";
import { watchOverload } from "./overload.ts";
import { endPlain } from "./refusals.ts";
import { type Held, statusRoutes } from "./routes.ts";
import { codeName } from "./rpc-failure.ts";
import { adapterOptions, type Listener, listenHttp } from "./server.ts";

export interface EdgeParts {
	readonly host: string;
	/** 0: any free port. */
	readonly port: number;
	/** Null: no native gRPC. */
	readonly grpcPort: number | null;
	readonly settings: EdgeSettings;
	readonly held: Held;
	readonly site: Handle | null;
	/** Null: ready. Else why not, in words. */
	readonly notReady: () => string | null;
	readonly metrics: Metrics;
	readonly sources: Pick<MetricSources, "cluster" | "openConflicts">;
	readonly log: Log;
}

export interface Edge {
	readonly port: number;
	readonly grpcPort: number | null;
	readonly metricsPort: number | null;
	/** Takes no more connections; running replies get two seconds. */
	close(): Promise<void>;
}

/** Few ask for figures, and often. */
const METRICS_LIMITS = { total: 20, perAddress: 10 };

/** Listens on every port. Throws WorldError when one cannot be had; nothing is left listening then. */
export async function openEdge(parts: EdgeParts): Promise<Edge> {
	const { host, settings, held, metrics, log } = parts;
	const { observer } = metrics;
	const overload = watchOverload();
	const listeners = new Map<string, Listener>();
	const close = async () => {
		overload.close();
		await Promise.all([...listeners.values()].map((listener) => listener.close()));
	};
	const figures = {
		contentType: metrics.contentType,
		text: () =>
			metrics.text({
				...parts.sources,
				connections: () => Object.fromEntries([...listeners].map(([name, { open }]) => [name, open()])),
				lagMs: overload.lagMs,
			}),
	};
	const routes = (router: ConnectRouter) => {
		statusRoutes(held, log)(router);
		healthRoutes(() => parts.notReady() === null)(router);
	};
	const interceptors = [counted(observer)];
	const rest = connectNodeAdapter({
		...adapterOptions,
		routes,
		interceptors,
		fallback: (request, response) => {
			if (parts.site !== null) parts.site(request as IncomingMessage, response as ServerResponse);
			else endPlain(response as ServerResponse, 404, "not found");
		},
	});
	const handle = front({
		hosts: knownHosts(host, settings.publicHosts, settings.origins),
		origins: settings.origins,
		overload,
		observer,
		operate: operate({ notReady: parts.notReady, metrics: settings.metricsPort === null ? figures : null }),
		hotPath: hotPath(held, observer, log),
		rest,
	});
	const limits = { total: settings.connections, perAddress: settings.connectionsPerAddress };
	try {
		listeners.set("http", await listenHttp(host, parts.port, handle, limits, observer));
		if (parts.grpcPort !== null) {
			listeners.set("grpc", await listenGrpc(host, parts.grpcPort, { routes, interceptors, overload, observer }));
		}
		if (settings.metricsPort !== null) {
			const answer = serveMetrics(figures);
			const port = settings.metricsPort;
			listeners.set("metrics", await listenHttp(host, port, answer, METRICS_LIMITS, observer, "COORD_METRICS_PORT"));
		}
	} catch (error) {
		await close();
		throw error;
	}
	return {
		port: listeners.get("http")!.port,
		grpcPort: listeners.get("grpc")?.port ?? null,
		metricsPort: listeners.get("metrics")?.port ?? null,
		close,
	};
}

/** Counts the calls the general router answers, by whatever protocol. */
function counted(observer: Observer): Interceptor {
	return (next) => async (request) => {
		const startedAt = performance.now();
		const end = (code: string) =>
			observer.callEnded(request.service.typeName, request.method.name, code, performance.now() - startedAt);
		try {
			const response = await next(request);
			end("OK");
			return response;
		} catch (error) {
			end(codeName(ConnectError.from(error).code));
			throw error;
		}
	};
}
