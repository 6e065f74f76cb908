// Pure. Joins findings of one identity into conflicts, opens episodes, applies resolutions, sorts.
import type { Resolution } from "#model/agreement";
import type { ConflictFacts } from "#model/conflict-facts";
import type { Conflict, ConflictState, Occurrence } from "#model/conflict-log";
import { LEVELS, type Level } from "#model/finding";
import type { Rule } from "#model/ownership";
import type { Anchor, Finding } from "./finding.ts";
import { conflictIds } from "./identity.ts";

interface Episode {
	readonly findings: readonly Finding[];
	readonly episode: number;
	readonly teams: readonly string[];
	readonly anchor: Anchor | null;
	/** Place of the first episode in the list; null: this is it. */
	readonly first: number | null;
}

export interface Joined {
	readonly conflicts: readonly ConflictFacts[];
	readonly orphaned: readonly { file: string; conflict: string }[];
}

/** `headAt` dates the findings of the tree and decides which resolutions have run out. */
export function joinConflicts(
	findings: readonly Finding[],
	resolutions: readonly Resolution[],
	headAt: string,
): Joined {
	const groups = groupByIdentity(findings).map((group) => makeEpisode(group, 1));
	const decided = new Map(
		byDate(resolutions).flatMap((resolution) => resolution.conflict.map((id) => [id, resolution])),
	);
	const episodes: Episode[] = [];
	for (const group of groups) {
		const first = episodes.length;
		for (const episode of splitEpisodes(group, decided)) {
			episodes.push(episode.episode === 1 ? episode : { ...episode, first });
		}
	}
	const ids = conflictIds(episodes.map(identityOf));
	const conflicts = episodes.map((episode, index) => {
		const id = ids[index] as string;
		const first = episode.first === null ? null : (ids[episode.first] as string);
		return makeConflict(episode, id, first, decided.get(id) ?? null, headAt);
	});
	const known = new Set(ids);
	return {
		conflicts: conflicts.sort((a, b) => order(b.lastAt, a.lastAt) || order(a.id, b.id)),
		orphaned: resolutions
			.flatMap(({ file, conflict }) => conflict.map((id) => ({ file, conflict: id })))
			.filter(({ conflict }) => !known.has(conflict))
			.sort((a, b) => order(a.file, b.file) || order(a.conflict, b.conflict)),
	};
}

/** Oldest first, so that of several decisions about one conflict the last one holds. */
function byDate(resolutions: readonly Resolution[]): Resolution[] {
	return [...resolutions].sort((a, b) => order(a.atUtc, b.atUtc) || order(a.file, b.file));
}

function groupByIdentity(findings: readonly Finding[]): Finding[][] {
	const groups = new Map<string, Finding[]>();
	for (const finding of findings) {
		const key = JSON.stringify([finding.code, finding.resource, finding.actor, finding.owner, finding.teams]);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [finding]);
		else group.push(finding);
	}
	return [...groups.values()];
}

function makeEpisode(findings: readonly Finding[], episode: number): Episode {
	const {
		actor,
		owner,
		teams = [...new Set([actor, owner].filter((team) => team !== null))].sort(),
	} = findings[0] as Finding;
	return { findings, episode, teams, anchor: firstAnchor(findings), first: null };
}

function identityOf({ findings, teams, anchor }: Episode) {
	const { code, resource } = findings[0] as Finding;
	return { code, resource, teams, anchor };
}

/** What comes later than a `resolved` date is a new episode with an anchor of its own. */
function splitEpisodes(episode: Episode, decided: ReadonlyMap<string, Resolution>): Episode[] {
	// An id takes a digest, and most projects have decided little.
	const [id] = decided.size === 0 ? [] : conflictIds([identityOf(episode)]);
	const resolution = decided.get(id ?? "");
	if (episode.anchor === null || resolution?.state !== "resolved") return [episode];
	const isLater = (finding: Finding) => (finding.occurrence.authoredAt ?? "") > resolution.atUtc;
	const later = episode.findings.filter(isLater);
	const earlier = episode.findings.filter((finding) => !isLater(finding));
	if (later.length === 0 || earlier.length === 0) return [episode];
	const next = makeEpisode(later, episode.episode + 1);
	return [{ ...episode, findings: earlier }, ...splitEpisodes(next, decided)];
}

/** The earliest occurrence by author date, which rebase and cherry-pick keep; ties by the anchor's own text. */
function firstAnchor(findings: readonly Finding[]): Anchor | null {
	let first: Anchor | null = null;
	for (const { anchor } of findings) {
		if (anchor === null) return null;
		if (first === null || orderAnchors(anchor, first) < 0) first = anchor;
	}
	return first;
}

function orderAnchors(a: Anchor, b: Anchor): number {
	return (
		Number(a.authorDate.split(" ")[0]) - Number(b.authorDate.split(" ")[0]) ||
		order(a.email, b.email) ||
		order(a.subject, b.subject) ||
		order(a.authorDate, b.authorDate)
	);
}

function makeConflict(
	episode: Episode,
	id: string,
	firstEpisode: string | null,
	resolution: Resolution | null,
	headAt: string,
): ConflictFacts {
	const [head] = episode.findings as [Finding, ...Finding[]];
	const occurrences = distinct(episode.findings.map(occurrenceOf).sort(orderOccurrences));
	const dates = episode.findings.map(({ occurrence }) => occurrence.authoredAt ?? headAt).sort();
	const lastAt = dates.at(-1) as string;
	const rules = new Set(episode.findings.map((finding) => finding.rule));
	return {
		id,
		code: head.code,
		level: highest(episode.findings.map((finding) => finding.level)),
		state: stateOf(resolution, episode.anchor === null ? headAt : lastAt, headAt),
		episode: episode.episode,
		...(firstEpisode === null ? {} : { firstEpisode }),
		resource: head.resource,
		actor: head.actor,
		owner: head.owner,
		teams: [...episode.teams],
		rule: rules.size === 1 ? ruleReference(head.rule) : null,
		firstAt: dates[0] as string,
		lastAt,
		resolution: resolution === null ? null : resolutionOf(resolution),
		occurrences,
	};
}

function occurrenceOf({ occurrence, detail }: Finding): ConflictFacts["occurrences"][number] {
	return detail === undefined ? occurrence : { ...occurrence, facts: detail };
}

/** A decision holds until it runs out, and a `resolved` one only until the conflict is seen again. */
function stateOf(resolution: Resolution | null, seenAt: string, headAt: string): ConflictState {
	if (resolution === null) return "open";
	if (resolution.untilAt !== null && headAt >= resolution.untilAt) return "open";
	if (resolution.state === "resolved" && seenAt > resolution.atUtc) return "open";
	return resolution.state;
}

function resolutionOf(resolution: Resolution): NonNullable<Conflict["resolution"]> {
	const { file, state, by, atUtc, reason, untilAt, steps } = resolution;
	return { file, state, by, at: atUtc, reason, until: untilAt, steps };
}

function ruleReference(rule: Rule | null): Conflict["rule"] {
	return rule === null ? null : { file: rule.file, pattern: rule.pattern };
}

function highest(levels: readonly Level[]): Level {
	return LEVELS.find((level) => levels.includes(level)) as Level;
}

function orderOccurrences(a: Occurrence, b: Occurrence): number {
	return (
		order(b.authoredAt ?? "", a.authoredAt ?? "") ||
		order(a.commit ?? "", b.commit ?? "") ||
		order(a.path ?? "", b.path ?? "") ||
		order(a.pathBytes ?? "", b.pathBytes ?? "") ||
		a.location.line - b.location.line
	);
}

/**
 * One commit's change of one path counts once, though two detectors saw it, and so does one place of the tree of which the
 * same is said; `occurrences` are sorted.
 */
function distinct(occurrences: ConflictFacts["occurrences"]): ConflictFacts["occurrences"] {
	const said = new Set<string>();
	return occurrences.filter((occurrence, index) => {
		const before = occurrences[index - 1];
		if (before === undefined || orderOccurrences(before, occurrence) !== 0) said.clear();
		else if (occurrence.commit !== null) return false;
		if (occurrence.commit !== null) return true;
		const words = JSON.stringify(occurrence.facts ?? null);
		const isNew = !said.has(words);
		said.add(words);
		return isNew;
	});
}

/** By code unit, so that no locale decides. */
function order(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
