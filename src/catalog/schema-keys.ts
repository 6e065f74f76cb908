// Pure. The keys a schema knows at a place, for hints about keys it does not know.
import type { z } from "zod";
import type { FieldPath } from "./entry.ts";

type Schema = z.core.$ZodType;
/** The parts of zod's definitions that hold further schemas. */
interface Definition {
	readonly type: string;
	readonly shape?: Record<string, Schema>;
	readonly element?: Schema;
	readonly innerType?: Schema;
	readonly options?: readonly Schema[];
	readonly getter?: () => Schema;
	readonly in?: Schema;
	readonly out?: Schema;
}

/** Keys of the object at `path`, over all alternatives of a union. */
export function keysAt(schema: Schema, path: FieldPath): string[] {
	let found = unwrap(schema);
	for (const step of path) found = found.flatMap((one) => child(one, step)).flatMap(unwrap);
	return [...new Set(found.flatMap((one) => Object.keys(definition(one).shape ?? {})))];
}

function definition(schema: Schema): Definition {
	return schema._zod.def as Definition;
}

/** The schemas behind defaults, nullables, transforms and unions. */
function unwrap(schema: Schema): Schema[] {
	const { type, innerType, options, getter, in: input, out } = definition(schema);
	if (type === "lazy") return unwrap(getter!());
	if (type === "union") return options!.flatMap(unwrap);
	if (type === "pipe") return [input!, out!].flatMap(unwrap);
	return innerType === undefined ? [schema] : unwrap(innerType);
}

function child(schema: Schema, step: PropertyKey): Schema[] {
	const { shape, element } = definition(schema);
	const next = typeof step === "number" ? element : shape?.[String(step)];
	return next === undefined ? [] : [next];
}
