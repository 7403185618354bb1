"""Reads a CheckResponse from stdin with Google's Python runtime and prints its status code and dynamic_metadata as JSON.

The only argument is a FileDescriptorSet of our .proto files, as buf writes it.
"""

import json
import sys

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

with open(sys.argv[1], "rb") as file:
    descriptors = descriptor_pb2.FileDescriptorSet.FromString(file.read())
pool = descriptor_pool.DescriptorPool()
for descriptor in descriptors.file:
    pool.Add(descriptor)
response_type = message_factory.GetMessageClass(pool.FindMessageTypeByName("envoy.service.auth.v3.CheckResponse"))

response = response_type.FromString(sys.stdin.buffer.read())
reading = {
    "status": response.HasField("status"),
    "code": response.status.code,
    "metadata": json_format.MessageToDict(response.dynamic_metadata),
}
json.dump(reading, sys.stdout)
