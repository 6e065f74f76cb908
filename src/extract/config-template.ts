// Pure. Texts that bear the name of a configuration format and are something else on purpose.

/**
 * Marks of a template: Helm and Jinja, `{{ x }}` and `{% x %}`; ERB, `<% x %>`; names that a script replaces, `%NAME%` and
 * `@NAME@`. Not `${{ x }}` of GitHub's workflows, which are plain YAML.
 */
const TEMPLATE = /(?<!\$)\{\{|\{%|<%|%[A-Z][A-Z0-9_]*%|@[A-Z][A-Z0-9_]*@/;

/** Whether a text is made into configuration by a program before anything reads it. */
export function isTemplate(text: string): boolean {
	return TEMPLATE.test(text);
}

const LFS = "version https://git-lfs.github.com/spec/";

/** Whether git LFS keeps a file's own text elsewhere. */
export function isKeptElsewhere(text: string): boolean {
	return text.startsWith(LFS);
}

/** The line, from 1, of the first conflict marker that git left in a text; null: there is none. */
export function findMergeMarker(text: string): number | null {
	if (!/^>>>>>>> /m.test(text)) return null;
	const lines = text.split("\n");
	const at = lines.findIndex((line) => line.startsWith("<<<<<<< "));
	return at === -1 ? null : at + 1;
}
