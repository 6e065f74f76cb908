// Pure but for the WebAssembly that lays it out. Contracts between teams as a graph; names never reach the layout.
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { element, type Svg } from "./svg.ts";
import { counted, listed, shortened } from "./words.ts";

export type PromiseState = "kept" | "unproved" | "mixed" | "broken" | "missing" | "unknown";

export interface GraphContract {
	readonly from: string;
	readonly to: string;
	readonly title: string;
	readonly href: string;
	readonly state: PromiseState;
	/** The state in words: `as promised`. */
	readonly verdict: string;
}

export interface GraphTeam {
	readonly id: string;
	readonly name: string;
	readonly href: string;
	/** Class of its ink; empty: none. */
	readonly ink: string;
}

/** What is drawn between two teams: a contract, or several as one. */
interface Link {
	readonly from: number;
	readonly to: number;
	readonly lines: readonly string[];
	readonly href: string;
	readonly state: PromiseState;
}

/** More contracts are drawn as one link for each pair of teams. */
const MOST_LINKS = 12;
const WORST_FIRST: readonly PromiseState[] = ["missing", "broken", "mixed", "unknown", "unproved", "kept"];
const SIGN: Record<PromiseState, string> = {
	kept: "✓",
	unproved: "◐",
	mixed: "▲",
	broken: "◆",
	missing: "◆",
	unknown: "○",
};
/** Points of Graphviz in an inch; one is a pixel here. */
const INCH = 72;
const LINE = 16;
const PAD = 8;

/** `allHref`: the page of all contracts, for links that stand for several. */
export function linksOf(contracts: readonly GraphContract[], teams: readonly GraphTeam[], allHref: string): Link[] {
	const place = new Map(teams.map(({ id }, index) => [id, index]));
	const ends = ({ from, to }: GraphContract) => ({ from: place.get(from) ?? 0, to: place.get(to) ?? 0 });
	if (contracts.length <= MOST_LINKS) {
		return contracts.map((one) => {
			const lines = [shortened(one.title, 40), `${SIGN[one.state]} ${one.verdict}`];
			return { ...ends(one), lines, href: one.href, state: one.state };
		});
	}
	const pairs = Map.groupBy(contracts, ({ from, to }) => `${from} ${to}`);
	return [...pairs.values()].map((group) => {
		const state = WORST_FIRST.find((one) => group.some((contract) => contract.state === one)) ?? "unknown";
		const kept = group.filter((contract) => contract.state === "kept").length;
		const open = group.filter((contract) => contract.state === "unproved").length;
		const most = open === 0 ? "" : `, ${open} as far as the code says`;
		const lines = [counted(group.length, "contract"), `${SIGN[state]} ${kept} as promised${most}`];
		return { ...ends(group[0] as GraphContract), lines, href: allHref, state };
	});
}

/** `1 of 3 contracts is as promised; “SFT trainer interface” is not found.` */
export function sayContracts(contracts: readonly GraphContract[]): string {
	if (contracts.length === 0) return "No team has promised another an interface.";
	const kept = contracts.filter(({ state }) => state === "kept").length;
	const open = contracts.filter(({ state }) => state === "unproved").length;
	const others = contracts.filter(({ state }) => state !== "kept" && state !== "unproved");
	const told = others.slice(0, 3).map(({ title, verdict }) => `“${title}”: ${verdict}`);
	const rest = others.length > 3 ? [`${others.length - 3} more are not`] : [];
	const all = contracts.length;
	const isOne = kept === all || open === all;
	const head = isOne
		? (["The one contract is", "Both contracts are"][all - 1] ?? `All ${all} contracts are`)
		: `${kept} of ${counted(all, "contract")} ${kept === 1 ? "is" : "are"}`;
	const most = open === 0 ? "" : `, ${isOne ? "" : `${open} `}as far as the code says`;
	return `${head} as promised${most}${others.length === 0 ? "" : `; ${listed([...told, ...rest])}`}.`;
}

interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** Plex Sans at 13 px is about so wide a character. */
const widthOf = (lines: readonly string[]) => Math.max(...lines.map((line) => Array.from(line).length)) * 6.9 + 2 * PAD;

/** Drawn from top to bottom, so that it fits a phone; teams without a contract are left out. Empty: there is none. */
export async function contractGraph(
	contracts: readonly GraphContract[],
	teams: readonly GraphTeam[],
	allHref: string,
	direction: "TB" | "LR",
): Promise<string> {
	const links = linksOf(contracts, teams, allHref);
	if (links.length === 0) return "";
	const used = new Set(links.flatMap(({ from, to }) => [from, to]));
	const team = (index: number) => teams[index] as GraphTeam;
	const boxes = [
		...[...used].map((index) => ({ id: `t${index}`, lines: [shortened(team(index).name, 24)] })),
		...links.map((link, index) => ({ id: `c${index}`, lines: link.lines })),
	];
	const dot = [
		`digraph { rankdir=${direction}; nodesep=0.2; ranksep=0.28; node [shape=box, fixedsize=true, label=""];`,
		...boxes.map(({ id, lines }) => {
			const height = lines.length * LINE + 2 * PAD - 4;
			return `${id} [width=${(widthOf(lines) / INCH).toFixed(3)}, height=${(height / INCH).toFixed(3)}];`;
		}),
		...links.map(({ from, to }, index) => `t${from} -> c${index} [arrowhead=none]; c${index} -> t${to};`),
		"}",
	].join("\n");
	const plain = (await Graphviz.load()).layout(dot, "plain");
	const { width, height, nodes, edges } = readPlain(plain);
	const draw = (id: string, className: string, href: string, lines: readonly string[]): Svg => {
		const { x, y, width: wide, height: high } = nodes.get(id) as Box;
		const first = y - ((lines.length - 1) * LINE) / 2 + 4.5;
		const text = lines.map((line, index) =>
			element(
				"text",
				{ x, y: first + index * LINE, "text-anchor": "middle", class: index === 0 ? "name" : "verdict" },
				line,
			),
		);
		const rect = element("rect", { x: x - wide / 2, y: y - high / 2, width: wide, height: high, rx: 4 });
		return element("a", { href, class: className }, rect, ...text);
	};
	const children = [
		...edges.map(({ path, tail, head }) => {
			const link = links[Number((tail.startsWith("c") ? tail : head).slice(1))] as Link;
			return element("path", { d: path, class: `link ${link.state}` });
		}),
		...edges.filter(({ head }) => head.startsWith("t")).map(({ end }) => arrowHead(end)),
		...[...used].map((index) =>
			draw(`t${index}`, `team-box ${team(index).ink}`, team(index).href, [shortened(team(index).name, 24)]),
		),
		...links.map((link, index) => draw(`c${index}`, `contract-box ${link.state}`, link.href, link.lines)),
	];
	const frame = {
		class: `pic contracts-graph ${direction.toLowerCase()}`,
		role: "group",
		"aria-label": `Contracts between teams. ${sayContracts(contracts)}`,
		width,
		height,
		viewBox: `0 0 ${width} ${height}`,
	};
	return element("svg", frame, children).source;
}

interface Laid {
	readonly width: number;
	readonly height: number;
	readonly nodes: ReadonlyMap<string, Box>;
	readonly edges: readonly {
		readonly tail: string;
		readonly head: string;
		readonly path: string;
		/** Where it ends, and whence it comes there. */
		readonly end: { readonly x: number; readonly y: number; readonly fromX: number; readonly fromY: number };
	}[];
}

/** Graphviz's `plain` format, in inches from the bottom left, as pixels from the top left. */
export function readPlain(plain: string): Laid {
	const rows = plain.split("\n").map((line) => line.split(" "));
	const graph = rows.find(([kind]) => kind === "graph") ?? [];
	const round = (value: number) => Math.round(value * 10) / 10;
	const margin = 2;
	const height = Number(graph[3]) * INCH;
	const x = (inches: string | undefined) => round(Number(inches) * INCH + margin);
	const y = (inches: string | undefined) => round(height - Number(inches) * INCH + margin);
	const nodes = new Map(
		rows
			.filter(([kind]) => kind === "node")
			.map(([, id, left, top, wide, high]) => [
				id ?? "",
				{ x: x(left), y: y(top), width: round(Number(wide) * INCH), height: round(Number(high) * INCH) },
			]),
	);
	const edges = rows
		.filter(([kind]) => kind === "edge")
		.map(([, tail = "", head = "", count, ...rest]) => {
			const points = Array.from(
				{ length: Number(count) },
				(_, index) => [x(rest[2 * index]), y(rest[2 * index + 1])] as const,
			);
			const [first, ...others] = points.map((point) => point.join(" "));
			const [toX, toY] = points.at(-1) ?? [0, 0];
			const [fromX, fromY] = points.at(-2) ?? [0, 0];
			return { tail, head, path: `M${first}C${others.join(" ")}`, end: { x: toX, y: toY, fromX, fromY } };
		});
	return {
		width: Math.ceil(Number(graph[2]) * INCH + 2 * margin),
		height: Math.ceil(height + 2 * margin),
		nodes,
		edges,
	};
}

/** Graphviz leaves ten points for it. */
function arrowHead({ x, y, fromX, fromY }: Laid["edges"][number]["end"]): Svg {
	const angle = (Math.atan2(y - fromY, x - fromX) * 180) / Math.PI;
	const turn = `translate(${x} ${y}) rotate(${Math.round(angle)})`;
	return element("path", { d: "M0-4 9 0 0 4z", transform: turn, class: "arrow" });
}
