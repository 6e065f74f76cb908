"""Reads the gateway as any native gRPC client would. usage: python-client.py HOST:PORT IMAGE

IMAGE is a descriptor set made by buf: Debian's grpc_tools carry protoc 3.5, which knows no explicit presence.
Prints one JSON object: what GetCluster said, what an `unchanged` reply said, and the code GetTeams ended with.
"""

import json
import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.json_format import MessageToDict

address, image = sys.argv[1:]
with open(image, "rb") as file:
    files = descriptor_pb2.FileDescriptorSet.FromString(file.read())
pool = descriptor_pool.DescriptorPool()
for file in files.file:
    pool.AddSerializedFile(file.SerializeToString())


def message(name):
    descriptor = pool.FindMessageTypeByName(f"coordination.v1.{name}")
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory(pool).GetPrototype(descriptor)


def method(channel, name):
    return channel.unary_unary(
        f"/coordination.v1.StatusService/{name}",
        request_serializer=lambda request: request.SerializeToString(),
        response_deserializer=message(f"{name}Response").FromString,
    )


with grpc.insecure_channel(address) as channel:
    get_cluster = method(channel, "GetCluster")
    request = message("GetClusterRequest")
    cluster = get_cluster(request(), timeout=5)
    again = get_cluster(request(known_version=cluster.version), timeout=5)
    try:
        method(channel, "GetTeams")(message("GetTeamsRequest")(), timeout=5)
        code = "OK"
    except grpc.RpcError as error:
        code = error.code().name

print(json.dumps({"cluster": MessageToDict(cluster), "again": MessageToDict(again), "teams": code}))
