// Edge(fs). Certificate files -> what a connection to a node is secured with, read anew when a file changed.
import { readFile, stat } from "node:fs/promises";
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
	/** Why there is none, with the file's name; never anything of what is in it. */
	| { readonly trouble: string };

export interface TlsFiles {
	/** The context for a node's settings: one for all that name the same files, as they were at most a minute ago. */
	contextFor(tls: NodeTls): Promise<SecureReply>;
}

const LOOK_AGAIN_MS = 60_000;

/** The files of one gateway; each is read when it is first needed. */
export function openTlsFiles(now: () => number = () => performance.now()): TlsFiles {
	const held = new Map<string, { stamp: string; lookedAt: number; reply: SecureReply }>();
	return {
		async contextFor({ ca, cert, key }) {
			const name = JSON.stringify([ca, cert, key]);
			const known = held.get(name);
			if (known !== undefined && now() - known.lookedAt < LOOK_AGAIN_MS && "context" in known.reply) return known.reply;
			const stamp = await stampOf([ca, cert, key]);
			const isSame = known !== undefined && known.stamp === stamp;
			const reply = isSame ? known.reply : await readContext(ca, cert, key);
			held.set(name, { stamp, lookedAt: now(), reply });
			return reply;
		},
	};
}

async function readContext(ca: string | null, cert: string | null, key: string | null): Promise<SecureReply> {
	const read = (file: string | null) => (file === null ? undefined : readFile(file));
	try {
		const [caBytes, certBytes, keyBytes] = await Promise.all([read(ca), read(cert), read(key)]);
		return { context: createSecureContext({ ca: caBytes, cert: certBytes, key: keyBytes, minVersion: "TLSv1.2" }) };
	} catch (error) {
		const { code = "", path = null } = error as NodeJS.ErrnoException;
		if (path !== null) return { trouble: `${path} cannot be read (${code})` };
		// OpenSSL says what does not parse, and quotes nothing of it.
		const files = [ca, cert, key].filter((file) => file !== null).join(", ");
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
