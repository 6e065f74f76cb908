// Pure. What each team may do about a path now, in one sentence or a few.
import type { LookUpClaim, LookUpData } from "#model/look-up";
import type { LookedUp } from "./look-up.ts";
import { nameOf } from "./look-up-words.ts";
import { promisedFiles, sharePromises } from "./promise-words.ts";

/** Text, the name of a team, or the id of a conflict: a page links those two. */
export type Piece =
	| string
	| { readonly kind: "team"; readonly id: string; readonly name: string }
	| { readonly kind: "conflict"; readonly id: string };

export interface Advice {
	readonly team: string;
	/** `keep`: all but what was promised there. `agree`: once that is agreed with somebody. */
	readonly may: "yes" | "keep" | "agree" | "no";
	/** Continues the team's name. Not made safe to show. */
	readonly pieces: readonly Piece[];
	/** The same as text. */
	readonly text: string;
	/** Teams that have to agree, by id: those that have claimed the path. Empty: the coordinator, or any other team. */
	readonly agreeWith: readonly string[];
	/** Ids of what the team has to settle first, gravest first. Of very many the text names some and counts the rest. */
	readonly settle: readonly string[];
}

/** One for each team, in the order of their ids. */
export function adviseTeams(data: LookUpData, found: LookedUp): Advice[] {
	return data.teams.map(({ id }) => adviseTeam(data, found, id));
}

/** Teams that are told the same are told it once; in the order of the first of each. */
export interface SharedAdvice extends Omit<Advice, "team"> {
	/** At least one. */
	readonly teams: readonly string[];
}

export function shareAdvice(advice: readonly Advice[]): SharedAdvice[] {
	const shared = new Map<string, SharedAdvice & { readonly teams: string[] }>();
	for (const { team, ...said } of advice) {
		const known = shared.get(said.text);
		if (known === undefined) shared.set(said.text, { teams: [team], ...said });
		else known.teams.push(team);
	}
	return [...shared.values()];
}

function adviseTeam(data: LookUpData, found: LookedUp, team: string): Advice {
	const said = byRules(data, found, team);
	const promised = said.may === "no" && found.promises === null ? [] : promisePieces(data, found);
	const settle = toSettle(found, team);
	const pieces = [...said.pieces, ...promised, ...settlePieces(settle)];
	return {
		team,
		may: said.may === "yes" && promised.length > 0 ? "keep" : said.may,
		pieces,
		text: pieces.map(textOf).join(""),
		agreeWith: said.agreeWith ?? [],
		settle,
	};
}

function textOf(piece: Piece): string {
	return typeof piece === "string" ? piece : piece.kind === "team" ? piece.name : piece.id;
}

interface Said {
	readonly may: Advice["may"];
	readonly pieces: readonly Piece[];
	readonly agreeWith?: readonly string[];
}

/** What rules and claims say. Who owns a path has it whoever claims it; all others, and the owner too, respect a claim. */
function byRules(data: LookUpData, { verdict, claims }: LookedUp, team: string): Said {
	if (verdict.kind === "clash") {
		const why = `leave it alone: two rules give it to two teams; ask ${data.coordinator} to correct them.`;
		return { may: "no", pieces: [why] };
	}
	const isGoing = verdict.kind === "owned" && verdict.rule.purpose === "delete";
	if (verdict.kind === "owned" && verdict.owner !== team) {
		const rest = isGoing ? ", which is about to delete it: do not build on it." : " to make the change.";
		return { may: "no", pieces: ["must not change it; ask ", teamPiece(data, verdict.owner), rest] };
	}
	const inForce = claims.filter(({ isInForce }) => isInForce);
	const rivals = inForce.filter((claim) => claim.team !== team);
	if (rivals.length > 0) return onceAgreed(data, rivals, isGoing ? "is to delete it" : "may change it");
	if (verdict.kind === "owned") return { may: "yes", pieces: [isGoing ? "is to delete it." : "may change it."] };
	const [own] = inForce;
	if (own !== undefined) {
		return { may: "yes", pieces: [`may change it until ${own.untilAt}: agreed with ${own.agreedBy}.`] };
	}
	if (verdict.kind === "unmatched") {
		const nobodys = `may change it, as may everybody: no rule covers it. If it matters, ask ${data.coordinator} whose it shall be.`;
		return { may: "yes", pieces: [nobodys] };
	}
	const how = `once that is agreed with ${data.coordinator} or another team`;
	return { may: "agree", pieces: [`may change it ${how}; end the message with “${data.coordinationTrailer}:”.`] };
}

/** Others have claimed it: they have to agree, and nobody in their stead. */
function onceAgreed(data: LookUpData, rivals: readonly LookUpClaim[], what: string): Said {
	const latest = new Map<string, string>();
	for (const { team, untilAt } of rivals) if ((latest.get(team) ?? "") < untilAt) latest.set(team, untilAt);
	const claimed = [...latest].flatMap(([team, untilAt], at): Piece[] => [
		at === 0 ? "" : "; ",
		teamPiece(data, team),
		` has claimed it until ${untilAt}`,
	]);
	const agreed = [...latest.keys()].flatMap((team, at): Piece[] => [at === 0 ? "" : " and ", teamPiece(data, team)]);
	const end = ` first, and end the message with “${data.coordinationTrailer}:”.`;
	return {
		may: "agree",
		pieces: [`${what}, but `, ...claimed, ": agree with ", ...agreed, end],
		agreeWith: [...latest.keys()],
	};
}

function teamPiece(data: LookUpData, id: string): Piece {
	return { kind: "team", id, name: nameOf(data, id) };
}

/** Of very many promises or conflicts, so many are named. */
const MOST_NAMED = 3;

/** What was promised there stays, whoever may change the rest, and what is not known is no free ground. Empty: nothing was. */
function promisePieces(data: LookUpData, { path, promises, contracts }: LookedUp): Piece[] {
	if (promises === null) {
		const said = contracts.map(
			({ title, from, to }) => `${nameOf(data, from)} promised ${nameOf(data, to)} (${title})`,
		);
		if (said.length === 0) return [" Whether a promise between teams stands in it is not known."];
		return [` It may bear what ${said.join(", ")}. Change that only with both teams.`];
	}
	if (promises.length === 0) return [];
	if (path.endsWith("/")) {
		const files = promisedFiles(promises);
		const named = files.slice(0, MOST_NAMED).join(", ");
		const more = files.length > MOST_NAMED ? ` and ${files.length - MOST_NAMED} more` : "";
		return [` Before you change a file in it that bears a promise between teams, look it up: ${named}${more}.`];
	}
	const shared = sharePromises(data, promises);
	const named = shared.slice(0, MOST_NAMED).map(({ words }) => `It ${words}.`);
	const more = shared.length > MOST_NAMED ? ` It bears ${shared.length - MOST_NAMED} more promises.` : "";
	return [` ${named.join(" ")}${more} Change what was promised only with both teams.`];
}

/** What the team's own edits led to and what is worth a talk; the rest is listed above. */
function toSettle({ conflicts }: LookedUp, team: string): string[] {
	return conflicts
		.filter(({ source, level, teams }) => teams.includes(team) && source === "history" && level !== "note")
		.map(({ id }) => id);
}

function settlePieces(settle: readonly string[]): Piece[] {
	if (settle.length === 0) return [];
	const named = settle.slice(0, MOST_NAMED);
	const rest = settle.length - named.length;
	const between = (at: number) => (at === 0 ? "" : rest === 0 && at === named.length - 1 ? " and " : ", ");
	return [
		" First settle ",
		...named.flatMap((id, at): Piece[] => [between(at), { kind: "conflict", id }]),
		rest === 0 ? "." : ` and ${rest.toLocaleString("en")} more.`,
	];
}
