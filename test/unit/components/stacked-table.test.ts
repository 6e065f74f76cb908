// A table that can be shown as blocks: roles said aloud, each cell with the name of its column.
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { stackTable } from "../../../src/components/stacked-table.ts";

const HEAD =
	'<table class="dense"><caption>Ports</caption><thead><tr><th scope="col">Owner</th><th scope="col">Port</th><th scope="col"> Open  <b>now</b> </th></tr></thead>';
const cellsOf = (html: string) =>
	[...parseHTML(stackTable(html)).document.querySelectorAll("tbody :is(th, td)")].map((cell) => [
		cell.getAttribute("role"),
		cell.getAttribute("data-label"),
		cell.textContent,
	]);

test("each part has the role it is, each cell the name of its column, its content one box", () => {
	const html = `${HEAD}<tbody><tr><th scope="row">Team A</th><td>80<i>80</i></td><td class="number">2</td></tr></tbody></table>`;
	const { document } = parseHTML(stackTable(html));
	const roles = [...document.querySelectorAll("table, table *")].map((one) => [
		one.localName,
		one.getAttribute("role"),
	]);
	expect(roles.filter(([, role]) => role !== null)).toEqual([
		["table", "table"],
		["thead", "rowgroup"],
		["tr", "row"],
		["th", "columnheader"],
		["th", "columnheader"],
		["th", "columnheader"],
		["tbody", "rowgroup"],
		["tr", "row"],
		["th", "rowheader"],
		["td", "cell"],
		["td", "cell"],
	]);
	expect(cellsOf(html)).toEqual([
		["rowheader", null, "Team A"],
		["cell", "Port", "8080"],
		["cell", "Open now", "2"],
	]);
	expect(document.querySelector("table")?.className).toBe("dense stacked");
	expect(document.querySelector("td")?.innerHTML).toBe("<div>80<i>80</i></div>");
	expect(document.querySelector("td.number")?.className).toBe("number");
});

test("a cell that reaches down moves the columns of the rows below it, and one that reaches across has no name", () => {
	const rows =
		'<tr><th scope="rowgroup" rowspan="2">Team A</th><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr><tr><th scope="row">Team B</th><td colspan="2">no port</td></tr>';
	expect(cellsOf(`${HEAD}<tbody>${rows}</tbody></table>`).map(([, label, text]) => [label, text])).toEqual([
		[null, "Team A"],
		["Port", "1"],
		["Open now", "2"],
		["Port", "3"],
		["Open now", "4"],
		[null, "Team B"],
		[null, "no port"],
	]);
});

test("what holds nothing is marked, a picture or a nought is something", () => {
	const row = (cell: string) =>
		`${HEAD}<tbody><tr><th scope="row">A</th><td>${cell}</td><td>1</td></tr></tbody></table>`;
	const isBlank = (cell: string) =>
		parseHTML(stackTable(row(cell)))
			.document.querySelector("tbody td")
			?.classList.contains("blank");
	expect(["", " \n ", "–", '<span class="muted">–</span>'].map(isBlank)).toEqual([true, true, true, true]);
	expect(["0", "none", "<span><svg></svg></span>", "– 3"].map(isBlank)).toEqual([false, false, false, false]);
});

test("text stays text, and only one table is understood", () => {
	const html = `${HEAD}<tbody><tr><th scope="row">a</th><td>&lt;img src=x onerror=alert(1)&gt;</td><td>1</td></tr></tbody></table>`;
	expect(parseHTML(stackTable(html)).document.querySelector("img")).toBeNull();
	expect(() => stackTable("<p>none</p>")).toThrow(/found 0/);
	expect(() => stackTable("<table></table><table></table>")).toThrow(/found 2/);
});
