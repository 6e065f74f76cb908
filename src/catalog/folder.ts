// Pure. Where the content lies. Apart from its reader, which takes longer to load than a second audit takes.

/** The content folder: COORD_CONTENT, absolute or from the working directory; by default `content`. */
export function contentFolder(environment: Readonly<Record<string, string | undefined>>): string {
	return environment.COORD_CONTENT || "content";
}
