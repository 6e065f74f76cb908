// Edge(net). Finds out early whether a port can be had, before a minute of work is spent.
import { createServer } from "node:net";
import { WorldError } from "#model/problem";

/** Throws WorldError, with `cure` as its hint, when nothing can listen on host:port now. Port 0 is always free. */
export async function assertPortFree(host: string, port: number, cure: string): Promise<void> {
	const server = createServer();
	try {
		await new Promise<void>((done, fail) => server.once("error", fail).listen(port, host, done));
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		if (code === "EADDRINUSE") {
			throw new WorldError(`port ${port} on ${host} is in use`, `end what listens there, or ${cure}`, error);
		}
		throw new WorldError(`cannot listen on ${host}:${port}: ${(error as Error).message}`, cure, error);
	} finally {
		if (server.listening) await new Promise((done) => server.close(done));
	}
}
