// Pure. content/namespaces/<id>.yaml: configuration keys and who owns them.
import { z } from "zod";
import { pathPattern, teamId, text } from "./field.ts";

export interface NamespaceKey {
	key: string;
	owner: string;
	description: string | null;
	children: NamespaceKey[];
}

/** One key of a configuration file with its owner, and its nested keys. */
export const namespaceKeySchema: z.ZodType<NamespaceKey> = z.lazy(() =>
	z.strictObject({
		key: text,
		owner: teamId,
		description: text.nullable().default(null),
		children: z.array(namespaceKeySchema).default([]),
	}),
);

export const namespaceSchema = z.strictObject({
	key: text,
	owner: teamId,
	description: text.nullable().default(null),
	/** Which files carry the key. */
	files: z.array(pathPattern).default([]),
	children: z.array(namespaceKeySchema).default([]),
});
export type Namespace = z.output<typeof namespaceSchema> & { readonly id: string; readonly file: string };
