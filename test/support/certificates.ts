// Edge(openssl). Authorities and certificates for tests, made anew for each run.
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface Pair {
	readonly cert: string;
	readonly key: string;
}

export interface Authority extends Pair {
	/** A certificate for these names (`DNS:mini1`, `IP:127.0.0.1`), good for so many days; less than none: expired. */
	sign(name: string, names: string, days?: number): Promise<Pair>;
}

/** Makes an authority of a name in a folder. */
export async function makeAuthority(folder: string, name: string): Promise<Authority> {
	const own = filesOf(folder, name);
	const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
	await run("openssl", [...made, "-subj", `/CN=${name}`, "-keyout", own.key, "-out", own.cert]);
	return {
		...own,
		async sign(of, names, days = 1) {
			const pair = filesOf(folder, `${name}-${of}`);
			const [request, extensions] = [join(folder, `${of}.csr`), join(folder, `${of}.ext`)];
			await writeFile(extensions, `subjectAltName=${names}\n`);
			const asked = ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", `/CN=${of}`];
			await run("openssl", [...asked, "-keyout", pair.key, "-out", request]);
			const signed = ["x509", "-req", "-in", request, "-CA", own.cert, "-CAkey", own.key, "-CAcreateserial"];
			await run("openssl", [...signed, "-extfile", extensions, "-days", String(days), "-out", pair.cert]);
			return pair;
		},
	};
}

function filesOf(folder: string, name: string): Pair {
	return { cert: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
}
