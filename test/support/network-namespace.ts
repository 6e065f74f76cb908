// Edge(processes). A network of its own for one process, tied to this machine by one pair of virtual links. Needs root.
import { execFileSync } from "node:child_process";

export interface Namespace {
	/** Put before a command, runs it inside. */
	readonly prefix: readonly string[];
	/** Address inside, to which this machine can connect. */
	readonly host: string;
	/** Replaces the rules for packets that come in; each is what nft takes, e.g. `tcp dport 50051 drop`. */
	setRules(rules: readonly string[]): void;
	/** Ports of this machine from which connections to `port` inside are open. */
	peersOf(port: number): number[];
	/** Takes the namespace and its links away. */
	close(): void;
}

/** Null where namespaces and their rules can be made; otherwise why not, in words. */
export function namespaceMissing(): string | null {
	if (process.getuid?.() !== 0) return "network namespaces need root";
	try {
		run("nft", "--version");
		run("ip", "-V");
	} catch {
		return "no nft or ip: apt-get install nftables iproute2";
	}
	const probe = `coord-probe-${process.pid}`;
	try {
		run("ip", "netns", "add", probe);
		run("ip", "netns", "exec", probe, "nft", "add", "table", "inet", "probe");
		return null;
	} catch {
		return "this machine allows no network namespace with nft rules";
	} finally {
		attempt("ip", "netns", "del", probe);
	}
}

/** Makes a namespace; `number` (0 to 1000) tells those of one run apart. Addresses are of 198.18.0.0/15, kept for tests. */
export function openNamespace(number: number): Namespace {
	const name = `coord-${process.pid}-${number}`;
	const [outer, inner] = [`cdo${process.pid % 10_000}x${number}`, `cdi${process.pid % 10_000}x${number}`];
	const base = number * 4;
	const host = (last: number) => `198.18.${100 + ((base + last) >> 8)}.${(base + last) & 255}`;
	const inside = (...command: string[]) => run("ip", "netns", "exec", name, ...command);
	const close = () => {
		attempt("ip", "link", "del", outer);
		attempt("ip", "netns", "del", name);
	};
	try {
		run("ip", "netns", "add", name);
		run("ip", "link", "add", outer, "type", "veth", "peer", "name", inner, "netns", name);
		run("ip", "addr", "add", `${host(1)}/30`, "dev", outer);
		run("ip", "link", "set", outer, "up");
		inside("ip", "addr", "add", `${host(2)}/30`, "dev", inner);
		inside("ip", "link", "set", inner, "up");
		inside("ip", "link", "set", "lo", "up");
		inside("nft", "add table inet faults");
		inside("nft", "add chain inet faults in { type filter hook input priority 0; }");
	} catch (error) {
		close();
		throw error;
	}
	// Also where the process is ended from outside: nothing of it is left on the machine.
	process.on("exit", close);
	return {
		prefix: ["ip", "netns", "exec", name],
		host: host(2),
		setRules(rules) {
			inside("nft", "flush chain inet faults in");
			for (const rule of rules) inside("nft", `add rule inet faults in ${rule}`);
		},
		peersOf(port) {
			const lines = inside("ss", "-Htn", "state", "established", "sport", "=", `:${port}`).trim().split("\n");
			return lines
				.filter((line) => line !== "")
				.map((line) => Number(line.trim().split(/\s+/).at(-1)!.split(":").at(-1)));
		},
		close() {
			process.off("exit", close);
			close();
		},
	};
}

function run(command: string, ...args: string[]): string {
	return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Taking away what may not be there. */
function attempt(...command: [string, ...string[]]): void {
	try {
		run(...command);
	} catch {
		// It was not there.
	}
}
