// Pure. Takes the front matter out of a Markdown or MDX file without moving any of its lines.
import type { SourceFile } from "./entry.ts";

/** The lines between the two `---`, on the same line numbers as in the file; null: the file has none. */
export function frontMatter(file: SourceFile): SourceFile | null {
	const lines = file.text.split(/\r?\n/);
	if (lines[0]?.trimEnd() !== "---") return null;
	const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === "---");
	if (end === -1) return null;
	return { path: file.path, text: ["", ...lines.slice(1, end)].join("\n") };
}
