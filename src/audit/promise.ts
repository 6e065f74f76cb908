// Pure. A promised Python member beside a function that may keep it: how they differ.
import type { ContractMember } from "#model/contract";
import type { Difference, Unproved } from "#model/reality";
import type { PythonFunction } from "#model/tree-facts";
import { compareResult, openResult } from "./promised-result.ts";

interface Parameter {
	readonly name: string;
	readonly how: "positional-only" | "positional" | "keyword-only" | "*" | "**";
	readonly hasDefault: boolean;
}

/** Decorators under which a function is called as it is written. */
const PLAIN = new Set(
	["staticmethod", "classmethod", "abstractmethod", "abc.abstractmethod", "mx.compile", "torch.compile"].concat(
		["override", "final", "overload"].flatMap((name) => [name, `typing.${name}`, `typing_extensions.${name}`]),
		["lru_cache", "cache"].flatMap((name) => [name, `functools.${name}`]),
		["no_grad", "inference_mode", "enable_grad"].flatMap((name) => [name, `torch.${name}`]),
		["deprecated", "warnings.deprecated", "typing_extensions.deprecated"],
	),
);

const PROPERTY = /^((functools\.)?cached_property|(abc\.abstract)?property|[\w.]+\.(setter|getter|deleter))$/;

/** The decorator of a function that may make another thing of it; null: none does. */
export function changingDecorator({ decorators = [] }: PythonFunction): string | null {
	return decorators.find((one) => !PLAIN.has(one) && !PROPERTY.test(one)) ?? null;
}

export function isProperty({ decorators = [] }: PythonFunction): boolean {
	return decorators.some((one) => PROPERTY.test(one));
}

/** Whether it only says how another of its name may be called. */
export function isOverload({ decorators = [] }: PythonFunction): boolean {
	return decorators.some((one) => /(^|\.)overload$/.test(one));
}

/** How a function differs from what was promised; empty: in nothing that its text shows. */
export function compareFunction(promised: ContractMember, found: PythonFunction): Difference[] {
	const at = (kind: Difference["kind"], rest: Partial<Difference> = {}): Difference => {
		return { kind, line: found.line, name: "", promised: "", found: "", ...rest };
	};
	if (isProperty(found)) {
		if (promised.kind !== "attribute") return [at("kind", { promised: promised.kind, found: "property" })];
		return compareResult(promised.returns, found);
	}
	if (promised.kind === "attribute") return [at("kind", { promised: "attribute", found: "method" })];
	return [
		...compareAsync(promised.async, found).map((rest) => at("async", rest)),
		...compareParameters(promised.parameters, found.parameters).map(({ kind, ...rest }) => at(kind, rest)),
		...compareResult(promised.returns, found),
	];
}

/** The promised parts that its text does not say enough of to be compared. */
export function openParts(promised: ContractMember, found: PythonFunction): Unproved[] {
	const hasParameters = promised.kind !== "attribute" && promised.parameters !== null;
	const isOpen = hasParameters && readParameters(promised.parameters ?? []) === null;
	return [...(isOpen ? (["parameters"] as const) : []), ...openResult(promised.returns, found)];
}

/** A function that says it gives something to wait for is as good as an asynchronous one. */
function compareAsync(promised: boolean, { isAsync, returns }: PythonFunction): Partial<Difference>[] {
	if (promised === isAsync) return [];
	if (promised && /\b(Awaitable|Coroutine|Future|Task)\b/.test(returns ?? "")) return [];
	const word = (is: boolean) => (is ? "async" : "not async");
	return [{ promised: word(promised), found: word(isAsync) }];
}

type Told = Pick<Difference, "kind"> & Partial<Difference>;

/**
 * The law: a call by position, and one by name, with the promised parameters must be taken. `null`: none are promised.
 * What can be left out in a call may be added at the end, and a promised one may get a default.
 */
function compareParameters(promised: readonly string[] | null, found: readonly string[]): Told[] {
	const wanted = promised === null ? null : readParameters(promised);
	if (wanted === null) return [];
	const taken = readParameters(found) ?? [];
	const takes = (how: Parameter["how"]) => taken.some((one) => one.how === how);
	const named = (list: readonly Parameter[]) => new Map(list.map((one) => [one.name, one]));
	const [wantedNames, takenNames] = [named(wanted), named(taken)];
	const positions = taken.filter(isPositional);
	const renamed = new Set<string>();
	const told: Told[] = [];
	for (const one of wanted) {
		const own = takenNames.get(one.name);
		if (own !== undefined) told.push(...compareParameter(one, own));
		else if (one.how === "*" || one.how === "**") {
			if (!takes(one.how)) told.push({ kind: "parameter-missing", name: `${one.how}${one.name}` });
		} else if (!takes("**") && !(isPositional(one) && takes("*"))) {
			const instead = positions[wanted.filter(isPositional).indexOf(one)];
			if (!isPositional(one) || instead === undefined || wantedNames.has(instead.name))
				told.push({ kind: "parameter-missing", name: one.name });
			else {
				renamed.add(instead.name);
				told.push({ kind: "parameter-name", name: one.name, promised: one.name, found: instead.name });
			}
		}
	}
	for (const one of taken) {
		const isCovered = wantedNames.has(one.name) || renamed.has(one.name) || one.hasDefault;
		if (isCovered || one.how === "*" || one.how === "**") continue;
		if (wanted.some(({ how }) => how === (isPositional(one) ? "*" : "**"))) continue;
		told.push({ kind: "parameter-extra", name: one.name });
	}
	if (isOutOfOrder(wanted.filter(isPositional), positions, renamed)) {
		const list = (parameters: readonly Parameter[]) => parameters.map(({ name }) => name).join(", ");
		told.push({ kind: "parameter-order", promised: list(wanted.filter(isPositional)), found: list(positions) });
	}
	return told;
}

function isPositional({ how }: Parameter): boolean {
	return how === "positional" || how === "positional-only";
}

function compareParameter(wanted: Parameter, { name, how, hasDefault }: Parameter): Told[] {
	if (how === "*" || how === "**" || wanted.how === "*" || wanted.how === "**") return [];
	const told: Told[] = [];
	if (how === "keyword-only" && wanted.how !== "keyword-only") told.push({ kind: "keyword-only", name });
	if (how === "positional-only" && wanted.how !== "positional-only") told.push({ kind: "positional-only", name });
	if (wanted.hasDefault && !hasDefault) told.push({ kind: "default-missing", name });
	return told;
}

/** Whether promised parameters would be filled in by position with what is meant for others. */
function isOutOfOrder(
	wanted: readonly Parameter[],
	positions: readonly Parameter[],
	renamed: ReadonlySet<string>,
): boolean {
	const order = positions.map(({ name }) => wanted.findIndex((one) => one.name === name)).filter((at) => at !== -1);
	if (order.some((at, index) => index > 0 && at < (order[index - 1] as number))) return true;
	// One that can be left out stands before a promised one, and takes its place.
	if (order.length < wanted.length) return false;
	const first = positions.findIndex(
		({ name, hasDefault }) => hasDefault && !renamed.has(name) && !wanted.some((one) => one.name === name),
	);
	const last = positions.findLastIndex(({ name }) => wanted.some((one) => one.name === name));
	return first !== -1 && first < last;
}

/** Reads Python's notation of parameters, with or without annotations and values; null: it is none. */
function readParameters(texts: readonly string[]): Parameter[] | null {
	const parameters: Parameter[] = [];
	let isAfterStar = false;
	for (const text of texts) {
		const parts = /^\s*(\*{0,2})\s*([\p{L}_][\p{L}\p{N}_]*)?\s*([:=/].*)?$/su.exec(text);
		if (parts === null) return null;
		const [, star = "", name = "", rest = ""] = parts;
		if (star === "" && name === "") {
			if (rest !== "/") return null;
			parameters.splice(
				0,
				parameters.length,
				...parameters.map((one) => ({ ...one, how: "positional-only" as const })),
			);
		} else if (star === "*" && name === "") isAfterStar = true;
		else if (star !== "") {
			parameters.push({ name, how: star as "*" | "**", hasDefault: false });
			isAfterStar = true;
		} else if (parameters.length > 0 || !/^(self|cls)$/.test(name)) {
			const how = isAfterStar ? "keyword-only" : "positional";
			parameters.push({ name, how, hasDefault: rest.includes("=") });
		}
	}
	return parameters;
}
