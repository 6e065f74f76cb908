// Pure. Ports in a command line, whoever holds it: a script, a Dockerfile, a list of scripts.
import type { PortUse } from "#model/tree-facts";
import { isOwnPortName, isPortName, portOf, portOfAddress } from "./number.ts";

/** A word of a command as far as it is known; what is not known is a NUL in its text. */
export interface CommandWord {
	readonly text: string;
	/** Offset of what gave it its value. */
	readonly at: number;
	/** Where its value comes from: the word itself, a variable, the default of one. */
	readonly how: "flag" | "assignment" | "default";
}

export interface CommandUse extends Pick<PortUse, "port" | "protocol" | "use" | "how" | "inner" | "starts"> {
	readonly at: number;
}

export interface CommandRead {
	readonly uses: readonly CommandUse[];
	/** What it starts, as written; null: nothing that could listen. */
	readonly starts: string | null;
	/** Code of Python handed over by `-c`, or that is to come from its input (empty). */
	readonly code: CommandWord | null;
}

/** Programs that listen by themselves, with the short flag of their port. */
const SERVERS: ReadonlyMap<
	string,
	{ readonly short?: string; readonly bind?: boolean; readonly positional?: boolean }
> = new Map(
	Object.entries({
		uvicorn: {},
		gunicorn: { bind: true },
		hypercorn: { bind: true },
		granian: {},
		daphne: { short: "-p" },
		waitress: {},
		flask: { short: "-p" },
		fastapi: {},
		streamlit: {},
		jupyter: {},
		"jupyter-lab": {},
		"jupyter-notebook": {},
		tensorboard: {},
		mlflow: { short: "-p" },
		"http.server": { positional: true },
		"mlx_lm.server": {},
		"vllm.entrypoints.openai.api_server": {},
		vllm: {},
		"redis-server": {},
		mongod: {},
		prometheus_client: {},
		locust: {},
		"django-admin": {},
		serve: { short: "-p" },
		"http-server": { short: "-p" },
		next: { short: "-p" },
		vite: {},
	}),
);

/** Programs that run the rest of their command line. */
const WRAPPERS: ReadonlySet<string> = new Set(
	"nohup sudo exec time nice command setsid env stdbuf caffeinate".split(" "),
);

/** Programs that run a script named among their arguments. */
const RUNNERS: ReadonlySet<string> = new Set(
	"mpirun mpiexec torchrun mlx.launch accelerate nodemon coverage watchmedo bash sh zsh uv uvx poetry pipenv conda hatch pdm rye".split(
		" ",
	),
);

/** Reads the words of a simple command, assignments before it apart. */
export function readCommand(given: readonly CommandWord[]): CommandRead {
	const words = unwrap(given.slice(0, MOST_WORDS));
	const [first] = words;
	if (first === undefined) return { uses: [], starts: null, code: null };
	const name = nameOfProgram(first.text);
	if (name === "docker" || name === "podman") return { uses: readPublished(words), starts: null, code: null };
	if (name === "kubectl") return { uses: readForwarded(words), starts: null, code: null };
	const program = withKnownStart(readProgram(words));
	if (program === null) return { uses: [], starts: null, code: null };
	const django = readDjango(program);
	return { uses: django === null ? readFlags(program) : [django], starts: program.starts, code: program.code };
}

const MOST_WORDS = 500;

interface Program {
	readonly starts: string | null;
	readonly code: CommandWord | null;
	readonly server: NonNullable<ReturnType<(typeof SERVERS)["get"]>> | null;
	readonly rest: readonly CommandWord[];
}

/** `"$DIR/server.py"` is a server.py; what is unknown as a whole may be anything, a client too. */
function withKnownStart(program: Program | null): Program | null {
	if (program === null || program.starts === null) return program;
	const starts = program.starts.replace(/^.*\0\/+/s, "");
	return starts.includes("\0") ? null : { ...program, starts };
}

function unwrap(words: readonly CommandWord[]): readonly CommandWord[] {
	let start = 0;
	while (start < words.length) {
		const name = nameOfProgram((words[start] as CommandWord).text);
		if (WRAPPERS.has(name)) {
			start++;
			while (/^-|^\w+=/.test(words[start]?.text ?? "")) start++;
		} else if (name === "timeout") start += 2;
		else if (/^(uv|poetry|pipenv|pdm|hatch|rye)$/.test(name) && words[start + 1]?.text === "run") {
			start += 2;
			while (words[start]?.text.startsWith("-") === true) start++;
		} else break;
	}
	return words.slice(start);
}

function nameOfProgram(text: string): string {
	return text.slice(text.lastIndexOf("/") + 1).replace(/\.exe$/, "");
}

function readProgram(words: readonly CommandWord[]): Program | null {
	const [first, ...rest] = words as [CommandWord, ...CommandWord[]];
	const name = nameOfProgram(first.text);
	if (/^python[0-9.]*$/.test(name)) return readPythonProgram(rest);
	const server = SERVERS.get(name);
	if (server !== undefined) return { starts: targetOf(name, rest), code: null, server, rest };
	if (/\.(py|sh)$/.test(first.text)) return { starts: first.text, code: null, server: null, rest };
	if (!RUNNERS.has(name)) return null;
	const index = rest.findIndex(({ text }) => /\.(py|sh)$/.test(text));
	const script = rest[index];
	return script === undefined ? null : { starts: script.text, code: null, server: null, rest: rest.slice(index + 1) };
}

function readPythonProgram(words: readonly CommandWord[]): Program | null {
	for (const [index, { text }] of words.entries()) {
		const next = words[index + 1];
		const rest = words.slice(index + 2);
		if (text === "-c") return { starts: null, code: next ?? null, server: null, rest };
		if (text === "-m") {
			if (next === undefined) return null;
			const server = SERVERS.get(next.text) ?? null;
			return { starts: server === null ? next.text : targetOf(next.text, rest), code: null, server, rest };
		}
		if (text === "-") return { starts: null, code: { text: "", at: 0, how: "flag" }, server: null, rest: [] };
		if (!text.startsWith("-")) return { starts: text, code: null, server: null, rest: words.slice(index + 1) };
	}
	return { starts: null, code: { text: "", at: 0, how: "flag" }, server: null, rest: [] };
}

/** What a server serves: `main:app`, `app/main.py`; else its own name. */
function targetOf(name: string, rest: readonly CommandWord[]): string {
	return rest.find(({ text }) => /^[\w./-]+(:[\w.]+(\(\))?|\.py)$/.test(text) && !/^[\d.]+:/.test(text))?.text ?? name;
}

function readFlags({ starts, server, rest }: Program): CommandUse[] {
	const found: CommandUse[] = [];
	rest.forEach((word, index) => {
		const flag = /^(--?[A-Za-z][\w.-]*)(?:=(.*))?$/s.exec(word.text);
		if (flag === null) return;
		const [, name = "", inline] = flag;
		const value: CommandWord | undefined = inline === undefined ? rest[index + 1] : { ...word, text: inline };
		if (value === undefined) return;
		const isBind = server?.bind === true && (name === "-b" || name === "--bind");
		const isPort = name === server?.short || (name.startsWith("--") && isPortName(name));
		const port = isBind ? (portOfAddress(value.text) ?? portOf(value.text)) : isPort ? portOf(value.text) : null;
		if (port === null) return;
		const isOwn = isBind || name === server?.short || isOwnPortName(name);
		found.push({
			port,
			protocol: "tcp",
			use: isOwn ? "bind" : "mention",
			how: value.how,
			starts: isOwn ? starts : null,
			at: value.at,
		});
	});
	if (server?.positional === true) {
		const [value] = rest;
		const port = value === undefined ? null : portOf(value.text);
		// `python -m http.server` serves whatever folder it stands in: no two are the same.
		if (value !== undefined && port !== null)
			found.push({ port, protocol: "tcp", use: "bind", how: value.how, starts: null, at: value.at });
	}
	return found;
}

/** `python manage.py runserver 0.0.0.0:8000`; null: another command. */
function readDjango({ starts, rest }: Program): CommandUse | null {
	const [command, value] = rest;
	if (starts?.endsWith("manage.py") !== true || command?.text !== "runserver" || value === undefined) return null;
	const port = portOf(value.text) ?? portOfAddress(value.text);
	if (port === null) return null;
	return { port, protocol: "tcp", use: "bind", how: value.how, starts: `${starts}:runserver`, at: value.at };
}

/** `docker run -p 8080:80`: the first is the machine's own. */
function readPublished(words: readonly CommandWord[]): CommandUse[] {
	if (!words.slice(1, 3).some(({ text }) => text === "run" || text === "create")) return [];
	return words.flatMap((word, index): CommandUse[] => {
		const inline = /^(?:-p|--publish=)(\S*\d)$/s.exec(word.text)?.[1];
		const isFlag = word.text === "-p" || word.text === "--publish";
		const value = inline === undefined ? (isFlag ? words[index + 1] : undefined) : { ...word, text: inline };
		const published = value === undefined ? null : portPublished(value.text);
		if (value === undefined || published === null) return [];
		return [{ ...published, use: "bind", how: "publish", starts: null, at: value.at }];
	});
}

/** Of `8080:80`, `127.0.0.1:8080:80/udp`: the port on the machine itself; null: none that is fixed. */
export function portPublished(text: string): Pick<PortUse, "port" | "protocol" | "inner"> | null {
	const match = /^(?:(?:[\d.]+|\[[0-9a-fA-F:]+\]|localhost):)?(\d{1,5}):(\d{1,5})(?:\/(tcp|udp))?$/.exec(text);
	if (match === null) return null;
	const [, outer = "", inner = "", protocol] = match;
	const port = portOf(outer);
	return port === null ? null : { port, inner: Number(inner), protocol: protocol === "udp" ? "udp" : "tcp" };
}

/** `kubectl port-forward service/x 8080:80` listens on 8080 of the machine it runs on. */
function readForwarded(words: readonly CommandWord[]): CommandUse[] {
	if (!words.some(({ text }) => text === "port-forward")) return [];
	return words.flatMap((word): CommandUse[] => {
		const match = /^(\d{1,5}):\d{1,5}$/.exec(word.text);
		const port = match === null ? null : portOf(match[1] as string);
		return port === null ? [] : [{ port, protocol: "tcp", use: "mention", how: "publish", starts: null, at: word.at }];
	});
}

/** A variable set for one command that starts something: `PORT=8100 python server.py`. */
export function readEnvironment(name: string, value: CommandWord, starts: string | null): CommandUse | null {
	const port = isPortName(name) ? portOf(value.text) : null;
	if (port === null) return null;
	const isBind = starts !== null && isOwnPortName(name);
	const how = value.how === "default" ? "default" : "assignment";
	return { port, protocol: "tcp", use: isBind ? "bind" : "mention", how, starts: isBind ? starts : null, at: value.at };
}
