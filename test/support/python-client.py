"""Reads the gateway as any native gRPC client would. usage: python-client.py HOST:PORT IMAGE [TEAM TOKEN]

IMAGE is a descriptor set made by buf: Debian's grpc_tools carry protoc 3.5, which knows no explicit presence.
Prints one JSON object: what GetCluster said, what an `unchanged` reply said, what GetTeams and GetConflicts (for a log
nobody has) said or the code they ended with, and the same of reports of TEAM.
"""

import json
import sys
import time

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.json_format import MessageToDict

address, image, *reporter = sys.argv[1:]
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


def outcome(call):
    """What a call says, as JSON has it, or the name of the code it ended with."""
    try:
        return MessageToDict(call())
    except grpc.RpcError as error:
        return error.code().name


def report(channel, team, sequence, token):
    request = message("ReportTeamRequest")(team=team, sequence=sequence, state=3, working_on="native gRPC")
    request.issued_at.GetCurrentTime()
    metadata = () if token is None else (("authorization", f"Bearer {token}"),)
    return outcome(lambda: method(channel, "ReportTeam")(request, timeout=5, metadata=metadata))


def reports(channel, team, token):
    """A report without a token, one with a token nobody was given, a good one, and the same once more."""
    sequence = int(time.time() * 1000)
    tokens = {"nameless": None, "forged": token[:-4] + "AAAA", "good": token, "again": token}
    return {name: report(channel, team, sequence, one) for name, one in tokens.items()}


with grpc.insecure_channel(address) as channel:
    get_cluster = method(channel, "GetCluster")
    request = message("GetClusterRequest")
    cluster = get_cluster(request(), timeout=5)
    again = get_cluster(request(known_version=cluster.version), timeout=5)
    said = {"cluster": MessageToDict(cluster), "again": MessageToDict(again)}
    said["reports"] = reports(channel, *reporter) if reporter else None
    said["teams"] = outcome(lambda: method(channel, "GetTeams")(message("GetTeamsRequest")(), timeout=5))
    asked = message("GetConflictsRequest")(baseline="0" * 64)
    said["conflicts"] = outcome(lambda: method(channel, "GetConflicts")(asked, timeout=5))

print(json.dumps(said))
