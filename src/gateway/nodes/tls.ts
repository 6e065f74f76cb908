// Edge(fs). Certificate files -> what a connection to a node is secured with, read anew when a file changed.
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { createSecureContext, type SecureContext } from "node:tls";

/** How a node is asked over TLS. Paths of PEM files; null: the system's authorities, no client certificate, its host name. */
export interface NodeTls {
	readonly ca: string | null;
	readonly cert: string | null;
	readonly key: string | null;
	/** The name the node's certificate must be for. */
	readonly serverName: string | null;
}

export type SecureReply =
	| { readonly context: SecureContext }
	/** Why there is none, with the file's name: readers of the page see it, so not where it lies, nor anything of what is in it. */
	| { readonly trouble: string };

export interface TlsFiles {
	/** The context for a node's settings: one for all that name the same files, as they were a few seconds ago at most. */
	contextFor(tls: NodeTls): Promise<SecureReply>;
}

const LOOK_AGAIN_MS = 5_000;

/** The files of one gateway; each is read when it is first needed, and again when it changed. */
export function openTlsFiles(now: () => number = () => performance.now()): TlsFiles {
	const held = new Map<string, { lookedAt: number; looked: Promise<{ stamp: string; reply: SecureReply }> }>();
	return {
		async contextFor({ ca, cert, key }) {
			const name = JSON.stringify([ca, cert, key]);
			const known = held.get(name);
			if (known !== undefined && now() - known.lookedAt < LOOK_AGAIN_MS) return (await known.looked).reply;
			const looked = look([ca, cert, key], known?.looked);
			held.set(name, { lookedAt: now(), looked });
			return (await looked).reply;
		},
	};
}

/** The context again where no file changed, so that connections to thousands of nodes share one. */
async function look(
	files: readonly [ca: string | null, cert: string | null, key: string | null],
	before: Promise<{ stamp: string; reply: SecureReply }> | undefined,
): Promise<{ stamp: string; reply: SecureReply }> {
	const stamp = await stampOf(files);
	const known = await before;
	return known?.stamp === stamp ? known : { stamp, reply: await readContext(...files) };
}

async function readContext(ca: string | null, cert: string | null, key: string | null): Promise<SecureReply> {
	const read = (file: string | null) => (file === null ? undefined : readFile(file));
	try {
		const [caBytes, certBytes, keyBytes] = await Promise.all([read(ca), read(cert), read(key)]);
		return { context: createSecureContext({ ca: caBytes, cert: certBytes, key: keyBytes, minVersion: "TLSv1.2" }) };
	} catch (error) {
		const { code = "", path = null } = error as NodeJS.ErrnoException;
		if (path !== null) return { trouble: `${basename(path)} cannot be read (${code})` };
		// OpenSSL says what does not parse, and quotes nothing of it.
		const files = [ca, cert, key].flatMap((file) => (file === null ? [] : [basename(file)])).join(", ");
		return { trouble: `${files}: no usable certificate and key in PEM (${code === "" ? "unknown error" : code})` };
	}
}

async function stampOf(files: readonly (string | null)[]): Promise<string> {
	const stamps = files.map(async (file) => {
		if (file === null) return "";
		const found = await stat(file, { bigint: true }).catch(() => null);
		return found === null ? "none" : `${found.ino}:${found.mtimeNs}:${found.size}`;
	});
	return (await Promise.all(stamps)).join(" ");
}
