// Pure. setup.cfg, as setuptools reads it: sections, keys, and values that go on in indented lines.
import type { Manifest, Requirement } from "#model/tree-facts";
import { parseRequirement } from "./requirement.ts";

interface Value {
	readonly line: number;
	/** Its lines, the first one after the equals sign. */
	readonly parts: { readonly text: string; readonly line: number }[];
}

export function readSetupCfg(text: string): Manifest {
	const sections = readSections(text);
	const options = sections.get("options");
	const requirements = [
		...requirementsOf(options?.get("install_requires"), "runtime"),
		...[...(sections.get("options.extras_require") ?? [])].flatMap(([extra, value]) => requirementsOf(value, extra)),
	];
	const python = options?.get("python_requires");
	const range = python?.parts.map((part) => part.text).join(",") ?? "";
	const name = sections.get("metadata")?.get("name");
	return {
		ecosystem: "python",
		kind: "setup",
		requirements,
		runtime: python === undefined || range === "" ? null : { range, line: python.line },
		buildBackend: name === undefined ? null : { name: "setuptools", line: name.line },
		isLock: false,
		members: null,
		isApplication: false,
	};
}

function requirementsOf(value: Value | undefined, group: string): Requirement[] {
	return (value?.parts ?? []).flatMap(({ text, line }) => {
		const parsed = parseRequirement(text);
		return parsed === null ? [] : [{ ...parsed, line, group }];
	});
}

/** Python's configparser, as far as setuptools' files need it. */
function readSections(text: string): ReadonlyMap<string, ReadonlyMap<string, Value>> {
	const sections = new Map<string, Map<string, Value>>();
	let section = new Map<string, Value>();
	let open: Value | null = null;
	for (const [index, raw] of text.split(/\r?\n/).entries()) {
		const trimmed = raw.trim();
		if (trimmed === "" || trimmed.startsWith("#") || trimmed.startsWith(";")) continue;
		if (/^\s/.test(raw)) {
			open?.parts.push({ text: trimmed, line: index + 1 });
			continue;
		}
		const header = /^\[([^\]]+)\]/.exec(trimmed)?.[1];
		if (header !== undefined) {
			section = sections.get(header) ?? new Map();
			sections.set(header, section);
			open = null;
			continue;
		}
		const at = trimmed.search(/[=:]/);
		if (at === -1) continue;
		const first = trimmed.slice(at + 1).trim();
		open = { line: index + 1, parts: first === "" ? [] : [{ text: first, line: index + 1 }] };
		section.set(trimmed.slice(0, at).trim().toLowerCase(), open);
	}
	return sections;
}
