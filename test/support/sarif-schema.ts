// Edge(files). The official SARIF 2.1.0 schema (of SchemaStore, as @microsoft/jest-sarif carries it), ready to judge.
import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import Ajv from "ajv-draft-04";

/** RFC 3986, section 2 and 4.1: characters a URI reference may hold, and whole percent-encodings only. */
const URI_REFERENCE = /^(?:[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*$/;

const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
ajv.addFormat("uri-reference", URI_REFERENCE);
ajv.addFormat("uri", (text: string) => URI_REFERENCE.test(text) && URL.canParse(text));
ajv.addFormat("date-time", (text: string) => !Number.isNaN(Date.parse(text)));
const validate = ajv.compile(schema);

/** What the schema has against a document; empty when it is valid. */
export function sarifErrors(document: unknown): string[] {
	if (validate(document)) return [];
	return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
