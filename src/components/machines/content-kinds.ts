// Pure. The files of content/ whose schema is published for editors: those that are YAML throughout.
import { contentSchemas } from "#model/content-schemas";

type Kind = keyof typeof contentSchemas;

export interface ContentKind {
	readonly kind: Kind;
	/** Which files are of the kind. */
	readonly files: string;
}

const SINGLE: readonly Kind[] = ["project", "ports"];
/** Their YAML stands above a text, where no editor looks for a schema. */
const FRONT_MATTER: readonly Kind[] = ["notes", "guide"];

export const contentKinds: readonly ContentKind[] = (Object.keys(contentSchemas) as Kind[])
	.filter((kind) => !FRONT_MATTER.includes(kind))
	.map((kind) => ({ kind, files: SINGLE.includes(kind) ? `content/${kind}.yaml` : `content/${kind}/*.yaml` }));
