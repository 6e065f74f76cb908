// Pure. An independent judge of JSON Schemas of draft 2020-12 (ajv), with the formats the standard names.
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** Whether values are as a schema says, for many values. */
export function schemaTest(schema: object): (value: unknown) => boolean {
	const ajv = new Ajv2020({ strict: true, strictTypes: false });
	addFormats.default(ajv);
	const validate = ajv.compile(schema);
	return (value) => validate(value);
}

/** What a schema has against a value, each as `/path message`; empty: it is valid. Throws where the schema itself is none. */
export function schemaErrors(schema: object, value: unknown): string[] {
	const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false });
	addFormats.default(ajv);
	const validate = ajv.compile(schema);
	if (validate(value)) return [];
	return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
