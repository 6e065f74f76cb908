// Pure. pyproject.toml: PEP 621, dependency groups (PEP 735), the build system, and what Poetry, uv and PDM add.
import { parse, TomlError } from "smol-toml";
import type { Manifest, Requirement } from "#model/tree-facts";
import { Unreadable } from "../extractor.ts";
import { poetryRange } from "./poetry-range.ts";
import { normalise, parseRequirement } from "./requirement.ts";
import { findTomlLines, type TomlLines } from "./toml-lines.ts";

type Table = Readonly<Record<string, unknown>>;

export function readPyproject(text: string): Manifest {
	const top = parseTable(text);
	const lines = findTomlLines(text);
	const project = table(top, "project");
	const poetry = table(top, "tool", "poetry");
	const build = table(top, "build-system");
	const backend = build["build-backend"];
	return {
		ecosystem: "python",
		kind: "pyproject",
		requirements: [...standard(top, lines), ...ofPoetry(poetry, lines)],
		runtime: runtimeOf(project, poetry, lines),
		buildBackend:
			typeof backend === "string" ? { name: backend, line: lines.keyLine("build-system", "build-backend") } : null,
		isLock: false,
		members: membersOf(table(top, "tool", "uv")["workspace"]),
		isApplication: isApplication(top, typeof backend === "string"),
	};
}

function parseTable(text: string): Table {
	try {
		return parse(text);
	} catch (error) {
		if (!(error instanceof TomlError)) throw error;
		throw new Unreadable(error.line, (error.message.split("\n")[0] ?? "").replace(/^Invalid TOML document: /, ""));
	}
}

/** The table at a path; an empty one where there is none. */
function table(top: Table, ...path: readonly string[]): Table {
	let at: unknown = top;
	for (const key of path) at = isTable(at) && Object.hasOwn(at, key) ? at[key] : undefined;
	return isTable(at) ? at : {};
}

function isTable(value: unknown): value is Table {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function standard(top: Table, lines: TomlLines): Requirement[] {
	const groups = [
		...Object.entries(table(top, "project", "optional-dependencies")),
		...Object.entries(table(top, "dependency-groups")),
		...Object.entries(table(top, "tool", "pdm", "dev-dependencies")),
	];
	return [
		...listed(table(top, "project")["dependencies"], "runtime", lines),
		...groups.flatMap(([group, list]) => listed(list, group, lines)),
		...listed(table(top, "tool", "uv")["dev-dependencies"], "dev", lines),
	];
}

function membersOf(workspace: unknown): Manifest["members"] {
	if (!isTable(workspace)) return null;
	const texts = (list: unknown) => (Array.isArray(list) ? list.filter((item) => typeof item === "string") : []);
	return { include: texts(workspace["members"]), exclude: texts(workspace["exclude"]) };
}

/** A package with commands, or one that nothing builds: such a project is only installed to be run. */
function isApplication(top: Table, isBuilt: boolean): boolean {
	const [project, poetry] = [table(top, "project"), table(top, "tool", "poetry")];
	if (project["name"] === undefined && poetry["name"] === undefined) return false;
	return !isBuilt || [project, poetry].some((each) => Object.keys(table(each, "scripts")).length > 0);
}

function listed(list: unknown, group: string, lines: TomlLines): Requirement[] {
	if (!Array.isArray(list)) return [];
	return list.flatMap((item) => {
		const parsed = typeof item === "string" ? parseRequirement(item) : null;
		return parsed === null ? [] : [{ ...parsed, line: lines.textLine(item as string), group }];
	});
}

function ofPoetry(poetry: Table, lines: TomlLines): Requirement[] {
	const groups = Object.entries(table(poetry, "group"));
	return [
		...keyed(table(poetry, "dependencies"), "runtime", "tool.poetry.dependencies", lines),
		...keyed(table(poetry, "dev-dependencies"), "dev", "tool.poetry.dev-dependencies", lines),
		...groups.flatMap(([group, value]) =>
			keyed(
				isTable(value) ? table(value, "dependencies") : {},
				group,
				`tool.poetry.group.${group}.dependencies`,
				lines,
			),
		),
	];
}

/** `name = "^1.2"` or `name = { version = "^1.2", … }`; several constraints of one name are conditional. */
function keyed(dependencies: Table, group: string, header: string, lines: TomlLines): Requirement[] {
	return Object.entries(dependencies).flatMap(([name, value]) => {
		const range = versionOf(value);
		if (name === "python" || range === null) return [];
		const isConditional = isTable(value) && ["markers", "python", "platform"].some((key) => Object.hasOwn(value, key));
		return [{ name: normalise(name), range, line: lines.keyLine(header, name), group, isConditional }];
	});
}

function versionOf(value: unknown): string | null {
	const version = isTable(value) ? value["version"] : value;
	return typeof version === "string" ? poetryRange(version) : null;
}

function runtimeOf(project: Table, poetry: Table, lines: TomlLines): Manifest["runtime"] {
	const asked = project["requires-python"];
	if (typeof asked === "string") return { range: asked, line: lines.keyLine("project", "requires-python") };
	const range = versionOf(table(poetry, "dependencies")["python"]);
	return range === null ? null : { range, line: lines.keyLine("tool.poetry.dependencies", "python") };
}
