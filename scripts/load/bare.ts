// Edge(http). A process of its own: the least that node:http needs to answer with given bytes, to measure beside.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answerJobs } from "./child.ts";
import type { BareJob, BareReady } from "./messages.ts";

let answer = { body: Buffer.alloc(0), contentType: "" };
const server = createServer({ keepAliveTimeout: 10_000 }, (request, response) => {
	request.resume().on("end", () => {
		response.writeHead(200, { "content-type": answer.contentType, "content-length": answer.body.length });
		response.end(answer.body);
	});
});
server.maxRequestsPerSocket = 100;
const isListening = new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

answerJobs(async ({ body, contentType }: BareJob): Promise<BareReady> => {
	await isListening;
	answer = { body: Buffer.from(body, "base64"), contentType };
	return { port: (server.address() as AddressInfo).port };
});
