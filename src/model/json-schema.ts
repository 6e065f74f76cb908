// Pure. zod schemas -> JSON Schemas (draft 2020-12) that are published: of what the site answers, and of what content/ holds.
import { z } from "zod";

/** A JSON Schema as plain JSON. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface SchemaTitle {
	readonly title: string;
	/** Absolute address of the schema; null: the site does not know where it is published. */
	readonly id: string | null;
}

/**
 * The schema of an answer. It is open where ours is strict: within a version fields are added, and a reader who kept an
 * older copy of the schema must not refuse an answer for that.
 */
export function answerJsonSchema(schema: z.ZodType, title: SchemaTitle): JsonSchema {
	const found = z.toJSONSchema(schema, {
		io: "output",
		override: ({ jsonSchema }) => {
			if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
			dropNoise(jsonSchema);
		},
	});
	return titled(found, title);
}

/**
 * The schema of a file of content/, as people write it: unknown keys are errors. It can say less than the catalog
 * checks: not whether a team exists, what a path pattern means, or whether dates are in order.
 */
export function contentJsonSchema(schema: z.ZodType, title: SchemaTitle): JsonSchema {
	const found = z.toJSONSchema(schema, {
		io: "input",
		override: ({ zodSchema, jsonSchema }) => {
			dropNoise(jsonSchema);
			if (!isShorthand(zodSchema)) return;
			// zod shows what comes after the preprocessing alone; before it a bare string will do.
			const object = { ...jsonSchema };
			for (const key of Object.keys(jsonSchema)) delete jsonSchema[key as keyof typeof jsonSchema];
			jsonSchema.anyOf = [{ type: "string", minLength: 1 }, object];
		},
	});
	return titled(found, title);
}

/** `z.preprocess`: in content/ it always stands for "a bare string is the object's one field". */
function isShorthand(schema: z.core.$ZodType): boolean {
	const { def } = (schema as z.core.$ZodTypes)._zod;
	return def.type === "pipe" && def.in._zod.def.type === "transform";
}

/** What zod adds and no reader asks for: the bounds of safe integers, and that parsed lists are frozen. */
function dropNoise(schema: z.core.JSONSchema.BaseSchema): void {
	if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
	if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
	delete schema.readOnly;
}

function titled(schema: object, { title, id }: SchemaTitle): JsonSchema {
	const { $schema, ...rest } = schema as Record<string, unknown>;
	return { $schema, ...(id === null ? {} : { $id: id }), title, ...rest };
}
