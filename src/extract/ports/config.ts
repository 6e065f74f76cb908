// Pure. Ports in configuration: what compose and Kubernetes publish, and keys that have the name of a port.
import type { PortUse } from "#model/tree-facts";
import { portPublished, readCommand } from "./command.ts";
import type { Data } from "./data.ts";
import { addressesIn, isOwnPortName, isPortName, portOf } from "./number.ts";
import { readShell } from "./shell.ts";

type Maybe = Data | undefined;

export function readConfig(documents: readonly Data[]): PortUse[] {
	return documents.flatMap((data) => {
		if (isCompose(data)) return readCompose(data);
		if (scalar(at(data, "apiVersion")) !== null && scalar(at(data, "kind")) !== null) return readManifest(data);
		return readKeys(data, "", 0);
	});
}

/** The scripts of a package.json. */
export function readScripts(data: Data): PortUse[] {
	return entriesOf(at(data, "scripts")).flatMap(([, script]) =>
		script.kind === "value" && typeof script.value === "string" ? readShell(script.value, script.line) : [],
	);
}

function isCompose(data: Data): boolean {
	return entriesOf(at(data, "services")).some(
		([, service]) =>
			service.kind === "map" && ["image", "build", "ports", "extends"].some((key) => service.entries.has(key)),
	);
}

/** The ports of the machine that compose gives to containers; what is behind them is the container's own affair. */
function readCompose(data: Data): PortUse[] {
	return entriesOf(at(data, "services")).flatMap(([name, service]) => {
		const starts = started(service) ?? builtFolder(at(service, "build")) ?? `service:${name}`;
		return itemsOf(at(service, "ports")).flatMap((item): PortUse[] => {
			const published = item.kind === "map" ? publishedBy(item) : portPublished(withDefault(scalar(item) ?? ""));
			const line = item.kind === "value" ? item.line : lineOf(at(item, "published"));
			return published === null ? [] : [{ ...published, use: "bind", how: "publish", line, starts }];
		});
	});
}

/**
 * The program that a container starts, where the description says so by a name of several parts: `main:app` or
 * `/app/start.sh` may be anything in any image.
 */
function started(service: Data): string | null {
	const command = at(service, "entrypoint") ?? at(service, "command");
	const words = command?.kind === "list" ? command.items.map(scalar) : (scalar(command)?.split(/\s+/) ?? []);
	const { starts } = readCommand(words.map((text) => ({ text: text ?? "", at: 0, how: "flag" })));
	return starts !== null && /^\w+(?:[./]\w+)*[./]\w+(?::\w+)?$/.test(starts) && !/^\w+\.(?:py|sh)$/.test(starts)
		? starts
		: null;
}

/** The folder that holds what is built, as written: that of the Dockerfile, where it lies within the context. */
function builtFolder(build: Maybe): string | null {
	const context = scalar(build) ?? scalar(at(build, "context"));
	if (context === null) return null;
	const dockerfile = (scalar(at(build, "dockerfile")) ?? "").replace(/^(?:\.\/)+/, "");
	const folder = `${context.replace(/(?<=.)(?:\/\.?)+$/, "")}/`;
	return folder + dockerfile.slice(0, dockerfile.lastIndexOf("/") + 1);
}

/** `${WEB_PORT:-8080}:80` means 8080 unless told otherwise. */
function withDefault(text: string): string {
	return text.replace(/\$\{\w{1,100}:?-(\d{1,5})\}/g, "$1");
}

/** The long form: `{ published: 8080, target: 80, protocol: udp }`. */
function publishedBy(item: Data): Pick<PortUse, "port" | "protocol" | "inner"> | null {
	const port = portOf(withDefault(scalar(at(item, "published")) ?? ""));
	const inner = portOf(scalar(at(item, "target")) ?? "");
	const protocol = scalar(at(item, "protocol")) === "udp" ? "udp" : "tcp";
	return port === null ? null : { port, protocol, ...(inner === null ? {} : { inner }) };
}

/** A Kubernetes object: `nodePort` and `hostPort` are ports of machines, all others of a pod or of a service alone. */
function readManifest(data: Data): PortUse[] {
	const starts = `service:${scalar(at(data, "kind"))}/${scalar(at(at(data, "metadata"), "name"))}`;
	return leavesOf(data, "", 0).flatMap(({ key, data: value }): PortUse[] => {
		const port = isPortName(key) ? portOf(scalar(value) ?? "") : null;
		if (port === null) return [];
		const { line } = value;
		return key === "nodePort" || key === "hostPort"
			? [{ port, protocol: "tcp", use: "bind", how: "publish", line, starts }]
			: [{ port, protocol: "tcp", use: "mention", how: "key", line, starts: null }];
	});
}

interface Leaf {
	readonly key: string;
	readonly data: Extract<Data, { kind: "value" }>;
}

function leavesOf(data: Data, key: string, depth: number): Leaf[] {
	if (data.kind === "value") return [{ key, data }];
	if (data.kind === "list") return data.items.flatMap((item) => leavesOf(item, key, depth + 1));
	return [...data.entries].flatMap(([name, inner]) => leavesOf(inner, name, depth + 1));
}

/**
 * Keys of a configuration. A server's own port stands at the top, or in a section that names a server, and no other
 * host beside it; `database: {host: db, port: 5432}` is somebody else's.
 */
function readKeys(data: Data, section: string, depth: number): PortUse[] {
	if (data.kind === "list") return data.items.flatMap((item) => readKeys(item, ELSEWHERE, depth + 1));
	if (data.kind === "value") return addressesOf(data);
	const isServer = (depth === 0 || SERVER_SECTIONS.has(section.toLowerCase())) && !namesHost(data);
	return [...data.entries].flatMap(([key, value]) => {
		if (value.kind !== "value" || !isPortName(key)) return readKeys(value, key, depth + 1);
		const port = portOf(scalar(value) ?? "");
		if (port === null) return [];
		const use = isServer && isOwnPortName(key) ? "bind" : "mention";
		return [{ port, protocol: "tcp" as const, use, how: "key" as const, line: value.line, starts: null }];
	});
}

const ELSEWHERE = "\0";
const SERVER_SECTIONS: ReadonlySet<string> = new Set(
	"server http https grpc api web app listen listener uvicorn gunicorn".split(" "),
);

function namesHost(data: Data): boolean {
	return ["host", "hostname", "address", "ip", "url", "server"].some((key) => {
		const host = scalar(at(data, key));
		return host !== null && !/^(?:0\.0\.0\.0|::|\[::\]|127\.0\.0\.1|localhost|\*|)$/.test(host);
	});
}

function addressesOf({ value, line }: Extract<Data, { kind: "value" }>): PortUse[] {
	if (typeof value !== "string") return [];
	return addressesIn(value.slice(0, MOST_TEXT)).map(({ port }) => {
		return { port, protocol: "tcp", use: "mention", how: "address", line, starts: null };
	});
}

const MOST_TEXT = 10_000;

function at(data: Maybe, key: string): Maybe {
	return data?.kind === "map" ? data.entries.get(key) : undefined;
}

function entriesOf(data: Maybe): [string, Data][] {
	return data?.kind === "map" ? [...data.entries] : [];
}

function itemsOf(data: Maybe): readonly Data[] {
	return data?.kind === "list" ? data.items : [];
}

function scalar(data: Maybe): string | null {
	if (data?.kind !== "value" || (typeof data.value !== "string" && typeof data.value !== "number")) return null;
	return String(data.value);
}

function lineOf(data: Maybe): number {
	return data?.kind === "value" ? data.line : 0;
}
