// Pure. Addresses in what machines read: absolute where the site knows where it is published, else from the host's root.
import { withBase } from "../links.ts";

/** The address of a path that is already below the base (`withBase`, `teamHref` …), e.g. in JSON and llms.txt. */
export function published(href: string): string {
	const { SITE } = import.meta.env;
	return SITE ? new URL(href, SITE).href : href;
}

/** The address of a path of the site, e.g. `/teams/`. */
export const publishedPath = (path: string): string => published(withBase(path));

export const answerPath = (name: string): string => `/api/v1/${name}.json`;
export const schemaPath = (name: string): string => `/api/v1/schemas/${name}.schema.json`;
export const contentSchemaPath = (kind: string): string => `/api/v1/schemas/content/${kind}.schema.json`;
