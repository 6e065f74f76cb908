// Pure. The conflict log as SARIF 2.1.0, in as many documents as code scanning takes.
import type { Conflict, ConflictLog } from "#model/conflict-log";
import { FINDING_CODES, findingSource } from "#model/finding";
import { escapeJson, visible } from "#model/visible";
import { findingWords } from "./codes.ts";
import { describeGaps } from "./evidence.ts";
import { type Json, plainMessage, type ResultLimits, sarifResult, URI_BASE } from "./sarif-result.ts";

export interface SarifOptions {
	/** Version of this product, as in package.json. */
	readonly toolVersion: string;
	/** Public address of the repository; null: the provenance is left out, as SARIF cannot say it without one. */
	readonly repositoryUrl?: string | null;
	/** Only commits from this instant on were judged (ISO, UTC); null: all were. */
	readonly sinceAt?: string | null;
	/** Smaller limits, for tests. */
	readonly limits?: Partial<SarifLimits>;
}

export interface SarifLimits extends ResultLimits {
	/** Results of one run. */
	readonly results: number;
	/** Bytes of one document before compression. */
	readonly bytes: number;
}

/**
 * GitHub code scanning takes 20 runs a file (we write one), 25,000 results a run of which it keeps 5,000, 1,000 locations
 * a result and 10 MB of gzip a file. Bytes are counted before compression: a bound that holds whatever the text, and
 * cuts alike with every zlib. Source: docs.github.com, "SARIF support for code scanning".
 */
const LIMITS: SarifLimits = { results: 5_000, bytes: 9_900_000, locations: 1_000, uriCharacters: 500_000, commits: 50 };

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

interface Part {
	/** From 1. */
	readonly number: number;
	readonly of: number;
	/** Results before this part's first. */
	readonly before: number;
	readonly results: readonly Json[];
}

/**
 * One document a part, each ending with a newline; at least one. Parts have categories of their own
 * (`automationDetails.id`), or an upload would replace the one before. Oldest conflicts first, so that new ones open
 * new parts and leave the others alone.
 */
export function formatSarif(log: ConflictLog, options: SarifOptions): string[] {
	const limits = { ...LIMITS, ...options.limits };
	const parts: Json[][] = [[]];
	let bytes = 0;
	for (const conflict of [...log.conflicts].sort(oldestFirst)) {
		const result = sarifResult(conflict, limits);
		const size = sizeOf(result);
		const part = parts.at(-1) as Json[];
		if (part.length === limits.results || (part.length > 0 && bytes + size > limits.bytes - RUN_BYTES)) {
			parts.push([result]);
			bytes = size;
		} else {
			part.push(result);
			bytes += size;
		}
	}
	let before = 0;
	return parts.map((results, index) => {
		const part = { number: index + 1, of: parts.length, before, results };
		before += results.length;
		return `${escapeJson(JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run(log, part, options)] }))}\n`;
	});
}

/** Kept free for what a run says beside its results: rules and, cut to fit, gaps. */
const RUN_BYTES = 100_000;
/** Gaps and orphans told in words, so that they fit; the rest are counted. */
const NOTIFICATIONS = 100;
const NOTIFICATION_CHARACTERS = 200;

function run(log: ConflictLog, part: Part, { toolVersion, repositoryUrl = null, sinceAt = null }: SarifOptions): Json {
	const { repository, coverage, rules } = log;
	const category = part.number === 1 ? "coordination-audit/" : `coordination-audit/part-${part.number}/`;
	return {
		tool: {
			driver: {
				name: "coordination-audit",
				version: visible(toolVersion),
				rules: FINDING_CODES.map(rule),
				notifications: NOTIFICATION_IDS.map((id) => ({ id })),
			},
		},
		automationDetails: { id: category, description: { text: partSentence(part, log.conflicts.length) } },
		invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications(log, part) }],
		...(repositoryUrl === null
			? {}
			: {
					versionControlProvenance: [
						{
							repositoryUri: new URL(repositoryUrl).href,
							revisionId: repository.head,
							...(repository.refs[0] === undefined ? {} : { branch: visible(repository.refs[0].name) }),
							mappedTo: { uriBaseId: URI_BASE },
						},
					],
				}),
		originalUriBaseIds: { [URI_BASE]: { description: { text: "The root of the audited repository." } } },
		results: part.results,
		properties: {
			repository: visible(repository.name),
			head: repository.head,
			headAt: repository.headAt,
			commits: repository.commits,
			changes: repository.changes,
			isHistoryComplete: repository.complete,
			judgedFrom: sinceAt,
			rulesDigest: rules.digest,
			coverage,
			part: part.number,
			parts: part.of,
			conflictsInAllParts: log.conflicts.length,
		},
	};
}

function rule(code: (typeof FINDING_CODES)[number]): Json {
	const { title, fires, why, cure } = findingWords[code];
	return {
		id: code,
		shortDescription: { text: plainMessage(title) },
		fullDescription: { text: plainMessage(fires) },
		help: { text: plainMessage(`${fires}\nWhy: ${why}\nWhat to do: ${cure}`) },
		properties: { tags: ["coordination", findingSource[code]] },
	};
}

function partSentence({ number, of, before, results }: Part, all: number): string {
	if (of === 1) return `All ${all} conflicts of the log.`;
	return `Part ${number} of ${of}: conflicts ${before + 1} to ${before + results.length} of ${all}, oldest first. Code scanning keeps 5,000 results a category and 10 MB a file, so the log is split; upload every part.`;
}

const NOTIFICATION_IDS = ["incomplete-history", "part-of-the-log", "orphaned-resolution"] as const;

function notifications(log: ConflictLog, part: Part): Json[] {
	const gaps = describeGaps(log);
	const incomplete =
		gaps.length === 0
			? []
			: [
					notification(
						"incomplete-history",
						"error",
						"The history was not read whole. That nothing was found in the rest is not known.",
					),
					...capped(gaps, "gaps").map((gap) => notification("incomplete-history", "warning", gap)),
				];
	const split =
		part.of === 1 ? [] : [notification("part-of-the-log", "warning", partSentence(part, log.conflicts.length))];
	const orphans = log.orphanedResolutions.map(
		({ file, conflict }) => `${file} decides ${conflict}, which the audit does not find.`,
	);
	return [
		...incomplete,
		...split,
		...capped(orphans, "orphaned resolutions").map((text) => notification("orphaned-resolution", "warning", text)),
	];
}

function capped(sentences: readonly string[], what: string): string[] {
	const shown = sentences.slice(0, NOTIFICATIONS).map((sentence) => {
		const text = visible(sentence);
		const characters = Array.from(text);
		return characters.length <= NOTIFICATION_CHARACTERS
			? text
			: `${characters.slice(0, NOTIFICATION_CHARACTERS).join("")}… (cut)`;
	});
	const more = sentences.length - shown.length;
	return more > 0 ? [...shown, `And ${more} more ${what}.`] : shown;
}

function notification(id: (typeof NOTIFICATION_IDS)[number], level: "error" | "warning", text: string): Json {
	return { descriptor: { id, index: NOTIFICATION_IDS.indexOf(id) }, level, message: { text: plainMessage(text) } };
}

function sizeOf(result: Json): number {
	return new TextEncoder().encode(escapeJson(JSON.stringify(result))).length + 1;
}

function oldestFirst(a: Conflict, b: Conflict): number {
	if (a.firstAt !== b.firstAt) return a.firstAt < b.firstAt ? -1 : 1;
	return a.id < b.id ? -1 : 1;
}
