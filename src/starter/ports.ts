// Pure. Ports that files bind, for the team whose those files are.
import { type RawPath, showPath } from "#model/history";
import type { FilePorts } from "#model/tree-facts";
import { visible } from "#model/visible";
import type { ProposedPort, Remark } from "./proposal.ts";

/** Folders whose files start nothing that runs beside others. */
const ASIDE = /(^|\/)(tests?|testing|testdata|__tests__|specs?|fixtures?|examples?|samples?|docs?)\//i;
const MOST = 40;

export function proposePorts(
	files: ReadonlyMap<RawPath, FilePorts>,
	teamOf: (path: RawPath) => string | null,
): { ports: ProposedPort[]; remarks: Remark[] } {
	const seen = new Map<string, { port: number; protocol: "tcp" | "udp"; places: Map<string, string | null> }>();
	for (const [path, { uses }] of files) {
		if (ASIDE.test(path)) continue;
		for (const { use, port, protocol, line } of uses) {
			if (use !== "bind" || port === 0) continue;
			const key = `${protocol}/${port}`;
			const one = seen.get(key) ?? { port, protocol, places: new Map() };
			seen.set(key, one);
			one.places.set(`${visible(showPath(path).text)}:${line}`, teamOf(path));
		}
	}
	const ports: ProposedPort[] = [];
	const remarks: Remark[] = [];
	const inOrder = [...seen.values()].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1));
	for (const { port, protocol, places } of inOrder) {
		const owners = new Set(places.values());
		const [owner] = owners;
		const [first, ...more] = places.keys();
		const where = `bound at ${first}${more.length > 0 ? ` and ${more.length} more` : ""}`;
		if (owners.size === 1 && owner != null && ports.length < MOST)
			ports.push({ port, protocol, owner, purpose: where });
		else remarks.push({ about: "ports", text: `${protocol}/${port}: ${where}, ${whose(owners)}` });
	}
	return { ports, remarks };
}

function whose(owners: ReadonlySet<string | null>): string {
	if (owners.size > 1) return "in files of several owners";
	return owners.has(null) ? "in a file that no team has alone" : "one of many: register it if it is needed";
}
