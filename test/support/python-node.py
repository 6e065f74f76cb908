"""A node as the real ones are: Python grpcio, plaintext, either generation, by the field tables of their protocols.

usage: python-node.py distributed|inference|bare PORT FOLDER [CERT KEY [CLIENT_CA]]
COORD_NODE_HOST: address to listen on, else 127.0.0.1; COORD_NODE_CLOCK: see wall_clock

FOLDER takes the code generated at start. Prints `listening PORT`, and `CHANGED STATE: method` should anybody
ever call a method that is not read-only. `bare` is a gRPC server that offers nothing. The definitions
stand here and not in protos/, so that the gateway's own are checked against a second hand.
"""

import os
import sys
import time
from concurrent import futures

GENERATIONS = {
    "distributed": """
syntax = "proto3";
package mlx_distributed;
service DistributedInference {
  rpc InitializeShard(ShutdownRequest) returns (ShutdownResponse);
  rpc Forward(ShutdownRequest) returns (ShutdownResponse);
  rpc HealthCheck(HealthCheckRequest) returns (HealthCheckResponse);
  rpc GetCapabilities(GetCapabilitiesRequest) returns (GetCapabilitiesResponse);
  rpc Shutdown(ShutdownRequest) returns (ShutdownResponse);
}
message ShutdownRequest {}
message ShutdownResponse {}
message HealthCheckRequest { bool include_stats = 1; }
message HealthCheckResponse {
  bool healthy = 1;
  string status = 2;
  int64 uptime_seconds = 3;
  float gpu_utilization = 4;
  float memory_utilization = 5;
  int64 requests_processed = 6;
  map<string, string> stats = 7;
}
message GetCapabilitiesRequest {}
message GetCapabilitiesResponse {
  DeviceCapabilities capabilities = 1;
  repeated string supported_models = 2;
  repeated string supported_dtypes = 3;
}
message DeviceCapabilities {
  string device_id = 1;
  string device_model = 2;
  int64 memory_bytes = 3;
  int32 gpu_cores = 4;
  int32 cpu_cores = 5;
  float bandwidth_gbps = 6;
  map<string, string> extra = 7;
}
""",
    "inference": """
syntax = "proto3";
package mlx_inference;
service InferenceService {
  rpc ProcessLayers(Empty) returns (Empty);
  rpc HealthCheck(Empty) returns (HealthStatus);
  rpc GetDeviceInfo(Empty) returns (DeviceInfo);
}
message Empty {}
message HealthStatus {
  bool healthy = 1;
  string device_id = 2;
  int64 timestamp = 3;
  map<string, string> details = 4;
}
message DeviceInfo {
  string device_id = 1;
  string hostname = 2;
  int32 rank = 3;
  string role = 4;
  repeated int32 assigned_layers = 5;
  map<string, string> capabilities = 6;
  float gpu_utilization = 7;
  float memory_usage_gb = 8;
}
""",
}


def generate(name, folder):
    """Writes the definition and its Python code to the folder and imports both modules."""
    from grpc_tools import protoc

    proto = os.path.join(folder, f"{name}.proto")
    with open(proto, "w", encoding="utf-8") as file:
        file.write(GENERATIONS[name])
    if protoc.main(["protoc", f"-I{folder}", f"--python_out={folder}", f"--grpc_python_out={folder}", proto]) != 0:
        raise SystemExit("protoc failed")
    sys.path.insert(0, folder)
    return __import__(f"{name}_pb2"), __import__(f"{name}_pb2_grpc")


def wall_clock():
    """The machine's, or as many seconds from it as the file COORD_NODE_CLOCK says now."""
    file = os.environ.get("COORD_NODE_CLOCK")
    if file is None:
        return time.time()
    with open(file, encoding="utf-8") as lines:
        return time.time() + int(lines.read())


def changed(method):
    print(f"CHANGED STATE: {method}", flush=True)


def distributed(server, folder, started):
    pb2, pb2_grpc = generate("distributed", folder)

    class Node(pb2_grpc.DistributedInferenceServicer):
        def HealthCheck(self, request, context):
            stats = {"device_id": "mini1", "model_loaded": "True", "shard_layers": "0-10"}
            return pb2.HealthCheckResponse(
                healthy=True,
                status="healthy",
                uptime_seconds=int(wall_clock() - started) + 3600,
                gpu_utilization=0.0,
                memory_utilization=41.25,
                requests_processed=12,
                stats=stats if request.include_stats else {},
            )

        def GetCapabilities(self, request, context):
            device = pb2.DeviceCapabilities(
                device_id="mini1", device_model="Apple M4", memory_bytes=16 * 2**30, gpu_cores=10, cpu_cores=10
            )
            return pb2.GetCapabilitiesResponse(capabilities=device, supported_dtypes=["float32"])

        def InitializeShard(self, request, context):
            changed("InitializeShard")
            return pb2.ShutdownResponse()

        def Forward(self, request, context):
            changed("Forward")
            return pb2.ShutdownResponse()

        def Shutdown(self, request, context):
            changed("Shutdown")
            return pb2.ShutdownResponse()

    pb2_grpc.add_DistributedInferenceServicer_to_server(Node(), server)


def inference(server, folder, started):
    pb2, pb2_grpc = generate("inference", folder)

    class Node(pb2_grpc.InferenceServiceServicer):
        def HealthCheck(self, request, context):
            details = {
                "uptime_seconds": str(int(wall_clock() - started) + 7200),
                "request_count": "5",
                "gpu_utilization": "0.0%",
                "memory_usage": "62.5%",
            }
            return pb2.HealthStatus(healthy=True, device_id="mini2", timestamp=int(wall_clock()), details=details)

        def GetDeviceInfo(self, request, context):
            capabilities = {"model": "Apple M2 Ultra", "memory_gb": "64", "gpu_cores": "60", "cpu_cores": "24"}
            return pb2.DeviceInfo(
                device_id="mini2",
                hostname="mini2.local",
                rank=1,
                role="worker",
                assigned_layers=[10, 11, 12],
                capabilities=capabilities,
                memory_usage_gb=40.0,
            )

        def ProcessLayers(self, request, context):
            changed("ProcessLayers")
            return pb2.Empty()

    pb2_grpc.add_InferenceServiceServicer_to_server(Node(), server)


def main():
    generation, port, folder, *tls = sys.argv[1:]
    import grpc

    server = grpc.server(futures.ThreadPoolExecutor(max_workers=10))
    if generation != "bare":
        {"distributed": distributed, "inference": inference}[generation](server, folder, wall_clock())
    address = f"{os.environ.get('COORD_NODE_HOST', '127.0.0.1')}:{port}"
    if tls:
        with open(tls[0], "rb") as cert, open(tls[1], "rb") as key:
            pair = (key.read(), cert.read())
        if len(tls) > 2:
            # Only callers with a certificate of this authority are let in.
            with open(tls[2], "rb") as authority:
                credentials = grpc.ssl_server_credentials([pair], authority.read(), require_client_auth=True)
        else:
            credentials = grpc.ssl_server_credentials([pair])
        bound = server.add_secure_port(address, credentials)
    else:
        bound = server.add_insecure_port(address)
    server.start()
    print(f"listening {bound}", flush=True)
    server.wait_for_termination()


main()
