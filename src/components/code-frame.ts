// Pure. The frame of the guide's fenced code: the file it belongs in, and a button that copies it.

/** As much of a hast element as a frame needs. */
interface Element {
	type: "element";
	tagName: string;
	properties: Record<string, string | string[]>;
	children: Node[];
}
type Node = Element | { type: string; value?: string };

interface Root {
	children: Node[];
}

/**
 * The name that ```` ```yaml title="content/project.yaml" ```` gives a block; null: none.
 * The attribute is that of Starlight's own code blocks.
 */
export function frameTitle(meta: string): string | null {
	return (
		/(?:^|\s)title=(?:"([^"]+)"|'([^']+)')/
			.exec(meta)
			?.slice(1)
			.find((title) => title !== undefined) ?? null
	);
}

const element = (tagName: string, properties: Element["properties"], ...children: Node[]): Element => ({
	type: "element",
	tagName,
	properties,
	children,
});

/** A Shiki transformer that puts each highlighted block of a page into a frame. */
export const codeFrame = {
	name: "code-frame",
	root(this: { options: { meta?: { __raw?: string } } }, root: Root): void {
		const title = frameTitle(this.options.meta?.__raw ?? "");
		const name = title === null ? [] : [element("figcaption", {}, { type: "text", value: title })];
		const label = title === null ? "Copy the code" : `Copy ${title}`;
		const button = element(
			"button",
			{ type: "button", class: "copy-button", "data-copy": "text", "aria-label": label },
			{ type: "text", value: "Copy" },
		);
		root.children = [element("figure", { class: "copyable code-frame" }, ...name, ...root.children, button)];
	},
};
