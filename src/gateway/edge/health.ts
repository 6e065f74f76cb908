// Edge(rpc). The gateway's own health, by the standard service, for whoever balances or watches over gRPC.
import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import { StatusService } from "#wire/gen/coordination/v1/status_pb.js";
import { Health, HealthCheckResponse_ServingStatus as ServingStatus } from "#wire/gen/grpc/health/v1/health_pb.js";

/** Registers grpc.health.v1.Health for the whole server ("") and StatusService; NOT_FOUND for any other. */
export function healthRoutes(isReady: () => boolean): (router: ConnectRouter) => void {
	return (router) => {
		router.service(Health, {
			check({ service }) {
				if (service !== "" && service !== StatusService.typeName) {
					throw new ConnectError("there is no such service here", Code.NotFound);
				}
				return { status: isReady() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING };
			},
		});
	};
}
