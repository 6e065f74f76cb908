// Pure. One conflict as a SARIF result: text only, locations as encoded relative URIs, commits as properties.
import type { Conflict, Occurrence } from "#model/conflict-log";
import { isOpen } from "#model/conflict-state";
import { FINDING_CODES } from "#model/finding";
import { visible } from "#model/visible";
import { describeAttribution } from "./evidence.ts";

/** Any JSON: checked against SARIF's own schema by the tests rather than by types of ours. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface ResultLimits {
	/** Locations of one result; GitHub takes 1,000 and shows the first. */
	readonly locations: number;
	/** Characters of all URIs of one result, so that one result never fills a file. */
	readonly uriCharacters: number;
	/** Commits named in one result's properties; the rest are counted. */
	readonly commits: number;
}

/** The root that relative URIs start from. */
export const URI_BASE = "REPOSITORY";

/**
 * What stands for a finding that is about no file (a whole commit, an identity) or about a path no URI can name safely:
 * GitHub refuses results without a location. The words are those that OSSF Scorecard uses for the same need.
 */
const NO_FILE = "no%20file%20associated%20with%20this%20alert";

/** Versioned key of our identity of a conflict: stable over rebase, cherry-pick and re-clone. */
const FINGERPRINT = "coordinationConflictId/v1";

/** A conflict as a SARIF 2.1.0 result. */
export function sarifResult(conflict: Conflict, limits: ResultLimits): Json {
	const { id, code, level, message, hint } = conflict;
	return {
		ruleId: code,
		ruleIndex: FINDING_CODES.indexOf(code),
		level,
		message: { text: plainMessage(`${message} ${hint}`) },
		locations: locationsOf(conflict, limits),
		// GitHub follows an alert by primaryLocationLineHash alone, and would fold two conflicts on one line into one.
		partialFingerprints: { [FINGERPRINT]: id, primaryLocationLineHash: `${id}:1` },
		...(isOpen(conflict) ? {} : { suppressions: [suppression(conflict)] }),
		properties: properties(conflict, limits),
	};
}

/**
 * Text that stays text in a SARIF message: `[a](b)` would be an embedded link (3.11.6), `{0}` a placeholder (3.11.5).
 * Control and bidi characters are made visible.
 */
export function plainMessage(text: string): string {
	return visible(text)
		.replace(/(\\*)\](?=\()/g, "$1$1\\]")
		.replace(/\{(\d+)\}/g, "{{$1}}");
}

function locationsOf(conflict: Conflict, { locations, uriCharacters }: ResultLimits): Json[] {
	const places = new Map<string, Json>();
	let characters = 0;
	for (const { path, pathBytes, location } of conflict.occurrences) {
		const uri = path === null ? null : pathUri(path, pathBytes);
		if (uri === null) continue;
		const key = `${uri}:${location.line}`;
		if (places.has(key)) continue;
		characters += uri.length;
		if (places.size === locations || (places.size > 0 && characters > uriCharacters)) break;
		places.set(key, physical(uri, location.line, conflict.resource));
	}
	return places.size > 0 ? [...places.values()] : [physical(NO_FILE, 0, conflict.resource)];
}

/** Code scanning shows nothing without a line; a finding about a whole file stands at its first. */
function physical(uri: string, line: number, resource: string): Json {
	return {
		physicalLocation: {
			artifactLocation: { uri, uriBaseId: URI_BASE },
			region: { startLine: Math.max(1, line) },
		},
		logicalLocations: [{ fullyQualifiedName: visible(resource), kind: "resource" }],
	};
}

/**
 * A path as a relative URI reference, byte by byte: everything but RFC 3986's unreserved characters and `/` is encoded,
 * so that no path is a scheme, query or fragment. Null where a reader would leave the repository or see another
 * path: `.`, `..` or empty segments.
 */
export function pathUri(path: string, pathBytes?: string): string | null {
	const bytes = pathBytes === undefined ? new TextEncoder().encode(path) : bytesOf(pathBytes);
	const uri = Array.from(bytes, (byte) => {
		const char = String.fromCharCode(byte);
		return /[A-Za-z0-9._~/-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
	}).join("");
	return uri.split("/").some((segment) => segment === "" || segment === "." || segment === "..") ? null : uri;
}

function bytesOf(base64: string): Uint8Array {
	return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

function suppression({ state, resolution }: Conflict): Json {
	const reason = resolution === null ? state : `${state} by ${resolution.by}: ${resolution.reason}`;
	return {
		kind: "external",
		status: "accepted",
		justification: visible(reason),
		...(resolution === null
			? {}
			: {
					properties: {
						state,
						file: visible(resolution.file),
						at: resolution.at,
						until: resolution.until,
						steps: resolution.steps.map(({ step, at }) => ({ step: visible(step), at: visible(at) })),
					},
				}),
	};
}

function properties(conflict: Conflict, limits: ResultLimits): Json {
	const { id, state, episode, firstEpisode, actor, owner, teams, rule, firstAt, lastAt, resource, hint } = conflict;
	const commits = new Map<string, Occurrence[]>();
	for (const occurrence of conflict.occurrences) {
		if (occurrence.commit === null) continue;
		const known = commits.get(occurrence.commit);
		if (known === undefined) commits.set(occurrence.commit, [occurrence]);
		else known.push(occurrence);
	}
	const shown = [...commits.values()].slice(0, limits.commits);
	return {
		conflict: id,
		state,
		episode,
		...(firstEpisode === undefined ? {} : { firstEpisode: visible(firstEpisode) }),
		resource: visible(resource),
		actor: actor === null ? null : visible(actor),
		owner: owner === null ? null : visible(owner),
		teams: teams.map(visible),
		rule: rule === null ? null : { file: visible(rule.file), pattern: visible(rule.pattern) },
		firstAt,
		lastAt,
		hint: visible(hint),
		occurrences: conflict.occurrences.length,
		commits: shown.map(commitProperties),
		...(commits.size > shown.length ? { commitsNotListed: commits.size - shown.length } : {}),
	};
}

function commitProperties(occurrences: readonly Occurrence[]): Json {
	const { commit, subject, author, authoredAt, attribution } = occurrences[0] as Occurrence;
	return {
		id: commit,
		subject: visible(subject ?? ""),
		author: author === null ? null : { name: visible(author.name), email: visible(author.email) },
		authoredAt,
		attribution:
			attribution === null
				? null
				: {
						team: attribution.team === null ? null : visible(attribution.team),
						confidence: attribution.confidence,
						evidence: describeAttribution(attribution),
					},
		changes: occurrences.length,
	};
}
