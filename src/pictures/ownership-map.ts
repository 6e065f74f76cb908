// Pure. The tree of tracked files as a map: area is files, ink is the owner, an outline is where work is contested.
import { type HierarchyRectangularNode, hierarchy, treemap, treemapSquarify } from "d3-hierarchy";
import { element, hatch, hint, percent, picture, type Svg } from "./svg.ts";
import type { Cell, CellTree } from "./tree-cells.ts";
import { counted, listed, shortened } from "./words.ts";

export interface MapTeam {
	readonly id: string;
	readonly name: string;
	readonly short: string;
	/** Class of its ink. */
	readonly ink: string;
}

const HEIGHT = 360;
/** Widths of the place, in pixels, from which a text may be shown; as in the style sheet. */
const WIDTHS = [300, 480, 640, 800, 960] as const;
/** A page is not wider. */
const WIDEST = 976;
/** The layout's own width: cells are squares on a place about so wide. */
const LAID_WIDTH = 760;
const CHARACTER = 6.6;
const LINE = 15;

interface Branch {
	readonly cell?: Cell;
	readonly children?: Branch[];
}

/** `Of 35 tracked files 14 belong to one team …; 6 open conflicts are about files in 4 places, most, 2, about src/.` */
export function sayOwnership({ cells, here, elsewhere }: CellTree): string {
	const total = cells.reduce((sum, { files }) => sum + files, 0);
	if (total === 0) return "No file is tracked.";
	const of = (kind: Cell["kind"]) =>
		cells.filter((cell) => cell.kind === kind).reduce((sum, { files }) => sum + files, 0);
	const amount = (kind: Cell["kind"], one: string, many: string) =>
		`${of(kind).toLocaleString("en")} ${of(kind) === 1 ? one : many}`;
	const parts = [
		amount("owned", "belongs to one team", "belong to one team"),
		...(of("shared") === 0 ? [] : [amount("shared", "is shared", "are shared")]),
		...(of("unmatched") === 0 ? [] : [amount("unmatched", "matches no rule", "match no rule")]),
		...(of("mixed") === 0
			? []
			: [`${of("mixed").toLocaleString("en")} lie in folders of several owners, too many to be drawn apart`]),
	];
	const contested = cells.filter(({ conflicts }) => conflicts > 0);
	const [worst] = [...contested].sort((a, b) => b.conflicts - a.conflicts);
	const open = here === 1 ? "1 open conflict is" : `${here.toLocaleString("en")} open conflicts are`;
	const places = contested.length === 1 ? "" : `${contested.length} places, most, ${worst?.conflicts}, about `;
	const fought =
		worst === undefined ? "; no open conflict is about one of them" : `; ${open} about ${places}${nameOf(worst)}`;
	const gone = elsewhere === 0 ? "" : `, ${elsewhere.toLocaleString("en")} about no tracked file`;
	return `Of ${counted(total, "tracked file")} ${listed(parts)}${fought}${gone}.`;
}

/** Where a cell lies, in words. */
export function nameOf({ path, isFile, isRest }: Cell): string {
	if (isFile) return path;
	if (path === "") return isRest ? "files at the top" : "the whole tree";
	return isRest ? `files right in ${path}` : path;
}

/** Whose a cell is, in words. */
export function whoseOf({ kind, owner }: Cell, teams: readonly MapTeam[]): string {
	if (kind === "owned") return teams.find(({ id }) => id === owner)?.name ?? owner ?? "";
	return { shared: "shared", unmatched: "no rule", mixed: "several owners" }[kind];
}

/** `id` names the hatching and must be the page's only one. */
export function ownershipMap(tree: CellTree, teams: readonly MapTeam[], id: string): string {
	const root = hierarchy(branchOf(tree.cells), ({ children }) => children)
		.sum(({ cell }) => cell?.files ?? 0)
		.sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
	const laid = treemap<Branch>().tile(treemapSquarify.ratio(1.4)).size([LAID_WIDTH, HEIGHT]).paddingInner(0)(root);
	const drawn = laid.leaves().flatMap((leaf) => (leaf.data.cell === undefined ? [] : [{ leaf, cell: leaf.data.cell }]));
	return picture(
		{ words: `Map of the tree. ${sayOwnership(tree)}`, class: "ownership", height: HEIGHT },
		hatch(id, "hatching"),
		drawn.map(({ leaf, cell }) => draw(leaf, cell, teams, id)),
		drawn.filter(({ cell }) => cell.conflicts > 0).map(({ leaf }) => outline(leaf)),
	);
}

const frameOf = ({ x0, x1, y0, y1 }: HierarchyRectangularNode<Branch>) => ({
	x: percent(x0 / LAID_WIDTH),
	y: y0,
	width: percent((x1 - x0) / LAID_WIDTH),
	height: y1 - y0,
});

function draw(leaf: HierarchyRectangularNode<Branch>, cell: Cell, teams: readonly MapTeam[], id: string): Svg {
	const frame = frameOf(leaf);
	const team = cell.kind === "owned" ? teams.find((one) => one.id === cell.owner) : undefined;
	const tells = cell.conflicts === 0 ? "" : `; ${counted(cell.conflicts, "open conflict")}`;
	const words = `${nameOf(cell)}: ${whoseOf(cell, teams)}, ${counted(cell.files, "file")}${tells}`;
	const isHatched = cell.kind === "unmatched";
	return element(
		"g",
		{ class: `cell ${cell.kind} ${team?.ink ?? ""}`.trim() },
		hint(words),
		element("rect", frame),
		isHatched ? element("rect", { ...frame, fill: `url(#${id})`, class: "over" }) : undefined,
		// A nested picture cuts off what does not fit.
		element("svg", frame, textsOf(leaf, cell, team)),
	);
}

/** What fits: whose it is, where it lies, how many files and conflicts; each line shown where the place is wide enough. */
function textsOf(leaf: HierarchyRectangularNode<Branch>, cell: Cell, team: MapTeam | undefined): Svg[] {
	const share = (leaf.x1 - leaf.x0) / LAID_WIDTH;
	const room = Math.floor((leaf.y1 - leaf.y0 - 6) / LINE);
	const place = cell.isRest && cell.path === "" ? "files at the top" : cell.path;
	const base = cell.isRest && cell.path !== "" ? `in ${baseOf(cell.path)}` : baseOf(place);
	const whose = team?.short ?? { owned: "", shared: "shared", unmatched: "no rule", mixed: "several" }[cell.kind];
	const fight = cell.conflicts === 0 ? "" : `◆${cell.conflicts}`;
	const lines = [
		{ text: `${whose} ${fight}`.trim(), class: "whose" },
		{ text: neededWidth(place, share) <= 640 ? place : base, class: "" },
		...(cell.files > 1 ? [{ text: counted(cell.files, "file"), class: "" }] : []),
	].slice(0, Math.max(0, room));
	const texts: Svg[] = [];
	let from = 0;
	for (const [index, { text, class: className }] of lines.entries()) {
		// A long name is cut to what the widest place holds, and shown from the width at which it fits; below it nothing is sooner.
		const shown = shortened(text, Math.max(4, Math.floor((share * WIDEST - 10) / CHARACTER)));
		const needed = Math.max(from, neededWidth(shown, share));
		const width = WIDTHS.find((one) => one >= needed);
		if (index === 0 && width !== WIDTHS[0] && fight !== "" && neededWidth(fight, share) <= WIDTHS[0]) {
			texts.push(element("text", { x: 5, y: 15, class: `whose until-${width ?? "ever"}` }, fight));
		}
		if (width === undefined) break;
		from = width;
		texts.push(element("text", { x: 5, y: 15 + index * LINE, class: `${className} from-${width}`.trim() }, shown));
	}
	return texts;
}

/** How wide the whole picture must be for a text to fit a cell that has a share of it. */
const neededWidth = (text: string, share: number): number => (Array.from(text).length * CHARACTER + 10) / share;

const baseOf = (path: string): string => path.replace(/\/$/, "").split("/").at(-1) + (path.endsWith("/") ? "/" : "");

function outline(leaf: HierarchyRectangularNode<Branch>): Svg {
	return element("rect", { ...frameOf(leaf), class: "contested" });
}

/** Cells under the folders they share, so that neighbours in the tree are neighbours on the map. */
function branchOf(cells: readonly Cell[]): Branch {
	interface Open {
		readonly children: Branch[];
		readonly folders: Map<string, Open>;
	}
	const top: Open = { children: [], folders: new Map() };
	for (const cell of cells) {
		const parts = cell.path.split("/").filter((part) => part !== "");
		const above = cell.isRest ? parts : parts.slice(0, -1);
		let at = top;
		for (const part of above) {
			let next = at.folders.get(part);
			if (next === undefined) {
				next = { children: [], folders: new Map() };
				at.folders.set(part, next);
				at.children.push(next);
			}
			at = next;
		}
		at.children.push({ cell });
	}
	return top;
}
