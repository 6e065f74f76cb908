// Pure. From a link on a built page back to the line of the content that says it.

export interface SourcePlace {
	readonly file: string;
	readonly line: number;
	readonly column: number;
}

/**
 * Where the content writes this address: in the guide's file of that page, or else in any file. Null: nowhere; the page's own
 * parts made it. `sources`: texts by path.
 */
export function placeOfLink(sources: ReadonlyMap<string, string>, page: string, address: string): SourcePlace | null {
	const id = page.replace(/^\/|\/$/g, "");
	const isOfPage = (file: string) => {
		const name = file.replaceAll("\\", "/").replace(/(\/index)?\.mdx?$/, "");
		return name === id || name.endsWith(`/${id}`);
	};
	const files = [...sources.keys()].sort((a, b) => Number(isOfPage(b)) - Number(isOfPage(a)));
	for (const file of files) {
		const place = placeIn(sources.get(file) ?? "", address);
		if (place !== null) return { file, ...place };
	}
	return null;
}

/** Marks that an address stands between, in Markdown, HTML and YAML. */
const AROUND = /[\s()"'<>=`]/;

function placeIn(text: string, address: string): { line: number; column: number } | null {
	for (let at = text.indexOf(address); at !== -1 && address !== ""; at = text.indexOf(address, at + 1)) {
		const [before, after] = [text[at - 1] ?? " ", text[at + address.length] ?? " "];
		if (!AROUND.test(before) || !AROUND.test(after)) continue;
		const lines = text.slice(0, at).split("\n");
		return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
	}
	return null;
}
