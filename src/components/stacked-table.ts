// Pure. A table whose rows become blocks where it is narrow: each cell carries the name of its column.
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parseFragment, serialize } from "parse5";

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.ChildNode;

/** Where style takes the parts of a table out of its layout, browsers no longer tell what they are: roles do. */
const ROLES: Readonly<Record<string, string>> = {
	table: "table",
	thead: "rowgroup",
	tbody: "rowgroup",
	tr: "row",
	td: "cell",
};

/**
 * The HTML of a table with one row of headings, prepared for `styles/stacked-table.css`: explicit roles; on each `td` its
 * column as `data-label`, or the class `blank` where it holds nothing but a dash; its content in a `div` of its own. A cell that spans
 * columns has no label. Throws where there is not exactly one table.
 */
export function stackTable(html: string): string {
	const fragment = parseFragment(html);
	const tables = elementsOf(fragment.childNodes).filter(({ tagName }) => tagName === "table");
	const [table] = tables;
	if (table === undefined || tables.length > 1) throw new Error(`expected one table, found ${tables.length}`);
	const parts = elementsOf(table.childNodes);
	for (const element of [table, ...parts]) setRole(element, ROLES[element.tagName]);
	const heads = parts.filter(({ tagName }) => tagName === "thead").flatMap(rowsOf);
	const labels = heads.flatMap((row) => elementsOf(row.childNodes).map((cell) => textOf(cell)));
	setClass(table, "stacked");
	for (const part of parts) prepareRows(rowsOf(part), labels);
	return serialize(fragment);
}

function prepareRows(rows: readonly Element[], labels: readonly string[]): void {
	/** By column: for how many more rows a cell from above stands in it. */
	const taken: number[] = [];
	for (const row of rows) {
		setRole(row, "row");
		let column = 0;
		for (const cell of elementsOf(row.childNodes)) {
			while ((taken[column] ?? 0) > 0) column++;
			const width = Number(attribute(cell, "colspan") ?? 1);
			const height = Number(attribute(cell, "rowspan") ?? 1);
			prepareCell(cell, width === 1 ? (labels[column] ?? "") : "");
			for (let end = column + width; column < end; column++) taken[column] = height;
		}
		for (const [at, height] of taken.entries()) taken[at] = Math.max(0, (height ?? 0) - 1);
	}
}

function prepareCell(cell: Element, label: string): void {
	if (cell.tagName === "th") {
		setRole(cell, attribute(cell, "scope")?.startsWith("col") ? "columnheader" : "rowheader");
		return;
	}
	setRole(cell, ROLES["td"]);
	if (/^[–-]?$/.test(textOf(cell)) && !hasPicture(cell)) setClass(cell, "blank");
	else if (label !== "") cell.attrs.push({ name: "data-label", value: label });
	const inner = defaultTreeAdapter.createElement("div", cell.namespaceURI, []);
	for (const child of [...cell.childNodes]) {
		defaultTreeAdapter.detachNode(child);
		defaultTreeAdapter.appendChild(inner, child);
	}
	defaultTreeAdapter.appendChild(cell, inner);
}

function rowsOf(part: Element): Element[] {
	return elementsOf(part.childNodes).filter(({ tagName }) => tagName === "tr");
}

function elementsOf(nodes: readonly Node[]): Element[] {
	return nodes.filter((node): node is Element => "tagName" in node);
}

function attribute(element: Element, name: string): string | undefined {
	return element.attrs.find((one) => one.name === name)?.value;
}

function setRole(element: Element, role: string | undefined): void {
	if (role !== undefined && attribute(element, "role") === undefined) element.attrs.push({ name: "role", value: role });
}

function setClass(element: Element, name: string): void {
	const known = element.attrs.find((one) => one.name === "class");
	if (known === undefined) element.attrs.push({ name: "class", value: name });
	else known.value = `${known.value} ${name}`;
}

function textOf(node: Node): string {
	if (node.nodeName === "#text") return (node as DefaultTreeAdapterTypes.TextNode).value.trim();
	return "childNodes" in node ? node.childNodes.map(textOf).join(" ").replace(/\s+/g, " ").trim() : "";
}

function hasPicture(element: Element): boolean {
	return elementsOf(element.childNodes).some((one) => one.tagName === "svg" || hasPicture(one));
}
