// Pure. Ports that a file binds or names, by what it is written in.
import type { FilePorts, PortUse } from "#model/tree-facts";
import { type Extractor, Unreadable } from "./extractor.ts";
import { portKind } from "./port-kind.ts";
import { readConfig, readScripts } from "./ports/config.ts";
import { type Data, readJson, readToml, readYaml } from "./ports/data.ts";
import { readDockerfile } from "./ports/docker.ts";
import { readProse } from "./ports/prose.ts";
import { readPython } from "./ports/python.ts";
import { readShell } from "./ports/shell.ts";

const readers: Readonly<Record<string, (text: string) => readonly PortUse[]>> = {
	shell: readShell,
	yaml: (text) => readConfig(unlessTemplate(text, readYaml)),
	json: (text) => readConfig([readJson(text)]),
	toml: (text) => readConfig(unlessTemplate(text, (each) => [readToml(each)])),
	npm: (text) => readScripts(readJson(text)),
	docker: readDockerfile,
	prose: readProse,
};

export const portsExtractor: Extractor<FilePorts> = {
	kindOf: portKind,
	extract: (text, kind) => {
		const isHopeless = kind === "shell" ? !SIGNS_IN_SHELL.test(text.replaceAll("\\\n", " ")) : !SIGNS.test(text);
		if (isHopeless) return { uses: [], listens: false };
		const { uses, listens } =
			kind === "python" ? readPython(text) : { uses: readers[kind]?.(text) ?? [], listens: false };
		return { uses: oneEach(uses), listens };
	},
};

/** Most files hold no port at all, and are not worth a parser; `import` and `report` are no signs of one. */
const SIGNS = /(?:\b|_)port|Port|PORT|[Ss]erve|bind|[Ll]isten|TCPSite|-[bp][ =]?["']?\d|publish|:\d\d/;

/** In scripts a number stands on the line of its word, behind a flag, or behind the colon of an address. */
const SIGNS_IN_SHELL =
	/(?:(?:\b|_)port|Port|PORT|[Ss]erve|bind|[Ll]isten|publish)[^\n]*(?<![\w.])\d{2,5}\b|-[bp][ =]?["']?\d{2}|[\w\])*}"']:\d{2,5}(?![\w:])/;

/** Of one port on one line, that it is bound says more than that it is named. */
function oneEach(uses: readonly PortUse[]): PortUse[] {
	const found = new Map<string, PortUse>();
	for (const use of uses) {
		const key = `${use.line} ${use.protocol} ${use.port}`;
		if (use.use === "bind" ? found.get(key)?.use !== "bind" : !found.has(key)) found.set(key, use);
	}
	return [...found.values()];
}

/** A template says nothing before it is filled in. */
function unlessTemplate(text: string, read: (text: string) => readonly Data[]): readonly Data[] {
	try {
		return read(text);
	} catch (error) {
		if (error instanceof Unreadable && /\{\{|\{%|<%/.test(text)) return [];
		throw error;
	}
}
