// Pure. Who changes whose files: a matrix of doers and owners, and what it shows in one sentence.
import type { Edits } from "#model/activity";
import { element, type Svg } from "./svg.ts";
import { counted, listed } from "./words.ts";

/** `own` and `foreign` are a team's own files and another team's; `other`: a team's files, changed by who is no team. */
export type EditKind = "own" | "foreign" | "other" | "shared" | "unmatched";

export interface EditCell {
	readonly kind: EditKind;
	/** 0: none. */
	readonly changes: number;
	/** Side of the square whose area stands for the changes, in pixels; 0 for none. */
	readonly side: number;
}

export interface EditMatrix {
	/** Owners by id; `shared` and `unmatched` where there is any change of them. */
	readonly columns: readonly { readonly key: string; readonly name: string; readonly isTeam: boolean }[];
	readonly rows: readonly {
		readonly team: string | null;
		readonly name: string;
		readonly cells: readonly EditCell[];
	}[];
	readonly finding: string;
}

interface Named {
	readonly id: string;
	readonly name: string;
}

/** Side of the largest mark. */
const LARGEST = 22;
const SMALLEST = 4;
/** Holds the largest standing on its corner. */
const FRAME = 32;

/** `doerName` names those that are no team: the coordinator, and null for nobody known. */
export function editMatrix(
	edits: readonly Edits[],
	teams: readonly Named[],
	doerName: (team: string | null) => string,
): EditMatrix {
	const has = (kind: Edits["kind"]) => edits.some((one) => one.kind === kind);
	const columns = [
		...teams.map(({ id, name }) => ({ key: id, name, isTeam: true })),
		...(has("shared") ? [{ key: "shared", name: "Shared", isTeam: false }] : []),
		...(has("unmatched") ? [{ key: "unmatched", name: "No rule", isTeam: false }] : []),
	];
	const others = [...new Set(edits.map(({ team }) => team))].filter((team) => teams.every(({ id }) => id !== team));
	const doers = [
		...teams.map(({ id, name }) => ({ team: id as string | null, name })),
		...others.map((team) => ({ team, name: doerName(team) })),
	];
	const most = Math.max(1, ...edits.map(({ changes }) => changes));
	const rows = doers.map(({ team, name }) => ({
		team,
		name,
		cells: columns.map(({ key, isTeam }): EditCell => {
			const found = edits.find((one) => one.team === team && (isTeam ? one.owner === key : one.kind === key));
			const changes = found?.changes ?? 0;
			const byTeam = key === team ? "own" : others.includes(team) ? "other" : "foreign";
			const kind = isTeam ? byTeam : (key as "shared" | "unmatched");
			const side = changes === 0 ? 0 : Math.max(SMALLEST, LARGEST * Math.sqrt(changes / most));
			return { kind, changes, side };
		}),
	}));
	return { columns, rows, finding: sayFinding(edits, teams) };
}

function sayFinding(edits: readonly Edits[], teams: readonly Named[]): string {
	const isTeam = (id: string | null) => teams.some((team) => team.id === id);
	const byTeams = edits.filter(({ team }) => isTeam(team));
	if (byTeams.length === 0) return "No change is attributed to a team, so nothing is known of who changes whose files.";
	const nameOf = (id: string | null) => teams.find((team) => team.id === id)?.name ?? "";
	const foreign = byTeams
		.filter(({ team, owner }) => owner !== null && owner !== team)
		.sort((a, b) => b.changes - a.changes);
	if (foreign.length === 0) return "No team changed another team’s files.";
	const told = foreign
		.slice(0, 3)
		.map(
			({ team, owner, changes }) => `${nameOf(team)} made ${counted(changes, "change")} to files of ${nameOf(owner)}`,
		);
	const rest = foreign.slice(3).reduce((sum, { changes }) => sum + changes, 0);
	const more = rest === 0 ? [] : [`${counted(rest, "change")} more crossed a border`];
	const spared = teams.filter(({ id }) => foreign.every(({ owner }) => owner !== id)).map(({ name }) => name);
	const none = spared.length === 0 ? "" : `; no other team changed those of ${listed(spared)}`;
	return `${listed([...told, ...more])}${none}.`;
}

/**
 * The mark of a cell: a full square for own files, a diamond for another team's, empty where no team made it; an empty square
 * for shared, a ring for nobody's.
 */
export function editMark({ kind, side }: EditCell): Svg {
	const frame = { width: FRAME, height: FRAME, "aria-hidden": "true" as const, class: `mark mark-${kind}` };
	const middle = FRAME / 2;
	const square = { x: middle - side / 2, y: middle - side / 2, width: side, height: side };
	if (side === 0) return element("svg", frame);
	if (kind === "unmatched") return element("svg", frame, element("circle", { cx: middle, cy: middle, r: side / 2 }));
	const turned = kind === "foreign" || kind === "other" ? { transform: `rotate(45 ${middle} ${middle})` } : {};
	return element("svg", frame, element("rect", { ...square, ...turned }));
}
