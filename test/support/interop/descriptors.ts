// Pure. The descriptors of test-service.proto out of the image that buf makes of it, for the server and the browser alike.
import { createFileRegistry, type DescMethod, type DescService, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

/** The service in an image made by `buf build --as-file-descriptor-set`. */
export function testService(image: Uint8Array): DescService {
	const service = createFileRegistry(fromBinary(FileDescriptorSetSchema, image)).getService("grpc.testing.TestService");
	if (service === undefined) throw new Error("the image holds no grpc.testing.TestService");
	return service;
}

/** A method of the service by the name it has in the .proto file. */
export function methodOf(service: DescService, name: string): DescMethod {
	const method = service.methods.find((candidate) => candidate.name === name);
	if (method === undefined) throw new Error(`${service.typeName} has no ${name}`);
	return method;
}
